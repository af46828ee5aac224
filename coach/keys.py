"""Keys of model providers: given by the page, in the environment, or in a file of the person's own.

Nothing here ever shows one: not `repr`, not a dump, not a message; and they cannot be pickled.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, Self

from pydantic import GetCoreSchemaHandler, SecretStr
from pydantic_core import CoreSchema, core_schema

from coach.errors import SetupError

VARIABLE = "_API_KEY"
"""What the names of environment variables that hold a key end in: `OPENAI_API_KEY` is the key of `openai`."""

EVERYBODY_ELSE = 0o077
"""Permissions of a file beyond its owner's."""

_PROVIDER = re.compile(r"[a-z][a-z0-9_]{0,23}")
"""Short and without a hyphen, so that a key put in a name's place is never taken for one."""


class Source(StrEnum):
    """Where a key came from; the page goes before the environment, and that before the file."""

    PAGE = "page"
    ENVIRONMENT = "environment"
    FILE = "file"


class Keys(Mapping[str, str]):
    """Key by provider, such as `openai`; the name of its environment variable finds it as well."""

    def __init__(self, keys: Mapping[str, str] | None = None, source: Source = Source.PAGE) -> None:
        given = {_provider(name): key.strip() for name, key in (keys or {}).items()}
        self._keys = {provider: SecretStr(key) for provider, key in given.items() if provider and key}
        self._sources = dict.fromkeys(self._keys, source)

    @classmethod
    def read(cls, environment: Mapping[str, str], file: Path) -> Self:
        """Keys of the environment over those in `file`, which need not be there. Raises SetupError."""
        found = {name: key for name, key in environment.items() if name.endswith(VARIABLE)}
        return cls(_in_file(file), Source.FILE)._with(found, Source.ENVIRONMENT)

    def with_page_keys(self, keys: Mapping[str, str]) -> Self:
        """These keys, and over them what a person typed; an empty one changes nothing."""
        return self._with(keys, Source.PAGE)

    def source(self, provider: str) -> Source | None:
        """Where the key of `provider` came from; None where there is none."""
        return self._sources.get(_provider(provider))

    def _with(self, keys: Mapping[str, str], source: Source) -> Self:
        over = type(self)(keys, source)
        over._keys = self._keys | over._keys
        over._sources = self._sources | over._sources
        return over

    def __getitem__(self, provider: str) -> str:
        return self._keys[_provider(provider)].get_secret_value()

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __repr__(self) -> str:
        return f"Keys({', '.join(f'{provider}: {source}' for provider, source in self._sources.items())})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("Keys are never pickled: read them again where they are needed")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """As a field of a model: kept as it is, dumped as where each key came from."""
        shown = core_schema.plain_serializer_function_ser_schema(lambda keys: dict(keys._sources))
        return core_schema.is_instance_schema(cls, serialization=shown)


def exposed(file: Path) -> bool:
    """Whether anybody but its owner may use the file."""
    try:
        return bool(file.stat().st_mode & EVERYBODY_ELSE)
    except OSError:
        return False


def _provider(name: str) -> str:
    return name.removesuffix(VARIABLE).lower()


def _in_file(file: Path) -> dict[str, str]:
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise SetupError(f"Cannot read {file}: {error.strerror}. Allow reading it, or move it away.") from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line \d+", str(error))
        raise SetupError(f"{file} is not TOML{f' {line[0]}' if line else ''}: {_as_it_should_be()}") from None
    except UnicodeDecodeError:
        raise SetupError(f"{file} is not a text: {_as_it_should_be()}") from None
    if not all(isinstance(key, str) and _PROVIDER.fullmatch(provider) for provider, key in entries.items()):
        raise SetupError(f"{file} holds something that is no provider with its key: {_as_it_should_be()}")
    return entries


def _as_it_should_be() -> str:
    return 'write one line for each provider, as openai = "the key".'

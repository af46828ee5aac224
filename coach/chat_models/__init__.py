"""Models of all providers behind one port: a file per provider, found by name and imported only when used.

A model is named by a spec: `provider:model`, or `provider:model@base_url` for any other server that speaks a
provider's protocol, such as `openai:qwen3@http://localhost:11434/v1`. A model's own name is its spec, base URL
included: the same model on two servers has two prices and may judge differently. Base URLs never hold a password,
so a name can be shown, stored and exported.

Such another server is never sent the vendor's key. It gets `PROVIDER_COMPATIBLE_API_KEY` where that is set, and a
placeholder where it is not.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Mapping
from types import ModuleType
from typing import NamedTuple, Protocol, runtime_checkable

from coach.addresses import check_address, shown
from coach.errors import ModelRefusedError, NotFoundError, SetupError
from coach.ports import ChatModel

_SPEC = re.compile(r"(?P<provider>\w+):(?P<model>.*?)(?:@(?P<base_url>https?://\S*))?")
_KEY = re.compile(r"[!-~]+")


@runtime_checkable
class Provider(Protocol):
    """What a provider's file holds, and by which it is known. Importing it imports no SDK; `connect` does."""

    KEY: str | None
    """Environment variable of the key; None where there is none. `{vendor}` stands for what comes before the
    model's first slash."""
    KEY_NEEDED: bool
    """Whether a request without a key is certain to be refused."""
    DEFAULT_MODEL: str
    """Taken where a spec names none, as in `openai:`; may be empty."""

    def connect(self, model: str, key: str | None, base_url: str | None) -> ChatModel:
        """The model. Raises SetupError; sends nothing."""
        ...


class Spec(NamedTuple):
    """Which model is meant."""

    provider: str
    model: str
    base_url: str | None


def providers() -> tuple[str, ...]:
    """The providers there are, by name."""
    return tuple(name for name in _files() if isinstance(_file(name), Provider))


def provider(name: str) -> Provider:
    """A provider's file. Raises NotFoundError."""
    found = _file(name) if name in _files() else None
    if not isinstance(found, Provider):
        raise NotFoundError(f"There is no provider {name!r}. There are: {', '.join(providers())}.")
    return found


def _files() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def _file(name: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{name}")


def key_name(spec: str) -> str | None:
    """Environment variable that holds the key for `spec`. Raises NotFoundError or SetupError."""
    return _key_name(_read(spec))


def connect(spec: str, keys: Mapping[str, str]) -> ChatModel:
    """The model that `spec` names, with its key from `keys` (by environment variable). Sends nothing.
    Raises NotFoundError for no such provider, ModelRefusedError for a missing key, SetupError for the rest."""
    read = _read(spec)
    found = provider(read.provider)
    key = _key(read, found, keys)
    try:
        return found.connect(read.model, key, read.base_url)
    except ModuleNotFoundError as error:
        if error.name != read.provider:
            raise
        raise SetupError(
            f'{read.provider}: the package is not installed. Do so: pip install "coach[{read.provider}]".'
        ) from error


def _read(spec: str) -> Spec:
    match = _SPEC.fullmatch(spec.strip())
    if match is None:
        raise SetupError(f"{shown(spec)} names no model: write provider:model, such as openai:gpt-6.1-terra.")
    name, model, base_url = match.group("provider", "model", "base_url")
    model = model or provider(name).DEFAULT_MODEL
    if base_url is not None:
        check_address(base_url, "model", "PROVIDER_COMPATIBLE_API_KEY")
    return Spec(name, model, base_url)


def _key_name(spec: Spec) -> str | None:
    name = provider(spec.provider).KEY
    if name is None:
        return None
    if spec.base_url is not None:
        return f"{spec.provider.upper()}_COMPATIBLE_API_KEY"
    return name.format(vendor=spec.model.partition("/")[0].upper())


def _key(spec: Spec, found: Provider, keys: Mapping[str, str]) -> str | None:
    """Raises ModelRefusedError."""
    name = _key_name(spec)
    if name is None:
        return None
    key = keys.get(name, "").strip()
    if key and not _KEY.fullmatch(key):
        raise ModelRefusedError(f"{name} holds characters that no key has: copy the key again.")
    if not key and found.KEY_NEEDED and spec.base_url is None:
        raise ModelRefusedError(
            f"{spec.provider}:{spec.model} needs a key: set {name} in the environment, or write"
            f' {spec.provider} = "the key" into secrets.toml in Coach\'s home (~/.coach, or COACH_HOME).'
        )
    return key or None

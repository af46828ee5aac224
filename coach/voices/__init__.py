"""Speech services behind one port: a file per service, found by name and imported only when used.

A voice is named by a spec: `service`, `service:recogniser/speaker`, or either with `@base_url` for any other server
that speaks a service's protocol, such as `openai:whisper-1/kokoro@http://127.0.0.1:8000/v1`. See `naming`.

Such another server is never sent the vendor's key. It gets `SERVICE_COMPATIBLE_API_KEY` where that is set, and a
placeholder where it is not.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Mapping
from types import ModuleType
from typing import Protocol, runtime_checkable

from coach.errors import ModelRefusedError, NotFoundError
from coach.ports import Voice
from coach.voices.destinations import Destination
from coach.voices.naming import Spec, read

_KEY = re.compile(r"[!-~]+")


@runtime_checkable
class Service(Protocol):
    """What a service's file holds, and by which it is known. Importing it imports no SDK; `connect` does."""

    KEY: str | None
    """Environment variable of the key; None where there is none."""
    KEY_NEEDED: bool
    """Whether a request without a key is certain to be refused."""
    IN_BROWSER: bool
    """Whether the page hears and speaks by itself. Such a service cannot be connected to."""

    def destination(self, base_url: str | None) -> Destination:
        """Where a candidate's voice goes."""
        ...

    def connect(self, models: str, key: str | None, base_url: str | None) -> Voice:
        """The voice. `models` may be empty. Raises SetupError; sends nothing."""
        ...


def services() -> tuple[str, ...]:
    """The services there are, by name."""
    return tuple(name for name in _files() if isinstance(_file(name), Service))


def service(name: str) -> Service:
    """A service's file. Raises NotFoundError."""
    found = _file(name) if name in _files() else None
    if not isinstance(found, Service):
        raise NotFoundError(f"There is no speech service {name!r}. There are: {', '.join(services())}.")
    return found


def key_name(spec: str) -> str | None:
    """Environment variable that holds the key for `spec`. Raises NotFoundError or SetupError."""
    return _key_name(read(spec))


def in_browser(spec: str) -> bool:
    """Whether the page hears and speaks by itself, without a server. Raises NotFoundError or SetupError."""
    return service(read(spec).service).IN_BROWSER


def destination(spec: str) -> Destination:
    """Where a candidate's voice goes, for a page to say. Raises NotFoundError or SetupError."""
    found = read(spec)
    return service(found.service).destination(found.base_url)


def connect(spec: str, keys: Mapping[str, str]) -> Voice:
    """The voice that `spec` names, with its key from `keys` (by environment variable). Sends nothing.
    Raises NotFoundError for no such service, ModelRefusedError for a missing key, SetupError for the rest."""
    found = read(spec)
    key = _key(found, keys)
    return service(found.service).connect(found.models, key, found.base_url)


def _files() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def _file(name: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{name}")


def _key_name(spec: Spec) -> str | None:
    name = service(spec.service).KEY
    if name is None or spec.base_url is None:
        return name
    return f"{spec.service.upper()}_COMPATIBLE_API_KEY"


def _key(spec: Spec, keys: Mapping[str, str]) -> str | None:
    """Raises ModelRefusedError."""
    name = _key_name(spec)
    if name is None:
        return None
    key = keys.get(name, "").strip()
    if key and not _KEY.fullmatch(key):
        raise ModelRefusedError(f"{name} holds characters that no key has: copy the key again.")
    if not key and service(spec.service).KEY_NEEDED and spec.base_url is None:
        raise ModelRefusedError(
            f"{spec.name} needs a key for speech: set {name} in the environment, or write"
            f' {spec.service} = "the key" into secrets.toml in Coach\'s home (~/.coach, or COACH_HOME).'
        )
    return key or None

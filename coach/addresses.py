"""Addresses of servers, as they stand in the name of a model or a voice: never with a password."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from coach.errors import SetupError


def shown(name: str) -> str:
    """A name as an error may repeat it: without what could be a password."""
    return repr(re.sub(r"//[^/\s]*@", "//…@", name)[:80])


def check_address(address: str, whose: str, key_name: str) -> None:
    """Raises SetupError where it is none, or holds more than host and path. Whose it is (`model`, `voice`) and the
    environment variable of its key are for the message."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host:
        raise SetupError(f"The part of the {whose}'s name after @ is no address: write @http://HOST:PORT/v1.")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise SetupError(
            f"The address of the {whose} on {host} holds more than host and path. Leave out user, password and"
            f" query; a key goes into {key_name}."
        )

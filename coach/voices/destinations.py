"""Where a candidate's voice goes, so that a page can say so before it listens."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

Leaves = Literal["no", "may", "yes"]
"""Whether sound leaves this machine."""


class Destination(NamedTuple):
    """Where sound is heard."""

    leaves: Leaves
    host: str | None
    """`host` or `host:port` that it is sent to; None where nobody can say, or nothing is sent."""


HERE = Destination("no", None)


def destination_of(base_url: str) -> Destination:
    """Where sound sent to this address goes."""
    parts = urlsplit(base_url)
    return Destination("no" if _is_here(parts.hostname or "") else "yes", parts.netloc)


def _is_here(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

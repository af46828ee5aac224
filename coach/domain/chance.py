"""Chance that is the same every time: taken from a hash of what it is about."""

from __future__ import annotations

from hashlib import sha256


def share_of(*what: str) -> float:
    """Where `what` falls between 0 and 1: spread evenly, the same for the same words."""
    digest = sha256("\n".join(what).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64

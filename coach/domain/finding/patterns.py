"""Cues written one to a line, read as one pattern."""

from __future__ import annotations

import re


def any_of(lines: str, before: str = r"\b", after: str = r"\b") -> re.Pattern[str]:
    """A pattern that matches any of the lines, each a regular expression, whatever the case.

    `before` and `after` stand around all of them: word edges unless told otherwise.
    """
    cues = "|".join(line.strip() for line in lines.splitlines() if line.strip())
    return re.compile(f"{before}(?:{cues}){after}", re.IGNORECASE)


def either(words: str) -> str:
    """One of these, as a piece of a pattern; `|` stands between them, or else white space does."""
    parts = words.split("|") if "|" in words else words.split()
    return f"(?:{'|'.join(parts)})"

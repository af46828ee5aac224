"""Arithmetic as an author writes it: numbers, + - * / **, parentheses and names of the price card.

A small grammar of its own, so that a file can calculate without being able to run anything:

    sum     = product (("+" | "-") product)*
    product = signed (("*" | "/") signed)*
    signed  = "-" signed | power
    power   = atom ("**" signed)?
    atom    = number | name | "(" sum ")"

Results agree with Python's for the same text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

LONGEST = 300
"""Characters a working may have."""
DEEPEST = 40
"""Parentheses, signs and powers that may stand inside one another."""
LARGEST = 1e30
"""No result on the way may exceed this in size."""
HIGHEST_POWER = 64

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+(?:_\d+)*)?\.?\d+(?:_\d+)*(?:[eE][+-]?\d+)?(?![\w.])|\d+(?:_\d+)*\.(?![\w.]))"
    r"|(?P<name>[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)"
    r"|(?P<sign>\*\*|[-+*/()]))",
    re.ASCII,
)


class WorkingError(ValueError):
    """A working that cannot be calculated. `column` counts from 1; `name` is a name that stands for nothing."""

    def __init__(self, message: str, column: int, name: str = "") -> None:
        super().__init__(message)
        self.column = column
        self.name = name


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


def evaluate(working: str, names: Mapping[str, float]) -> float:
    """The value of `working`, where `names` may stand for numbers. Raises WorkingError."""
    if len(working) > LONGEST:
        raise WorkingError(f"a working has at most {LONGEST} characters", LONGEST + 1)
    return _Parser(_tokens(working), names).result()


def _tokens(working: str) -> list[_Token]:
    tokens: list[_Token] = []
    position = 0
    end = len(working.rstrip())
    while position < end:
        match = _TOKEN.match(working, position)
        if match is None or match.lastgroup is None:
            column = position + len(working[position:]) - len(working[position:].lstrip()) + 1
            word = working[column - 1 :].split(maxsplit=1)[0]
            raise WorkingError(f"{word!r} is no number, name of the price card or one of + - * / ** ( )", column)
        text = match[match.lastgroup]
        tokens.append(_Token(match.lastgroup, text, match.start(match.lastgroup) + 1))
        position = match.end()
    return [*tokens, _Token("end", "", end + 1)]


class _Parser:
    def __init__(self, tokens: list[_Token], names: Mapping[str, float]) -> None:
        self._tokens = tokens
        self._names = names
        self._at = 0
        self._depth = 0

    def result(self) -> float:
        value = self._sum()
        if self._next.kind != "end":
            raise WorkingError(f"{self._next.text!r} was not expected here", self._next.column)
        return value

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self, *signs: str) -> _Token | None:
        token = self._next
        if token.kind == "sign" and token.text in signs:
            self._at += 1
            return token
        return None

    def _sum(self) -> float:
        value = self._product()
        while sign := self._take("+", "-"):
            other = self._product()
            value = _bounded(value + other if sign.text == "+" else value - other, sign.column)
        return value

    def _product(self) -> float:
        value = self._signed()
        while sign := self._take("*", "/"):
            other = self._signed()
            if sign.text == "/" and other == 0:
                raise WorkingError("this divides by zero", sign.column)
            value = _bounded(value * other if sign.text == "*" else value / other, sign.column)
        return value

    def _signed(self) -> float:
        self._depth += 1
        if self._depth > DEEPEST:
            raise WorkingError(f"more than {DEEPEST} levels stand inside one another", self._next.column)
        value = -self._signed() if self._take("-") else self._power()
        self._depth -= 1
        return value

    def _power(self) -> float:
        base = self._atom()
        sign = self._take("**")
        return base if sign is None else _power(base, self._signed(), sign.column)

    def _atom(self) -> float:
        token = self._next
        self._at += 1
        if token.kind == "number":
            text = token.text
            return _bounded(int(text) if re.fullmatch(r"[\d_]+", text) else float(text), token.column)
        if token.kind == "name":
            if token.text not in self._names:
                raise WorkingError(f"{token.text!r} is not on the price card", token.column, token.text)
            return self._names[token.text]
        if token.text == "(":
            value = self._sum()
            if self._take(")") is None:
                raise WorkingError("a parenthesis is not closed", token.column)
            return value
        self._at -= 1
        found = f"not {token.text!r}" if token.text else "but the line ends"
        raise WorkingError(f"a number, a name or a parenthesis belongs here, {found}", token.column)


def _power(base: float, exponent: float, column: int) -> float:
    if abs(exponent) > HIGHEST_POWER:
        raise WorkingError(f"a power is at most {HIGHEST_POWER}", column)
    if base == 0 and exponent < 0:
        raise WorkingError("this divides by zero", column)
    if base < 0 and exponent != int(exponent):
        raise WorkingError("a negative number has no fractional power", column)
    try:
        return _bounded(base**exponent, column)
    except OverflowError:
        raise WorkingError("the result is too large", column) from None


def _bounded(value: float, column: int) -> float:
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise WorkingError("the result is too large", column)
    return value

"""Figures in digits, as they are shown."""

from __future__ import annotations

import math

from coach.domain.figures.quantities import Kind

_SIZES = ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "KB"))
_TIMES = (
    (31_536_000.0, "years"),
    (2_592_000.0, "months"),
    (604_800.0, "weeks"),
    (86_400.0, "days"),
    (3_600.0, "hours"),
    (60.0, "minutes"),
)


def shown(value: float, kind: Kind, unit: float = 1.0) -> str:
    """A value of a kind, at most four digits of it: `$0.0135`, `19.25 GB`, `120 ms`. `unit` is what one of the unit
    that was said is worth, in which times of a minute and more are shown."""
    if kind is Kind.SHARE:
        return f"{_digits(value * 100)}%"
    if kind is Kind.MONEY:
        return f"${_digits(value)}"
    if kind is Kind.BYTES:
        size, name = next(((size, name) for size, name in _SIZES if value >= size), (1.0, "bytes"))
        return f"{_digits(value / size)} {name}"
    if kind is Kind.SECONDS:
        size, name = next(((size, name) for size, name in _TIMES if unit >= size), (1.0, "s"))
        return f"{_digits(value * 1_000)} ms" if value < 1 else f"{_digits(value / size)} {name}"
    return _digits(value)


def _digits(value: float) -> str:
    if value == 0 or not math.isfinite(value) or not 1e-6 <= abs(value) < 1e15:
        return f"{value:.3g}"
    places = max(0, 3 - math.floor(math.log10(abs(value))))
    written = f"{round(value, places):,.{places}f}"
    return written.rstrip("0").rstrip(".") if places else written

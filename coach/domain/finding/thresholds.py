"""The few numbers of the offline judge that were fitted to labelled rounds, and what may stand in their place.

`coach calibrate golden --refit` fits them on all scenarios but one and measures on that one, for each in turn.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from coach.domain.value import Value

Share = Annotated[float, Field(ge=0, le=1)]


class Thresholds(Value):
    """What is used, where nothing else is said: fitted on the twelve golden rounds, the first time in 2026."""

    part: Share = 0.5
    """Share of a criterion's groups heard together, below which nothing is decided for it."""
    spoiled: Share = 0.3
    """Share of the groups also heard in rejected or borrowed words, from which on a match is not clean."""
    fitting: Annotated[int, Field(ge=0)] = 5
    """Distinctive words shared with the criterion's text or `hear` line, from which on a match in part is one in
    fitting words: of such matches four in five were met on the golden rounds, of the others two in five."""


USED = Thresholds()
CHOICES = {"part": (0.4, 0.5, 0.6), "spoiled": (0.2, 0.3, 0.4), "fitting": (4, 5, 6, 7)}
"""What a fit may choose from, around what is used."""


def choices() -> Iterator[Thresholds]:
    """Every combination, those nearest to what is used first."""
    combined = [dict(zip(CHOICES, values, strict=True)) for values in itertools.product(*CHOICES.values())]
    combined.sort(key=lambda chosen: sum(value != getattr(USED, name) for name, value in chosen.items()))
    yield from (Thresholds.model_validate(chosen) for chosen in combined)

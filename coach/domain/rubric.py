"""A rubric: how criteria become levels, bars and bands (format rubric/v1)."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from coach.domain.prices import PriceCard
from coach.domain.scenario import Criterion, Expected, Flag, Scenario
from coach.domain.value import Line, Slug, Value

Share = Annotated[float, Field(ge=0, le=1)]


class Help(StrEnum):
    """How much the candidate was aided, least first."""

    UNPROMPTED = "unprompted"
    PROBED = "probed"
    EXPOSED = "exposed"
    HINTED = "hinted"
    TOLD = "told"


class SeniorityLevel(StrEnum):
    """The target a candidate is held to. It moves the bar, never the score."""

    MID = "mid"
    SENIOR = "senior"
    STAFF = "staff"


class Level(Value):
    """A named step of the scale."""

    name: Line
    means: Line


class VerdictCredit(Value):
    """Credit of a verdict before help. `not_reached` and `unjudged` have none: they are left out."""

    met: Share
    partial: Share
    missed: Share


class HelpCredit(Value):
    """What multiplies a verdict's credit."""

    unprompted: Share
    probed: Share
    exposed: Share
    hinted: Share
    told: Share

    def __getitem__(self, help_: Help) -> float:
        return float(getattr(self, help_.value))


class Sounds(Value):
    strong: Line
    adequate: Line
    weak: Line


class Dimension(Value):
    """One side of a performance, scored on its own."""

    id: Slug
    name: Line
    definition: Line
    sounds: Sounds
    anchors: dict[int, Line]
    seniority: dict[SeniorityLevel, Line]
    criteria: tuple[Expected, ...] = ()
    """Only where a dimension is graded alike in every scenario (communication)."""


class Bar(Value):
    """Score expected of a dimension."""

    priority: float
    other: float


class Readiness(Value):
    """When a round is strong, ready, close or not yet, in words; the numbers are checked against `scoring`."""

    gap: Line
    needs: Line
    bands: dict[Literal["strong", "ready", "close", "not_yet"], Line]
    gates: tuple[Line, ...]
    wording: Line


class Rubric(Value):
    """Scale, dimensions with anchors, help credit, role weights and bars."""

    format: Annotated[Literal["rubric/v1"], Field(alias="schema")]
    id: Slug
    version: Annotated[int, Field(ge=1)]
    scale: dict[int, Level]
    verdicts: VerdictCredit
    verdict_rules: tuple[Line, ...]
    help_credit: HelpCredit
    level_formula: Line
    levels_from_score: dict[int, tuple[float, float]]
    score_once: tuple[Line, ...] = ()
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]
    role_names: dict[Slug, Line]
    roles: dict[Slug, dict[Slug, Annotated[float, Field(ge=0)]]]
    priority_dimensions: dict[Slug, tuple[Slug, ...]]
    bars: dict[SeniorityLevel, Bar]
    readiness: Readiness

    @property
    def name(self) -> str:
        """`id@version`, as stamped on a grade."""
        return f"{self.id}@{self.version}"

    @cached_property
    def dimension_ids(self) -> tuple[str, ...]:
        return tuple(dimension.id for dimension in self.dimensions)

    def dimension(self, id_: str) -> Dimension:
        """The dimension called `id_`. Raises KeyError."""
        for dimension in self.dimensions:
            if dimension.id == id_:
                return dimension
        raise KeyError(id_)

    def bar(self, role: str, level: SeniorityLevel, dimension: str) -> float:
        """Score that `level` is expected to reach in `dimension`, 0 to 4."""
        bar = self.bars[level]
        return bar.priority if dimension in self.priority_dimensions[role] else bar.other


class Brief(Value):
    """What a round is played and graded by: scenario, rubric and price card, kept as they were on that day."""

    scenario: Scenario
    rubric: Rubric
    prices: PriceCard

    @cached_property
    def expected(self) -> dict[str, tuple[Criterion | Flag, ...]]:
        """Every dimension's criteria and flags, in the rubric's order of dimensions."""
        return {
            dimension.id: dimension.criteria or self.scenario.criteria.get(dimension.id, ())
            for dimension in self.rubric.dimensions
        }

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """Every criterion by full name, `evals.golden-set`."""
        return {
            f"{dimension}.{entry.id}": entry
            for dimension, entries in self.expected.items()
            for entry in entries
            if isinstance(entry, Criterion)
        }

    @cached_property
    def flags(self) -> dict[str, Flag]:
        """Every flag by full name, `evals.vibes-only`."""
        return {
            f"{dimension}.{entry.id}": entry
            for dimension, entries in self.expected.items()
            for entry in entries
            if isinstance(entry, Flag)
        }

    @cached_property
    def probed_dimensions(self) -> tuple[str, ...]:
        """Dimensions an interviewer can open: all with probes (communication has none)."""
        return tuple(id_ for id_ in self.rubric.dimension_ids if self.scenario.probes.get(id_))

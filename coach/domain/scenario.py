"""A scenario: an authored interview task, as in `scenarios/*.yaml` (format scenario/v1)."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator

from coach.domain.value import FullName, Line, Slug, Value

Phrases = tuple[Annotated[tuple[Line, ...], Field(min_length=1)], ...]
"""OR-groups: a phrase of every group is what a full match would hold. They find evidence, they never award it."""


class Rung(StrEnum):
    """The follow-up ladder, lowest first."""

    CLARIFY = "clarify"
    DEPTH = "depth"
    TRADEOFF = "tradeoff"
    FAILURE = "failure"


class Outcome(StrEnum):
    """What a judge can find on one criterion. `unjudged` is "could not tell": never a zero and never a pass."""

    MET = "met"
    PARTIAL = "partial"
    MISSED = "missed"
    NOT_REACHED = "not_reached"
    UNJUDGED = "unjudged"


class Fact(Value):
    """Something the interviewer knows and tells only when asked."""

    id: Slug
    topics: Annotated[tuple[Line, ...], Field(min_length=1)]
    """What a candidate may be asking about, in ordinary words."""
    say: Line


class Estimate(Value):
    """One calculation of the scenario. `working` is arithmetic over literals and price-card names only."""

    id: Slug
    ask: Line
    working: Line
    answer: float
    unit: Line
    accept: tuple[float, float]
    """Lowest and highest value that counts as right."""


class Criterion(Value):
    """One observable statement. Its first key is its tier, so a line reads as a sentence: `- core: golden-set`."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["core"]}, {"required": ["advanced"]}]})

    core: Slug | None = None
    advanced: Slug | None = None
    text: Line
    hear: Line | None = None
    """A line that would earn it, in plain speech."""
    not_: Annotated[Line | None, Field(alias="not")] = None
    """A near-miss that does not."""
    signals: Phrases = ()

    @model_validator(mode="after")
    def _has_one_tier(self) -> Criterion:
        if (self.core is None) == (self.advanced is None):
            raise ValueError("a criterion is either `core: its-id` or `advanced: its-id`")
        return self

    @property
    def id(self) -> str:
        return self.core or self.advanced or ""

    @property
    def tier(self) -> Literal["core", "advanced"]:
        return "core" if self.core else "advanced"


class Flag(Value):
    """A held position that costs points."""

    flag: Slug
    severity: Literal["minor", "major"]
    text: Line
    signals: Phrases = ()

    @property
    def id(self) -> str:
        return self.flag


def _flag_or_criterion(value: Any) -> str:
    has_flag = "flag" in value if isinstance(value, dict) else isinstance(value, Flag)
    return "flag" if has_flag else "criterion"


Expected = Annotated[
    Annotated[Criterion, Tag("criterion")] | Annotated[Flag, Tag("flag")], Discriminator(_flag_or_criterion)
]
"""An entry of a dimension's list: a criterion or a flag."""


class Hint(Value):
    """Help, in order of level: 1 redirect, 2 narrow, 3 tell."""

    say: Line
    exposes: tuple[Slug, ...] = ()
    """Criteria of the same dimension that the hint helps with."""


class Curveball(Value):
    """A premise changed late in the round."""

    id: Slug
    say: Line
    hits: tuple[Slug, ...]
    good: tuple[Line, ...] = ()
    weak: Line | None = None


class Snippet(Value):
    """A calibration answer that every grader build must score like this."""

    id: Slug
    dimension: Slug
    text: Line
    expect: dict[Slug, Outcome]


class Minutes(Value):
    """Round lengths in minutes."""

    full: Annotated[int, Field(ge=5, le=120)]
    short: Annotated[int, Field(ge=5, le=120)]


class Scenario(Value):
    """One authored interview task."""

    format: Annotated[Literal["scenario/v1"], Field(alias="schema")]
    id: Slug
    title: Line
    summary: Line
    minutes: Minutes
    emphasis: dict[Slug, Annotated[float, Field(gt=0, le=5)]] = Field(default_factory=dict)
    """Multiplies role weights, which are then renormalised."""
    prices: Slug
    opening: Line
    facts: Annotated[tuple[Fact, ...], Field(min_length=1)]
    your_call: tuple[Line, ...] = ()
    """Decisions handed back when asked about."""
    math: tuple[Estimate, ...] = ()
    criteria: dict[Slug, Annotated[tuple[Expected, ...], Field(min_length=1)]]
    probes: dict[Slug, dict[Rung, Line]]
    exposes: dict[FullName, tuple[FullName, ...]] = Field(default_factory=dict)
    """Probes (`dimension.rung`) that state a problem, and the criteria they then expose."""
    hints: dict[Slug, Annotated[tuple[Hint, ...], Field(max_length=3)]] = Field(default_factory=dict)
    curveballs: tuple[Curveball, ...] = ()
    calibration: tuple[Snippet, ...] = ()

    @cached_property
    def facts_by_id(self) -> dict[str, Fact]:
        return {fact.id: fact for fact in self.facts}

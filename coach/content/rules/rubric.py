"""Rules for rubrics: every dimension weighed and anchored, every score with one level, help in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from itertools import pairwise

from pydantic import ValidationError

from coach.content.reading import Node
from coach.content.rules.naming import entry_id, file_name, known, known_key, unique
from coach.domain.rubric import Help, Rubric, SeniorityLevel
from coach.domain.scoring import formula_problems
from coach.errors import Problem

LEVELS = (0, 1, 2, 3, 4)
STEP = 0.01
"""Scores are rounded to this, so a level begins one step above the level below."""


def consistent(root: Node) -> Iterator[Problem]:
    """Everything in a rubric that does not agree with the rest of it."""
    yield from file_name(root)
    dimensions = [dimension["id"].text for dimension in root["dimensions"].each() if dimension["id"].text]
    yield from unique(dimension["id"] for dimension in root["dimensions"].each())
    for dimension in root["dimensions"].each():
        yield from _levels_named(dimension["anchors"])
        yield from unique(entry_id(entry) for entry in dimension["criteria"].each())
    yield from _levels_named(root["scale"])
    yield from _scores(root["levels_from_score"])
    yield from _help(root["help_credit"])
    yield from _weights(root, dimensions)
    yield from _roles(root, dimensions)
    yield from _missing(root["bars"], [level.value for level in SeniorityLevel], "level")
    yield from _formula(root)


def _formula(root: Node) -> Iterator[Problem]:
    """The words of the formula and the bands give the numbers that are computed."""
    with suppress(ValidationError):  # a rubric of the wrong shape has been told so already
        for where, message in formula_problems(Rubric.model_validate(root.value)):
            node = root
            for key in where.split("."):
                node = node[key]
            yield node.problem(message)


def _levels_named(levels: Node) -> Iterator[Problem]:
    if isinstance(levels.value, dict):
        missing = [str(level) for level in LEVELS if level not in levels.value]
        if missing:
            yield levels.problem(f"level {', '.join(missing)} is missing; levels are 0 to 4")
        for key, level in levels.items():
            if key not in {str(level) for level in LEVELS}:
                yield level.problem(f"there is no level {key!r}; levels are 0 to 4")


def _scores(levels: Node) -> Iterator[Problem]:
    yield from _levels_named(levels)
    ranges = [
        (level, low, high)
        for level in (levels[number] for number in LEVELS)
        if (low := level[0].number) is not None and (high := level[1].number) is not None
    ]
    for level, low, high in ranges:
        if low > high:
            yield level.problem("the lower end comes first")
    for (_, _, below), (level, low, _) in pairwise(ranges):
        if round(low - below, 6) != STEP:
            yield level.problem(f"begins at {low:g}, not {STEP} above {below:g}, where the level below ends")
    if len(ranges) == len(LEVELS):
        if ranges[0][1] != LEVELS[0]:
            yield ranges[0][0].problem(f"the lowest level begins at {LEVELS[0]}")
        if ranges[-1][2] != LEVELS[-1]:
            yield ranges[-1][0].problem(f"the highest level ends at {LEVELS[-1]}")


def _help(credit: Node) -> Iterator[Problem]:
    steps = [node for help_ in Help if (node := credit[help_.value]).number is not None]
    for less, more in pairwise(steps):
        if (more.number or 0) > (less.number or 0):
            yield more.problem("earns more than less help does; credit falls from unprompted to told")


def _weights(root: Node, dimensions: Collection[str]) -> Iterator[Problem]:
    for weights in root["roles"].values():
        total = sum(weight.number or 0 for weight in weights.values())
        if round(total, 6) != 100:
            yield weights.problem(f"the weights sum to {total:g}, not to 100")
        for dimension, weight in weights.items():
            yield from known_key(weight, dimension, dimensions, "there is no dimension")
        for dimension in dimensions:
            if not weights.has(dimension):
                yield weights.problem(f"{dimension!r} has no weight")


def _roles(root: Node, dimensions: Collection[str]) -> Iterator[Problem]:
    roles = list(root["roles"].keys())
    for title in ("role_names", "priority_dimensions"):
        for role, node in root[title].items():
            yield from known_key(node, role, roles, "there are no weights for the role")
            for dimension in node.each():
                yield from known(dimension, dimensions, "there is no dimension")
        yield from _missing(root[title], roles, "role")


def _missing(node: Node, names: Iterable[str], kind: str) -> Iterator[Problem]:
    if isinstance(node.value, dict):
        for name in names:
            if not node.has(name):
                yield node.problem(f"the {kind} {name!r} is missing")

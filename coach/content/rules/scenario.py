"""Rules for scenarios: what they refer to must exist, and the writing rules of docs/authoring.md."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from coach.content.reading import Node
from coach.content.rules.naming import entry_id, entry_ids, file_name, known, known_key, unique
from coach.content.shape import did_you_mean
from coach.domain.arithmetic import WorkingError, evaluate
from coach.domain.prices import PriceCard, price_names
from coach.domain.rubric import Rubric
from coach.domain.scenario import Rung
from coach.errors import Problem

LONGEST_TEXT = 44
"""Words of a criterion's or flag's text."""
LONGEST_OPENING = 69
"""Words of the opening."""
CORE = (3, 4)
"""Fewest and most core criteria of a dimension."""
FEWEST_ADVANCED = 2
FEWEST_FLAGS = 1

_NO_DIMENSION = "the rubric has no dimension"


def references(root: Node, rubric: Rubric) -> Iterator[Problem]:
    """What keeps a scenario from being played and graded, shape aside."""
    yield from file_name(root)
    yield from _ids(root)
    yield from _criteria(root, rubric)
    yield from _probes(root, rubric)
    yield from _exposes(root)
    yield from _hints(root)
    yield from _others(root, rubric.dimension_ids)


def _ids(root: Node) -> Iterator[Problem]:
    for part in ("facts", "math", "curveballs", "calibration"):
        yield from unique(item["id"] for item in root[part].each())
    for entries in root["criteria"].values():
        yield from unique(entry_id(entry) for entry in entries.each())


def _criteria(root: Node, rubric: Rubric) -> Iterator[Problem]:
    shared = {dimension.id for dimension in rubric.dimensions if dimension.criteria}
    for dimension, entries in root["criteria"].items():
        if dimension in shared:
            yield entries.problem(f"the rubric itself has the criteria of {dimension!r}; remove these")
        else:
            yield from known_key(entries, dimension, rubric.dimension_ids, _NO_DIMENSION)


def _probes(root: Node, rubric: Rubric) -> Iterator[Problem]:
    criteria = root["criteria"]
    for dimension, rungs in root["probes"].items():
        yield from known_key(rungs, dimension, criteria.keys(), "there are no criteria in")
    for dimension, entries in criteria.items():
        if dimension in rubric.dimension_ids and not root["probes"][dimension].has(Rung.CLARIFY):
            yield entries.problem(f"{dimension!r} has criteria and no `clarify` probe to open it; add one")


def _exposes(root: Node) -> Iterator[Problem]:
    probes = [f"{dimension}.{rung}" for dimension, rungs in root["probes"].items() for rung, _ in rungs.items()]
    criteria = [
        f"{dimension}.{id_}"
        for dimension, entries in root["criteria"].items()
        for id_ in entry_ids(entries, "core", "advanced")
    ]
    for probe, exposed in root["exposes"].items():
        yield from known_key(exposed, probe, probes, "there is no probe")
        for criterion in exposed.each():
            yield from known(criterion, criteria, "there is no criterion")


def _hints(root: Node) -> Iterator[Problem]:
    for dimension, hints in root["hints"].items():
        entries = root["criteria"][dimension]
        if entries.value is None:
            yield from known_key(hints, dimension, root["criteria"].keys(), "there are no criteria in")
            continue
        ids = entry_ids(entries, "core", "advanced")
        for hint in hints.each():
            for criterion in hint["exposes"].each():
                yield from known(criterion, ids, f"{dimension!r} has no criterion")


def _others(root: Node, dimensions: Collection[str]) -> Iterator[Problem]:
    for dimension, factor in root["emphasis"].items():
        yield from known_key(factor, dimension, dimensions, _NO_DIMENSION)
    for curveball in root["curveballs"].each():
        for dimension_hit in curveball["hits"].each():
            yield from known(dimension_hit, dimensions, _NO_DIMENSION)
    for snippet in root["calibration"].each():
        yield from _snippet(snippet, root["criteria"])


def _snippet(snippet: Node, criteria: Node) -> Iterator[Problem]:
    dimension = snippet["dimension"]
    if not criteria.has(dimension.text):
        yield from known(dimension, criteria.keys(), "there are no criteria in")
        return
    ids = entry_ids(criteria[dimension.text], "core", "advanced")
    for criterion, verdict in snippet["expect"].items():
        yield from known_key(verdict, criterion, ids, f"{dimension.text!r} has no criterion")


def writing(root: Node, rubric: Rubric, prices: PriceCard | None) -> Iterator[Problem]:
    """The writing rules. A scenario that breaks one can still be played."""
    yield from _lengths(root)
    yield from _amounts(root, rubric)
    yield from _sums(root, price_names(prices) if prices else None)


def _lengths(root: Node) -> Iterator[Problem]:
    yield from _shorter(root["opening"], LONGEST_OPENING)
    for entries in root["criteria"].values():
        for entry in entries.each():
            yield from _shorter(entry["text"], LONGEST_TEXT)


def _shorter(node: Node, most: int) -> Iterator[Problem]:
    words = len(node.text.split())
    if words > most:
        yield node.problem(f"has {words} words; at most {most} can be taken in at once")


def _amounts(root: Node, rubric: Rubric) -> Iterator[Problem]:
    for dimension in rubric.dimensions:
        criteria = root["criteria"]
        if isinstance(criteria.value, dict) and not dimension.criteria and not criteria.has(dimension.id):
            yield criteria.problem(f"{dimension.id!r} has no criteria; every dimension needs some")
    for dimension_id, entries in root["criteria"].items():
        if dimension_id not in rubric.dimension_ids or not isinstance(entries.value, list):
            continue
        core, advanced, flags = (len(entry_ids(entries, tier)) for tier in ("core", "advanced", "flag"))
        if not CORE[0] <= core <= CORE[1]:
            yield entries.problem(f"has {core} core criteria; write {CORE[0]} to {CORE[1]}")
        if advanced < FEWEST_ADVANCED:
            yield entries.problem(f"has {advanced} advanced criteria; write at least {FEWEST_ADVANCED}")
        if flags < FEWEST_FLAGS:
            yield entries.problem("has no flag; write at least one position that costs points")


def _sums(root: Node, names: Mapping[str, float] | None) -> Iterator[Problem]:
    for estimate in root["math"].each():
        low, high = estimate["accept"][0].number, estimate["accept"][1].number
        if low is None or high is None:
            continue
        if low > high:
            yield estimate["accept"].problem("the lowest accepted value comes first")
            continue
        answer = estimate["answer"].number
        if answer is not None and not low <= answer <= high:
            yield estimate["answer"].problem(f"{answer:,g} is outside `accept`, {low:,g} to {high:,g}")
        yield from _working(estimate["working"], names, low, high)


def _working(working: Node, names: Mapping[str, float] | None, low: float, high: float) -> Iterator[Problem]:
    text = working.text if isinstance(working.value, str) else str(working.number or "")
    if not text:
        return
    try:
        value = evaluate(text, names or {})
    except WorkingError as error:
        if error.name and names is None:
            return  # the price card is missing or broken, which is reported already
        near = did_you_mean(error.name, names or ()) if error.name else ""
        yield working.problem(f"column {error.column}: {error}{near}")
        return
    if not low <= value <= high:
        yield working.problem(f"comes to {value:,.4g}, outside `accept`, {low:,g} to {high:,g}")

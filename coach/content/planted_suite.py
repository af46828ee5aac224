"""The plants of a checkout, and the rounds that pairs are made of: golden ones and walkthroughs."""

from __future__ import annotations

from typing import NamedTuple

from coach.content.files import Files
from coach.content.golden import golden_rounds
from coach.content.library import FileLibrary
from coach.content.places import builtin
from coach.domain.planted import Planted, Played
from coach.errors import ContentError, SetupError

FOLDER = "planted"
"""Below the golden set."""


class PlantedSuite(NamedTuple):
    planted: tuple[Planted, ...]
    rounds: tuple[Played, ...]


def read_planted(library: FileLibrary) -> PlantedSuite:
    """All plants by scenario, the golden rounds, and both walkthroughs of every planted scenario. Raises SetupError
    where there is no checkout, and ContentError with every problem of the files."""
    try:
        golden = builtin("golden")
    except SetupError:
        raise SetupError("The plants are kept in golden/planted of a checkout: run it there.") from None
    files = Files()
    loaded = [files.load(path, Planted) for path in sorted((golden / FOLDER).glob("*.yaml"))]
    if problems := [problem for one in loaded for problem in one.problems]:
        raise ContentError(problems)
    planted = tuple(one.value for one in loaded if one.value)
    if not planted:
        raise SetupError(f"There are no plants in {golden / FOLDER}: restore them.")
    rounds = [Played(each.name, each.brief, each.transcript) for each in golden_rounds(golden, library)]
    for scenario in (each.scenario for each in planted):
        brief = library.brief(scenario)
        for name, weak in (("walkthrough", False), ("weak-walkthrough", True)):
            rounds.append(Played(f"{scenario}/{name}", brief, library.walkthrough(scenario, weak=weak).transcript))
    return PlantedSuite(planted, tuple(rounds))

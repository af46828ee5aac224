"""The attack suite of a checkout: families of attacks, honest look-alikes, and the weak rounds to play them in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from coach.content.files import Files
from coach.content.golden import golden_rounds
from coach.content.library import FileLibrary
from coach.content.places import builtin
from coach.domain.attack import Attack, Base, Benign, Suite, near_misses
from coach.domain.grading import CREDITED
from coach.errors import SetupError

FOLDER = "attacks"
"""Below the golden set; the look-alikes in a folder of their own below that."""
BENIGN = "benign"
WEAK = 0.5
"""A golden round is weak where its labels credit less than this share of the criteria."""
COMPOSED = 3
"""Rounds a scenario that are put together from its near misses."""


def read_suite(library: FileLibrary) -> Suite:
    """All attacks by number, and the shipped scenarios' weak rounds and look-alikes. Raises SetupError where there
    is no checkout, and ContentError with every problem of the files."""
    try:
        golden = builtin("golden")
    except SetupError:
        raise SetupError("The attack suite is kept in golden/attacks of a checkout: run it there.") from None
    files = Files()
    attacks = [files.value(path, Attack) for path in sorted((golden / FOLDER).glob("*.yaml"))]
    benign = [files.value(path, Benign) for path in sorted((golden / FOLDER / BENIGN).glob("*.yaml"))]
    if not attacks or not benign:
        raise SetupError(f"There are no attacks or no look-alikes in {golden / FOLDER}: restore them.")
    return Suite(tuple(attacks), tuple(benign), tuple(_bases(golden, library)))


def _bases(golden: Path, library: FileLibrary) -> Iterator[Base]:
    rounds = golden_rounds(golden, library)
    for scenario in library.shipped_ids():
        brief = library.brief(scenario)
        for each in rounds:
            credited = sum(verdict.verdict in CREDITED for verdict in each.labels.verdicts.values())
            if each.transcript.scenario == scenario and credited < WEAK * len(each.labels.verdicts):
                yield Base(each.name, brief, each.transcript)
        yield Base(f"{scenario}/weak", brief, library.walkthrough(scenario, weak=True).transcript)
        for number in range(COMPOSED):
            yield Base(f"{scenario}/near-misses-{number + 1}", brief, near_misses(brief, number))

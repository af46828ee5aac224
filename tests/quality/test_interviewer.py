"""The fifteen checks over simulated rounds: every scenario, style and length, with every candidate there is, those
of `coach simulate` and more."""

from __future__ import annotations

import pytest

from coach.content.prompts import FilePrompts
from coach.domain.interview.checks import check_interviewer
from coach.domain.round import Setup
from coach.domain.transcript import Style
from coach.domain.walkthrough import Walkthrough
from coach.engines.offline.candidates import candidates
from coach.errors import NotFoundError
from coach.ports import Candidate
from coach.simulation import play_out
from tests.builders import SCENARIOS, interviewer, library, shipped
from tests.candidates import CANDIDATES


def everybody(scenario: str) -> list[Candidate]:
    """The candidates of `coach simulate`, with what walkthroughs the scenario has, and those of the tests."""
    found: list[Walkthrough | None] = []
    for weak in (False, True):
        try:
            found.append(library().walkthrough(scenario, weak=weak))
        except NotFoundError:
            found.append(None)
    return [*candidates(FilePrompts(), *found), *CANDIDATES]


@pytest.mark.slow
@pytest.mark.parametrize("minutes", [12, 35, 45])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_no_check_fails_for_any_candidate_in_any_style(scenario: str, minutes: int) -> None:
    failed = []
    for style in Style:
        for candidate in everybody(scenario):
            setup = Setup(scenario=scenario, style=style, minutes=minutes, seed=1)
            round_ = play_out(shipped(scenario), setup, interviewer(), candidate)
            failed += [
                f"{candidate.name}, {style}: {check.name}: {check.found} {', '.join(check.turns)}"
                for check in check_interviewer(round_.brief, round_.transcript)
                if check.passes is False
            ]
    assert failed == []

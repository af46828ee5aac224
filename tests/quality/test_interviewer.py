"""The fifteen checks over simulated rounds: every scenario, style and length, with every candidate there is."""

from __future__ import annotations

import pytest

from coach.domain.interview.checks import check_interviewer
from coach.domain.round import Setup
from coach.domain.transcript import Style
from tests.builders import SCENARIOS, interviewer, shipped
from tests.candidates import CANDIDATES, play


@pytest.mark.slow
@pytest.mark.parametrize("minutes", [12, 35, 45])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_no_check_fails_for_any_candidate_in_any_style(scenario: str, minutes: int) -> None:
    failed = []
    for style in Style:
        for candidate in CANDIDATES:
            setup = Setup(scenario=scenario, style=style, minutes=minutes, seed=1)
            round_ = play(shipped(scenario), setup, interviewer(), candidate)
            failed += [
                f"{candidate.name}, {style}: {check.name}: {check.found} {', '.join(check.turns)}"
                for check in check_interviewer(round_.brief, round_.transcript)
                if check.passes is False
            ]
    assert failed == []

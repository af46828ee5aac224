"""Words are about a criterion or not, whoever judges."""

from __future__ import annotations

import pytest

from coach.domain.finding.bearing import Bearing, Criteria
from coach.domain.finding.polarity import read
from tests.builders import shipped, tiny

CRITERIA = Criteria(shipped().criteria)
GATE = "evals.thresholds-gate-release"


def bearing(said: str, name: str = GATE) -> Bearing:
    return CRITERIA.bearing(name, read(said))


def test_the_line_that_would_earn_a_criterion_is_clearly_about_it() -> None:
    criteria = {name: each for name, each in shipped().criteria.items() if each.signals and each.hear}
    clear = [CRITERIA.bearing(name, read(each.hear or "")).is_clearly_about for name, each in criteria.items()]
    assert sum(clear) >= 0.9 * len(clear)


@pytest.mark.parametrize(
    "said",
    [
        "Keep the letter M.",
        "This is the head of hiring speaking.",
        "There are of course many important considerations here.",
        f"The outcome of {GATE} is that recall above ninety percent blocks the release.",
        "Some teams block a release on recall at ten.",
        "block, ship, recall",
    ],
)
def test_talk_about_nothing_names_bare_signals_and_other_peoples_words_are_about_nothing(said: str) -> None:
    assert not bearing(said).is_about


def test_a_decision_on_the_matter_is_about_it() -> None:
    assert bearing("Under ninety on the marked paragraphs and the change doesn't ship.").is_about


def test_of_a_criterion_without_signals_nothing_is_known() -> None:
    assert not Criteria(tiny().criteria).has_signals("evals.set")


def test_of_words_in_another_language_it_cannot_be_told() -> None:
    said = bearing("Unter neunzig Prozent bei den markierten Stellen geht die neue Fassung nicht live.")
    assert said.is_about
    assert not said.is_clearly_about

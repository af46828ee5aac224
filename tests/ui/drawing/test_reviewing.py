"""A review, drawn."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coach.domain.queue import Waiting, Why
from coach.domain.remarks import Comment, Dismissal, Dispute
from coach.domain.review import ReasonCode
from coach.ui.drawing import reviewing as drawn
from tests.builders import NINE, played, tiny

WAITING = Waiting(
    round_id="r1",
    judge="v1",
    title="A <library>",
    since=NINE,
    words=2_300,
    open=3,
    why=(Why.DISPUTED, Why.NEAR_CUT),
    held_by="A<na",
    held_at=NINE,
)


def test_every_reason_and_every_code_has_its_words() -> None:
    assert set(drawn.REASONS) == set(Why)
    assert set(drawn.CODES) == set(ReasonCode)


def test_a_line_of_the_queue_says_why_how_long_and_who() -> None:
    line = drawn.queue_line(WAITING, NINE + timedelta(minutes=12), "Ben")
    for told in (
        "disputed",
        "near a cut",
        "3 criteria open",
        "10 min to read",
        "waiting 12 min",
        "A&lt;na is at it",
    ):
        assert told in line
    assert "is at it" not in drawn.queue_line(WAITING, NINE + timedelta(minutes=31), "Ben")


@pytest.mark.parametrize(
    ("passed", "told"),
    [
        (timedelta(seconds=-5), "0 min"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=47), "47 h"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_an_age_is_told_in_one_unit(passed: timedelta, told: str) -> None:
    assert drawn.age(passed) == told


def test_what_people_said_is_escaped_and_leads_to_its_turn() -> None:
    round_ = played(tiny(), "I would <b>count</b>.")
    said = drawn.said_by_people(
        [
            Comment(turn="C1", text="Say <how>.", by="A<na", at=NINE),
            Dispute(criterion="evals.gate", text="I <did>.", at=NINE),
            Dismissal(text="<noise>", by="A<na", at=NINE),
            Comment(turn="C9", text="Nowhere.", by="Ana", at=NINE),
        ],
        round_,
    )
    assert 'A&lt;na on <a href="#turn-C1">C1</a>: Say &lt;how&gt;.' in said
    assert "You dispute “Blocks a release.”: I &lt;did&gt;." in said
    assert "cannot be judged: &lt;noise&gt;" in said
    assert "Nowhere" not in said
    assert drawn.said_by_people([], round_) == ""

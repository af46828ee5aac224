from __future__ import annotations

import re

from coach.domain.talk import Monologue, Pace, Talk, Thought
from coach.ui.drawing import STYLE
from coach.ui.drawing.talk import talk_card

SPOKEN = Talk(
    word_share=0.75,
    time_share=0.64,
    longest=Monologue(turn="C1", words=310, seconds=134.0),
    thinking=(Thought(turn="C1", seconds=1.0), Thought(turn="C2", seconds=9.4), Thought(turn="C3", seconds=2.1)),
    pace=(
        Pace(turn="C1", at=11.0, words_per_minute=139.0),
        Pace(turn="C2", at=None, words_per_minute=171.4),
        Pace(turn="C3", at=190.0, words_per_minute=110.0),
    ),
    interrupted=("I2",),
)


def _text(drawn: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", drawn))


def _with(**changed: object) -> str:
    return talk_card(SPOKEN.model_copy(update=changed))


def test_the_figures_of_a_round_are_told_in_words() -> None:
    text = _text(talk_card(SPOKEN))
    assert "How you talked (never scored)" in text
    assert "You spoke 64% of the speaking time, 75% of the words" in text
    assert "Longest answer 2:14 min, 310 words ( C1 )" in text
    assert "Before you spoke usually 2.1 s, at most 9.4 s before C2" in text
    assert "Pace usually 139 words a minute, from 110 to 171" in text
    assert "Broken off 1 turn: I2" in text


def test_the_picture_says_its_numbers_and_stands_as_a_table_too() -> None:
    drawn = talk_card(SPOKEN)
    assert drawn.count('<i class="dot"') == 3
    assert 'role="img" aria-label="Words a minute, answer after answer: 139, 171, 110"' in drawn
    assert 'style="bottom:69.5%"' in drawn
    assert "C1 0:11 139 C2 – 171 C3 3:10 110" in _text(drawn)


def test_whoever_talks_very_fast_stays_in_the_picture() -> None:
    fast = (SPOKEN.pace[0], Pace(turn="C2", at=20.0, words_per_minute=400.0))
    heights = [float(found) for found in re.findall(r"bottom:([\d.]+)%", _with(pace=fast))]
    assert max(heights) < 100
    assert "the top is 450" in _text(_with(pace=fast))


def test_one_answer_has_a_pace_and_no_picture() -> None:
    drawn = _with(pace=SPOKEN.pace[:1], thinking=SPOKEN.thinking[:1])
    assert "Pace 139 words a minute Broken" in _text(drawn)
    assert "Before you spoke 1.0 s Pace" in _text(drawn)
    assert "<table>" not in drawn


def test_what_cannot_be_told_is_left_out() -> None:
    text = _text(_with(time_share=None, thinking=(), interrupted=None, longest=None))
    assert "You spoke 75% of the words Pace" in text
    assert "Before you spoke" not in text
    assert "Broken off" not in text
    assert "Longest answer" not in text
    assert "Broken off 0 turns" in _text(_with(interrupted=()))


def test_a_typed_round_has_no_such_section() -> None:
    assert _with(time_share=None, thinking=(), pace=()) == ""


def test_a_turn_id_is_escaped() -> None:
    drawn = _with(longest=Monologue(turn='"><script>', words=1, seconds=None))
    assert "<script>" not in drawn


def test_its_look_is_on_every_page() -> None:
    assert ".coach-talk" in STYLE

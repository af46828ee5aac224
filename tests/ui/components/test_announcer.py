from __future__ import annotations

from coach.ui.components.announcer import newest
from tests.archive.builders import begun_round, played_round


def test_the_interviewers_newest_words_are_announced_with_their_turn() -> None:
    said = newest(played_round(exchanges=2))
    assert said == {"turn": "I2", "words": "Interviewer: How would you know it works, part 2?"}


def test_before_the_first_words_nothing_is_announced() -> None:
    assert newest(begun_round()) == {"turn": "", "words": ""}

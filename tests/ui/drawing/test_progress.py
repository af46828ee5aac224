from __future__ import annotations

import re

from coach.domain.progress import Attempt
from coach.ui.drawing.progress import attempts_at, courses, head, knows_self, nothing_yet
from tests.builders import shipped
from tests.domain.test_progress import attempt
from tests.domain.test_self_rating import rated

RUBRIC = shipped().rubric


def _text(drawn: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", drawn))


def _evals(*scores: float | None) -> list[Attempt]:
    return [attempt(day, {"evals": score}) for day, score in enumerate(scores)]


def test_before_three_rounds_it_says_how_many_more() -> None:
    assert "2 more graded rounds until the bands" in _text(courses(_evals(1.5), RUBRIC))
    assert "1 score; 2 more for a band" in _text(courses(_evals(1.5), RUBRIC))
    assert "until the bands" not in courses(_evals(1.5, 2.0, 2.5), RUBRIC)
    assert "No graded round yet" in nothing_yet()


def test_a_dimension_shows_every_score_its_band_and_the_bar_and_says_them() -> None:
    drawn = courses(_evals(1.0, 1.0, 2.0), RUBRIC)
    assert drawn.count('<i class="dot" style=') == 3
    assert drawn.count('<i class="range" style=') == 1
    assert 'style="bottom:25.0%;height:25.0%"' in drawn
    assert 'aria-label="Evaluation, oldest first: 1.0, 1.0, 2.0. Last 3: 1.0–2.0"' in drawn


def test_with_six_scores_it_says_whether_they_moved() -> None:
    assert "all above the three before" in courses(_evals(1, 1, 1, 2, 2, 2), RUBRIC)
    assert "all below the three before" in courses(_evals(2, 2, 2, 1, 1, 1), RUBRIC)
    assert "not apart from the three before" in courses(_evals(1, 1, 2, 2, 2, 2), RUBRIC)


def test_what_was_never_assessed_has_no_empty_picture() -> None:
    drawn = courses(_evals(1.0), RUBRIC)
    assert drawn.count("<figure>") == 1
    assert "Not assessed yet: Problem framing, Data," in _text(drawn)


def test_an_answer_given_again_is_an_empty_dot() -> None:
    drawn = courses([attempt(1, {"evals": 1.0}, again={"evals": 3.0})], RUBRIC)
    assert '<i class="dot is-before" style="bottom:75.0%"></i>' in drawn


def test_the_curve_waits_for_three_rated_rounds() -> None:
    assert "You have not rated yourself yet. 3 more" in _text(knows_self(_evals(1, 1, 1)))
    one = [attempt(1, {"evals": 1.0}, rated("evals", 3))]
    assert "You have rated yourself in 1 round. 2 more" in _text(knows_self(one))


def test_the_curve_shows_what_the_judge_found_where_one_said_so() -> None:
    drawn = knows_self([attempt(day, {"evals": 1.0}, rated("evals", 3)) for day in range(3)])
    assert "Over 3 ratings in 3 rounds you put yourself 2.0 above the judge on the whole" in _text(drawn)
    assert 'aria-label="where you said 3, the judge found 1.0 on average"' in drawn
    assert '<i class="dot" style="bottom:25.0%"></i>' in drawn
    assert "level with the judge" in knows_self(
        [attempt(day, {"evals": 3.0}, rated("evals", 3)) for day in range(3)]
    )


def test_attempts_stand_side_by_side_with_what_changed_from_the_first_to_the_last() -> None:
    text = _text(attempts_at(_evals(1.0, None, 2.5), RUBRIC))
    assert "Evaluation 1.00 not assessed 2.50 +1.50" in text
    assert "First to last" in text
    alone = _text(attempts_at(_evals(1.0), RUBRIC))
    assert "One attempt so far." in alone
    assert "First to last" not in alone


def test_the_page_says_what_it_is_over() -> None:
    assert "Over 7 graded rounds." in head(7, 30)
    assert "Over the last 30 graded rounds." in head(30, 30)


def test_a_title_is_escaped() -> None:
    named = attempt(1, {"evals": 1.0}).model_copy(update={"title": "<script>"})
    assert "<script>" not in courses([named], RUBRIC)

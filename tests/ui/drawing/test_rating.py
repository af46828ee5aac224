from __future__ import annotations

import re

from coach.domain.grade import DimensionScore, Grade
from coach.domain.grading import settle
from coach.ui.drawing.rating import in_a_line, saved
from coach.ui.drawing.verdicts import whisker
from tests.builders import STAMP, findings, shipped
from tests.domain.grades import said
from tests.domain.test_self_rating import rated, scored


def _grade(*scores: DimensionScore) -> Grade:
    brief = shipped()
    return settle(brief, said(), [findings("evals")], STAMP).model_copy(update={"dimensions": scores})


def _line(ratings: list[tuple[str, int]], *scores: DimensionScore) -> str:
    drawn = in_a_line([rated(*each) for each in ratings], _grade(*scores), shipped().rubric)
    return re.sub(r"<[^>]+>", "", drawn)


def test_both_sides_stand_in_one_line_the_farthest_first() -> None:
    line = _line(
        [("data", 3), ("evals", 4), ("cost", 0)], scored("data", 1.9), scored("evals", 1.5), scored("cost", 3.0)
    )
    assert line == (
        "◇ You rated yourself clearly above the judge in Evaluation (4, judge 1.5) and Data (3, judge 1.9), "
        "and clearly below the judge in Cost (0, judge 3.0)."
    )


def test_more_than_three_of_a_side_are_counted() -> None:
    names = ("framing", "data", "approach", "evals", "latency")
    line = _line([(name, 4) for name in names], *(scored(name, 1.0) for name in names))
    assert line.endswith("and 2 more.")


def test_agreement_is_said_and_nothing_where_nothing_was_rated_or_assessed() -> None:
    assert "agree" in _line([("data", 2), ("cost", 3)], scored("data", 2.4), scored("cost", 2.6))
    assert "the one you rated" in _line([("data", 2)], scored("data", 2.4))
    assert _line([], scored("data", 2.4)) == ""
    assert _line([("data", 2)], scored("data", None, 0.0, 4.0)) == ""


def test_the_rating_stands_on_the_line_of_the_score_and_is_said() -> None:
    drawn = whisker(scored("data", 2.0), rated=rated("data", 3))
    assert '<i class="self" style="left:75.0%"></i>' in drawn
    assert "you rated yourself 3" in drawn
    assert 'class="self"' not in whisker(scored("data", 2.0))


def test_what_is_saved_is_said() -> None:
    assert "Saved ✓ 2 of 9" in saved(2, 9)
    assert "✓" not in saved(0, 9)

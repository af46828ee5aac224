"""A criterion to settle, and what a person's verdict does to the range."""

from __future__ import annotations

from coach.domain.grade import Band, Grade, Result, ResultKind
from coach.domain.grading import settle
from coach.domain.review import OpenCriterion, Override, Review, reviewed
from coach.domain.round import Round
from coach.domain.scenario import Outcome
from coach.ui.drawing import settling
from coach.ui.drawing.scorecard import body
from coach.ui.drawing.verdicts import dimension_row, legend
from tests.builders import NINE, STAMP, ask_for, findings, played, quoted, shipped, verdict

NAME = "evals.golden-set"
WORDS = "I have the claims staff write three hundred <b>questions</b> with the page that answers each."
LONG = (
    "Below that nothing ships, and every month twenty old cases are swapped for fresh failures from the desk. Two "
    "people grade the same hundred and I compare how often they agree before anyone trusts the numbers at all. "
    "The rest of the budget goes to reading the worst ones aloud."
)


def round_() -> Round:
    return played(shipped(), ask_for("evals.clarify"), f"{WORDS} {LONG}")


def grade() -> Grade:
    open_ = findings("evals", verdict(NAME, Outcome.UNJUDGED))
    return settle(shipped(), round_().transcript, [open_], STAMP)


def near() -> OpenCriterion:
    return OpenCriterion(NAME, (quoted(round_().transcript, "C1", WORDS),))


def review(*by: str) -> Review:
    given = [
        Override.model_validate(
            {"criterion": name, "verdict": Outcome.MET, "by": person, "at": NINE, "quotes": near().nearest}
        )
        for name, person in zip((NAME, "evals.judge-calibrated", "evals.offline-to-online"), by, strict=False)
    ]
    return reviewed(shipped(), round_().transcript, grade(), given)


def test_a_criterion_has_its_place_its_dimension_and_both_examples() -> None:
    drawn = settling.question(NAME, 3, 12, round_())
    criterion = shipped().criteria[NAME]
    assert "<strong>3 of 12</strong> · Evaluation · core" in drawn
    for words in (criterion.text, criterion.hear, criterion.not_):
        assert words
        assert words.split("'")[0] in drawn


def test_where_words_stand_is_said_with_the_time() -> None:
    spoken = near().nearest[0]
    assert settling.where(spoken, round_()) == "C1 at 1:00"
    assert settling.where(spoken.model_copy(update={"source": "board"}), round_()) == "C1 at 1:00, on the board"


def test_the_nearest_words_are_marked_in_the_transcript_and_escaped() -> None:
    drawn = settling.words(near(), round_())
    assert "&lt;b&gt;questions&lt;/b&gt;" in drawn.split("<mark>")[1].split("</mark>")[0]
    assert "Evidence for" not in drawn


def test_what_a_person_said_stands_before_what_the_judge_could_not_tell() -> None:
    assert settling.found(review(), NAME).startswith(
        '<p class="coach-small" role="status">The judge alone: could not'
    )
    assert "<strong>You said: met.</strong> The judge alone" in settling.found(review("self"), NAME)
    assert "<strong>&lt;Ana&gt; said: met.</strong>" in settling.found(review("<Ana>"), NAME)


def test_the_range_of_the_judge_alone_stands_behind_the_settled_one() -> None:
    assert "is-alone" not in settling.narrowed(review(), NAME, round_())
    drawn = settling.narrowed(review("self"), NAME, round_())
    alone = next(d for d in grade().dimensions if d.id == "evals")
    assert drawn.count("is-alone") == 1
    assert f"the judge alone: {alone.low:.2f}–{alone.high:.2f}" in drawn


def test_who_settled_how_many_is_said_with_what_the_judge_alone_came_to() -> None:
    close = Result(kind=ResultKind.GRADED, band=Band.CLOSE, band_low=Band.NOT_YET, band_high=Band.READY)
    assert settling.settled_by(review(), close) == ""
    told = settling.settled_by(review("self", "self", "<Ana>"), close)
    assert "2 settled by you, 1 settled by &lt;Ana&gt;; the judge alone: close, between not yet and ready." in told


def test_the_end_says_how_far_one_has_come() -> None:
    assert "<h1>1 of 5 settled</h1>" in settling.done(review("self"), 5, round_())


def test_a_row_of_the_result_says_whose_verdict_it_is_and_what_the_judge_found() -> None:
    settled = review("self")
    evals = next(d for d in settled.settled.dimensions if d.id == "evals")
    row = dimension_row(evals, settled.settled, round_(), settled)
    assert row.count("settled by you") == 1
    assert row.count("The judge alone: could not tell. It says so.") == 1
    assert "settled by" not in dimension_row(evals, settled.settled, round_())


def test_the_legend_names_the_judges_range_only_where_somebody_has_settled_something() -> None:
    assert "the judge alone" not in legend() + legend(review())
    assert "the range of the judge alone" in legend(review("self"))
    assert "the range of the judge alone" in body(review("self").settled, round_(), review("self"))

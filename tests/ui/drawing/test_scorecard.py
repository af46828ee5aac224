from __future__ import annotations

import re

import pytest

from coach.domain.grade import Band, FlagFinding, Grade, Notice, Quote, Result, ResultKind, Verdict
from coach.domain.rubric import SeniorityLevel
from coach.domain.scenario import Outcome
from coach.domain.transcript import Move
from coach.ui.drawing import scorecard
from tests.archive.builders import grade, played_round

ATTACK = "</p><script>alert(1)</script>"
SAID = "A golden set of 200 questions, refreshed monthly."


def _with(**changes: object) -> Grade:
    return grade().model_copy(update=changes)


def _met(*quotes: Quote) -> Verdict:
    return Verdict(criterion="evals.golden-set", verdict=Outcome.MET, quotes=quotes)


@pytest.mark.parametrize(
    ("kind", "band", "title"),
    [
        (ResultKind.GRADED, Band.NOT_YET, "On this round: not yet"),
        (ResultKind.GRADED, Band.STRONG, "On this round: strong"),
        (ResultKind.BASELINE, None, "Baseline"),
        (ResultKind.INCOMPLETE, None, "Incomplete round"),
        (ResultKind.NOT_GRADED, None, "Not graded"),
    ],
)
def test_a_result_says_what_kind_it_is_and_why(kind: ResultKind, band: Band | None, title: str) -> None:
    drawn = scorecard.head(_with(result=Result(kind=kind, band=band, why=("<b>because</b>",))), played_round())
    assert f"<h2>{title}</h2>" in drawn
    assert "<p>&lt;b&gt;because&lt;/b&gt;.</p>" in drawn


def test_a_band_that_could_be_another_says_so_in_words_and_as_a_picture() -> None:
    found = Result(
        kind=ResultKind.GRADED, band=Band.CLOSE, band_low=Band.CLOSE, band_high=Band.READY,
        gap=-0.21, gap_low=-0.3, gap_high=0.1,
    )  # fmt: skip
    drawn = scorecard.head(_with(result=found), played_round())
    assert "between close and ready" in drawn
    assert "-0.21 (from -0.30 to +0.10)" in drawn
    assert re.findall(r'<li class="([\w-]*)">', drawn) == ["", "is-here", "is-open", ""]


def test_what_was_never_opened_is_blamed_on_time() -> None:
    drawn = scorecard.body(grade(), played_round())
    assert "<strong>Not reached:</strong> Cost." in drawn
    assert "neither for nor against you" in drawn
    opened = tuple(score for score in grade().dimensions if score.opened)
    assert "Not reached:" not in scorecard.body(_with(dimensions=opened), played_round())


def test_help_used_names_each_hint_and_its_price() -> None:
    round_ = played_round(exchanges=1)
    assert "no hints" in scorecard.body(grade(), round_)
    hint = round_.turns[0].model_copy(update={"move": Move.HINT, "hint": 2})
    drawn = scorecard.body(grade(), round_.model_copy(update={"turns": (hint, *round_.turns[1:])}))
    assert "1 hint (level 2 in Evaluation)" in drawn
    assert "earns 50% of its credit" in drawn


def test_a_grade_says_who_gave_it() -> None:
    assert "offline judge, version v1, rubric ai-system-design@1" in scorecard.body(grade(), played_round())


def test_a_quote_leads_to_its_words_and_the_words_lead_back() -> None:
    quote = Quote(turn="C1", start=2, end=12, text="golden set")
    drawn = scorecard.body(_with(verdicts=(_met(quote),)), played_round())
    assert '<a href="#turn-C1">C1 at 1:10</a>' in drawn
    assert "A <mark>golden set</mark> of 200" in drawn
    assert '<a href="#verdict-evals-golden-set">golden set (met)</a>' in drawn
    assert drawn.count('id="verdict-evals-golden-set"') == 1


def test_words_that_hold_a_flag_up_lead_back_to_it_and_one_that_does_not_stand_marks_nothing() -> None:
    quote = Quote(turn="C1", start=2, end=12, text="golden set")
    flag = FlagFinding(flag="evals.vibes-only", stands=True, quotes=(quote,))
    drawn = scorecard.body(_with(verdicts=(), flags=(flag,)), played_round())
    assert '<a href="#verdict-evals-vibes-only">⚑ vibes only</a>' in drawn
    fallen = flag.model_copy(update={"stands": False})
    assert "<mark>" not in scorecard.body(_with(verdicts=(), flags=(fallen,)), played_round())


def test_too_little_said_shows_the_words_and_no_score() -> None:
    found = _with(result=Result(kind=ResultKind.NOT_GRADED, why=("words from the candidate: 1",)))
    drawn = scorecard.body(found, played_round())
    assert SAID in drawn
    assert "coach-whisker" not in drawn


def test_what_addresses_the_grader_is_reported_as_text() -> None:
    found = _with(notices=(Notice(kind="addressed-to-grader", turn="C1", text=ATTACK),))
    drawn = scorecard.body(found, played_round())
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn
    assert "Reported, not graded." in drawn


def test_a_judge_that_failed_its_own_check_is_a_notice_without_words_of_the_candidate() -> None:
    notice = Notice(kind="canary-failed", turn="C1", text="Evaluation: nothing it said counts.")
    drawn = scorecard.body(_with(notices=(notice,)), played_round())
    assert "<li><em>the judge failed its check questions</em>: Evaluation: nothing it said counts.</li>" in drawn


def test_an_unknown_kind_of_notice_is_readable() -> None:
    drawn = scorecard.body(_with(notices=(Notice(kind="odd-thing", turn="C1", text="…"),)), played_round())
    assert "<em>odd thing</em>" in drawn


def test_a_grade_in_short_is_who_gave_it_and_what_it_came_to() -> None:
    close = _with(result=Result(kind=ResultKind.GRADED, band=Band.CLOSE))
    model = grade().judge.model_copy(update={"engine": "llm", "model": "openai:qwen3@http://localhost:11434/v1"})
    assert scorecard.in_short(close) == "offline, close"
    assert scorecard.in_short(_with(judge=model)) == "openai:qwen3 at localhost:11434, incomplete round"


def test_another_bar_than_was_played_for_is_said_and_the_own_one_is_not() -> None:
    told = scorecard.held_to(SeniorityLevel.SENIOR, SeniorityLevel.STAFF)
    assert "Played for senior; shown against staff" in told
    assert "This is only shown" in told
    assert scorecard.held_to(SeniorityLevel.STAFF, SeniorityLevel.STAFF) == ""


def test_a_grading_that_failed_says_how_much_of_it_is_kept() -> None:
    assert "7 of 9 dimensions are judged and kept" in scorecard.not_graded_yet(played_round(), 7)
    assert "kept" not in scorecard.not_graded_yet(played_round())

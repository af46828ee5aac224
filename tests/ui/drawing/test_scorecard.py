from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.grade import Band, DimensionScore, FlagFinding, Grade, Notice, Quote, Result, ResultKind, Verdict
from coach.domain.rubric import Help
from coach.domain.scenario import Outcome
from coach.domain.transcript import Move
from coach.ui.drawing import scorecard
from tests.archive.builders import brief, grade, played_round

CORE = next(name for name, entry in brief().criteria.items() if name.startswith("evals.") and entry.tier == "core")
ATTACK = "</blockquote><script>alert(1)</script>"


def _with(**changes: object) -> Grade:
    return grade().model_copy(update=changes)


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
    drawn = scorecard.result(_with(result=Result(kind=kind, band=band, why=("<b>because</b>",))), brief().rubric)
    assert f"<h2>{title}</h2>" in drawn
    assert "<p>&lt;b&gt;because&lt;/b&gt;.</p>" in drawn


def test_a_band_that_could_be_another_says_so() -> None:
    found = Result(
        kind=ResultKind.GRADED, band=Band.CLOSE, band_low=Band.CLOSE, band_high=Band.READY,
        gap=-0.21, gap_low=-0.3, gap_high=0.1,
    )  # fmt: skip
    drawn = scorecard.result(_with(result=found), brief().rubric)
    assert "between close and ready" in drawn
    assert "-0.21 (from -0.30 to +0.10)" in drawn


def test_a_dimension_shows_level_score_range_and_bar_in_words_and_as_a_picture() -> None:
    drawn = scorecard.dimensions(grade(), played_round())
    assert "Workable (2)" in drawn
    assert "score 1.62 · range 1.37–2.25 · bar 3.00" in drawn
    assert 'aria-label="score 1.62, range 1.37 to 2.25, bar 3.00, of 4"' in drawn


def test_a_dimension_never_opened_is_blamed_on_time_and_not_scored() -> None:
    assert "Cost" not in scorecard.dimensions(grade(), played_round())
    drawn = scorecard.not_reached(grade(), brief().rubric)
    assert "Cost" in drawn
    assert "neither for nor against you" in drawn


def test_where_everything_was_opened_nothing_is_blamed() -> None:
    opened = tuple(score for score in grade().dimensions if score.opened)
    assert scorecard.not_reached(_with(dimensions=opened), brief().rubric) == ""


def test_a_dimension_that_could_not_be_assessed_keeps_its_range() -> None:
    score = DimensionScore(id="evals", score=None, low=0.5, high=3.5, level=None, bar=3.0, opened=True)
    drawn = scorecard.dimensions(_with(dimensions=(score,)), played_round())
    assert "Not assessed" in drawn
    assert "range 0.50–3.50" in drawn
    assert 'class="dot"' not in drawn


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.MET, "Met"),
        (Outcome.PARTIAL, "Partly met"),
        (Outcome.MISSED, "Missed"),
        (Outcome.UNJUDGED, "Could not tell"),
        (Outcome.NOT_REACHED, "Not reached"),
    ],
)
def test_every_verdict_is_said_in_words_with_its_reason(outcome: Outcome, words: str) -> None:
    verdict = Verdict(criterion=CORE, verdict=outcome, reason="<i>why</i>")
    drawn = scorecard.dimensions(_with(verdicts=(verdict,)), played_round())
    assert f"<strong>{words} · core</strong>" in drawn
    assert "&lt;i&gt;why&lt;/i&gt;" in drawn


@pytest.mark.parametrize("aid", list(Help))
def test_the_help_behind_a_credit_is_said(aid: Help) -> None:
    verdict = Verdict(criterion=CORE, verdict=Outcome.MET, help=aid)
    drawn = scorecard.dimensions(_with(verdicts=(verdict,)), played_round())
    assert re.search(r"Met · core · \w+", drawn)


def test_quotes_and_notices_lead_to_the_turn_and_are_never_markup() -> None:
    quote = Quote(turn="C1", start=0, end=len(ATTACK), text=ATTACK)
    verdict = Verdict(criterion=CORE, verdict=Outcome.MET, quotes=(quote,))
    found = _with(verdicts=(verdict,), notices=(Notice(kind="addressed-to-grader", turn="C1", text=ATTACK),))
    drawn = scorecard.dimensions(found, played_round()) + scorecard.notices(found)
    assert "<script" not in drawn
    assert drawn.count('href="#turn-C1"') == 2
    assert drawn.count("&lt;script&gt;") == 2


def test_only_flags_that_stand_or_might_are_shown() -> None:
    flags = [FlagFinding(flag="evals.vibes-only", stands=stands) for stands in (True, None, False)]
    drawn = [scorecard.dimensions(_with(flags=(flag,)), played_round()) for flag in flags]
    assert "Held against you" in drawn[0]
    assert "Could not tell whether it stands" in drawn[1]
    assert "⚑" not in drawn[2]


def test_help_used_names_each_hint() -> None:
    round_ = played_round(exchanges=1)
    assert "no hints" in scorecard.help_used(round_)
    hint = round_.turns[0].model_copy(update={"move": Move.HINT, "hint": 2})
    drawn = scorecard.help_used(round_.model_copy(update={"turns": (hint, *round_.turns[1:])}))
    assert "1 hint (level 2 in Evaluation)" in drawn


def test_a_grade_says_who_gave_it() -> None:
    assert "offline judge, version v1, rubric ai-system-design@1" in scorecard.judged_by(grade())


@given(low=st.floats(0, 4), high=st.floats(0, 4), bar=st.floats(0, 4), score=st.none() | st.floats(0, 4))
def test_a_whisker_never_leaves_its_scale(low: float, high: float, bar: float, score: float | None) -> None:
    low, high = sorted((low, high))
    drawn = scorecard.whisker(
        DimensionScore(id="evals", score=score, low=low, high=high, level=None, bar=bar, opened=True)
    )
    assert all(0 <= float(place) <= 100 for place in re.findall(r"(?:left|width):([\d.]+)%", drawn))
    assert (score is None) == ('class="dot"' not in drawn)

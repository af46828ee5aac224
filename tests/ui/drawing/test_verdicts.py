from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.grade import DimensionScore, FlagFinding, Grade, Quote, Verdict
from coach.domain.rubric import Help
from coach.domain.scenario import Outcome
from coach.ui.drawing.verdicts import anchor, dimension_row, whisker
from tests.archive.builders import brief, grade, played_round

CORE = next(name for name, entry in brief().criteria.items() if name.startswith("evals.") and entry.tier == "core")
ATTACK = "</blockquote><script>alert(1)</script>"


def _with(**changes: object) -> Grade:
    return grade().model_copy(update=changes)


def _row(found: Grade, dimension: str = "evals") -> str:
    return dimension_row(next(score for score in found.dimensions if score.id == dimension), found, played_round())


def test_a_dimension_shows_level_score_range_and_bar_in_words_and_as_a_picture() -> None:
    drawn = _row(grade())
    assert "Workable (2)" in drawn
    assert "score 1.62 · range 1.37–2.25 · bar 3.00" in drawn
    assert 'aria-label="score 1.62, range 1.37 to 2.25, bar 3.00, of 4"' in drawn


def test_a_dimension_never_opened_is_not_scored() -> None:
    drawn = _row(grade(), "cost")
    assert "Not reached" in drawn
    assert "coach-whisker" not in drawn
    assert "score" not in drawn


def test_a_dimension_that_could_not_be_assessed_keeps_its_range() -> None:
    score = DimensionScore(id="evals", score=None, low=0.5, high=3.5, level=None, bar=3.0, opened=True)
    drawn = _row(_with(dimensions=(score,)))
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
    drawn = _row(_with(verdicts=(verdict,)))
    assert f"<strong>{words} · core</strong>" in drawn
    assert "&lt;i&gt;why&lt;/i&gt;" in drawn


@pytest.mark.parametrize("aid", list(Help))
def test_the_help_behind_a_credit_is_said(aid: Help) -> None:
    verdict = Verdict(criterion=CORE, verdict=Outcome.MET, help=aid)
    drawn = _row(_with(verdicts=(verdict,)))
    assert re.search(r"Met · core · \w+", drawn)


def test_a_quote_leads_to_its_turn_and_is_never_markup() -> None:
    quote = Quote(turn="C1", start=0, end=len(ATTACK), text=ATTACK)
    board = quote.model_copy(update={"source": "board"})
    verdict = Verdict(criterion=CORE, verdict=Outcome.MET, quotes=(quote, board))
    drawn = _row(_with(verdicts=(verdict,)))
    assert "<script" not in drawn
    assert drawn.count('<a href="#turn-C1">C1 at 1:10</a>') == 2
    assert drawn.count("&lt;script&gt;") == 2
    assert drawn.count("on the board") == 1
    assert f'id="{anchor(CORE)}"' in drawn


def test_only_flags_that_stand_or_might_are_shown() -> None:
    flags = [FlagFinding(flag="evals.vibes-only", stands=stands) for stands in (True, None, False)]
    drawn = [_row(_with(flags=(flag,))) for flag in flags]
    assert "Held against you" in drawn[0]
    assert "Could not tell whether it stands" in drawn[1]
    assert ["⚑" in row for row in drawn] == [True, False, False]


@given(low=st.floats(0, 4), high=st.floats(0, 4), bar=st.floats(0, 4), score=st.none() | st.floats(0, 4))
def test_a_whisker_never_leaves_its_scale(low: float, high: float, bar: float, score: float | None) -> None:
    low, high = sorted((low, high))
    drawn = whisker(DimensionScore(id="evals", score=score, low=low, high=high, level=None, bar=bar, opened=True))
    assert all(0 <= float(place) <= 100 for place in re.findall(r"(?:left|width):([\d.]+)%", drawn))
    assert (score is None) == ('class="dot"' not in drawn)

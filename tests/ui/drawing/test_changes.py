from __future__ import annotations

import re
from html import escape

import pytest

from coach.domain.changes import changes
from coach.domain.grade import Band, FlagFinding, Grade, Quote, Result, ResultKind, Verdict
from coach.domain.rubric import Help
from coach.domain.scenario import Outcome
from coach.ui.drawing.changes import changes as drawn_changes
from tests.archive.builders import brief, grade, played_round, stamp

CRITERION = next(name for name in brief().criteria if name.startswith("evals."))
FLAG = next(name for name in brief().flags if name.startswith("evals."))
TEXT = brief().criteria[CRITERION].text
QUOTE = Quote(turn="C1", start=2, end=12, text="golden set")
ATTACK = "</details><script>alert(1)</script>"


def _with(**changed: object) -> Grade:
    return grade().model_copy(update=changed)


def _drawn(before: Grade, after: Grade) -> str:
    return drawn_changes(changes(before, after), before, after, played_round())


def _verdict(outcome: Outcome, help_: Help | None = None, *quotes: Quote, reason: str = "") -> Verdict:
    return Verdict(criterion=CRITERION, verdict=outcome, help=help_, quotes=quotes, reason=reason)


def test_a_verdict_that_flipped_shows_both_findings_and_the_way_to_their_words() -> None:
    before = _with(verdicts=(_verdict(Outcome.MISSED, reason="Nobody asked."),))
    after = _with(verdicts=(_verdict(Outcome.MET, Help.PROBED, QUOTE, reason="It is named."),))
    drawn = _drawn(before, after)
    assert escape(TEXT) in drawn
    assert "<strong>Missed → Met, after a question</strong>" in drawn
    assert "Before: Nobody asked." in drawn
    assert "Now: It is named." in drawn
    assert '<blockquote>“golden set” <a href="#turn-C1">C1 at 1:10</a></blockquote>' in drawn
    assert "What changed since the grade by offline: 1 verdict<" in drawn


def test_words_that_both_findings_rest_on_are_shown_once() -> None:
    before = _with(verdicts=(_verdict(Outcome.PARTIAL, Help.PROBED, QUOTE),))
    after = _with(verdicts=(_verdict(Outcome.MET, Help.HINTED, QUOTE),))
    drawn = _drawn(before, after)
    assert "Partly met, after a question → Met, after a hint" in drawn
    assert drawn.count("<blockquote>") == 1
    assert "On the same words" in drawn


def test_a_score_shows_where_it_stood_and_stands_in_words_and_as_a_picture() -> None:
    old = grade().dimensions[0]
    new = old.model_copy(update={"score": 2.1, "low": 1.9, "level": 3})
    drawn = _drawn(_with(dimensions=(old,)), _with(dimensions=(new,)))
    assert "score 1.62 → 2.10 · range 1.37–2.25 → 1.90–2.25 · level 2 → 3" in drawn
    assert "<span>+0.48</span>" in drawn
    assert 'aria-label="score 2.10, before 1.62, range 1.90 to 2.25, bar 3.00, of 4"' in drawn
    assert drawn.count('<i class="dot is-before" style=') == 1
    assert ": 1 score<" in drawn


def test_a_dimension_that_was_not_assessed_before_is_said_to_be() -> None:
    new = grade().dimensions[0]
    old = new.model_copy(update={"score": None, "level": None})
    drawn = _drawn(_with(dimensions=(old,)), _with(dimensions=(new,)))
    assert "score not assessed → 1.62" in drawn
    assert '<i class="dot is-before" style=' not in drawn


def test_another_band_stands_in_the_line_that_is_seen_unopened() -> None:
    close = Result(kind=ResultKind.GRADED, band=Band.CLOSE, gap=-0.21)
    ready = Result(kind=ResultKind.GRADED, band=Band.READY, gap=0.05)
    drawn = _drawn(_with(result=close), _with(result=ready))
    assert "<summary>What changed since the grade by offline: close → ready</summary>" in drawn
    assert "Close → ready; weighted distance to the bar -0.21 → +0.05." in drawn


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (False, True, "Does not stand → Held against you"),
        (True, None, "Held against you → Could not tell"),
        (None, False, "Could not tell → Does not stand"),
    ],
)
def test_a_flag_that_changed_says_how(before: bool | None, after: bool | None, says: str) -> None:
    old, new = (FlagFinding(flag=FLAG, stands=stands, quotes=(QUOTE,)) for stands in (before, after))
    drawn = _drawn(_with(flags=(old,)), _with(flags=(new,)))
    assert f"{says} ({brief().flags[FLAG].severity} flag)" in drawn
    assert ": 1 flag<" in drawn


def test_who_judged_is_told_apart_and_a_version_is_shortened() -> None:
    other = stamp("0123456789abcdef").model_copy(update={"engine": "llm", "model": "openai:any"})
    drawn = _drawn(_with(), _with(judge=other))
    assert "engine offline → llm; model none → openai:any; version v1 → 0123456789ab." in drawn
    assert "the same judge" in _drawn(_with(), _with())


def test_what_is_the_same_is_counted_and_not_listed() -> None:
    elsewhere = QUOTE.model_copy(update={"turn": "C2"})
    drawn = _drawn(_with(), _with(verdicts=(grade().verdicts[0].model_copy(update={"quotes": (elsewhere,)}),)))
    assert ": nothing</summary>" in drawn
    assert "1 verdict as before, 1 of them on other words." in drawn
    assert "<blockquote>" not in drawn


def test_what_one_grade_alone_speaks_of_is_named() -> None:
    drawn = _drawn(_with(), _with(verdicts=()))
    assert "Only in the grade before: evals.golden-set." in drawn


def test_nothing_of_a_grade_is_markup() -> None:
    quote = QUOTE.model_copy(update={"text": ATTACK})
    before = _with(verdicts=(_verdict(Outcome.MISSED, reason=ATTACK),), judge=stamp(ATTACK))
    model = stamp().model_copy(update={"engine": ATTACK, "model": ATTACK})
    after = _with(verdicts=(_verdict(Outcome.MET, Help.PROBED, quote, reason=ATTACK),), judge=model)
    for drawn in (_drawn(before, after), _drawn(after, before)):
        assert "<script" not in drawn
        assert len(re.findall("<details|</details>", drawn)) == 2

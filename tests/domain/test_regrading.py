"""A grade held against another bar."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.grade import Band, Grade, Result, ResultKind
from coach.domain.regrading import regraded
from coach.domain.rubric import SeniorityLevel
from tests.domain.grades import BRIEF, any_grade, judged, said
from tests.golden_rounds import golden_round, golden_rounds

LEVELS = st.sampled_from(SeniorityLevel)


def as_bytes(grade: Grade) -> bytes:
    return grade.model_dump_json(by_alias=True).encode()


@given(st.data(), LEVELS, st.sampled_from((12, 45)))
@settings(max_examples=40)
def test_at_its_own_level_it_is_the_same_grade_to_the_byte(
    data: st.DataObject, level: SeniorityLevel, minutes: int
) -> None:
    grade = data.draw(any_grade(level, minutes))
    assert as_bytes(regraded(BRIEF, said(level, minutes=minutes), grade, level)) == as_bytes(grade)


@given(any_grade(), LEVELS)
@settings(max_examples=40)
def test_at_another_level_every_finding_and_every_score_stays(grade: Grade, level: SeniorityLevel) -> None:
    held = regraded(BRIEF, said(), grade, level)
    assert (held.verdicts, held.flags, held.notices, held.judge) == (
        grade.verdicts,
        grade.flags,
        grade.notices,
        grade.judge,
    )
    scores = [d.model_dump(exclude={"bar"}) for d in grade.dimensions]
    assert [d.model_dump(exclude={"bar"}) for d in held.dimensions] == scores
    assert [d.bar for d in held.dimensions] == [BRIEF.rubric.bar("product", level, d.id) for d in held.dimensions]
    assert held.level is level


@given(any_grade(), LEVELS, LEVELS)
@settings(max_examples=40)
def test_there_and_back_again_is_where_it_began(grade: Grade, there: SeniorityLevel, back: SeniorityLevel) -> None:
    away = regraded(BRIEF, said(), grade, there)
    assert regraded(BRIEF, said(), away, back) == regraded(BRIEF, said(), grade, back)


def test_it_is_what_grading_at_that_level_would_have_come_to() -> None:
    for each in golden_rounds()[:4]:
        grade = judged(each)
        for level in SeniorityLevel:
            expected = judged(each, level=level)
            assert as_bytes(regraded(each.brief, each.transcript, grade, level)) == as_bytes(expected)


def test_a_higher_bar_lowers_the_gap_and_never_raises_the_band() -> None:
    graded = [(each, grade) for each in golden_rounds() if (grade := judged(each)).result.kind is ResultKind.GRADED]
    assert len(graded) > 4
    for each, grade in graded:
        held = [regraded(each.brief, each.transcript, grade, level).result for level in SeniorityLevel]
        gaps = [result.gap for result in held if result.gap is not None]
        assert gaps == sorted(gaps, reverse=True)
        assert len(set(gaps)) == 3
        assert _bands(held) == sorted(_bands(held), reverse=True)


def _bands(results: list[Result]) -> list[int]:
    return [list(Band).index(result.band) for result in results if result.band]


def test_another_role_moves_bars_and_weights() -> None:
    each = golden_round("document-qa/p1")
    held = regraded(each.brief, each.transcript, judged(each), each.transcript.level, "infra")
    assert as_bytes(held) == as_bytes(judged(each, role="infra"))
    assert held.role == "infra"


def test_a_role_the_rubric_lacks_has_no_bar() -> None:
    each = golden_round("document-qa/p5")
    with pytest.raises(KeyError):
        regraded(each.brief, each.transcript, judged(each), SeniorityLevel.MID, "astrologer")

"""What changed from one grade to another."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.changes import Changes, Difference, FlagChange, ResultChange, ScoreChange, VerdictChange, changes
from coach.domain.grade import Band, FlagFinding, Grade, JudgeStamp, Quote, Result, ResultKind, Verdict
from coach.domain.rubric import Help, SeniorityLevel
from coach.domain.scenario import Outcome
from tests.builders import STAMP, shipped
from tests.domain.grades import any_grade, judged
from tests.golden_rounds import golden_round

OTHER = JudgeStamp(engine="llm", model="test:judge", version="v2", rubric="ai-system-design@2")
WORDS = Quote(turn="C1", start=0, end=5, text="Hello")


def grade(*verdicts: Verdict, **more: object) -> Grade:
    """A grade of few findings; what a test is not about is left out."""
    whole = {
        "scenario": "tiny",
        "role": "product",
        "level": SeniorityLevel.SENIOR,
        "judge": STAMP,
        "verdicts": verdicts,
        "flags": (),
        "dimensions": (),
        "result": Result(kind=ResultKind.INCOMPLETE),
    }
    return Grade.model_validate(whole | more)


def found(outcome: Outcome, help_: Help | None = None, *quotes: Quote) -> Verdict:
    return Verdict(criterion="evals.set", verdict=outcome, help=help_, quotes=quotes)


def turned(whole: Changes) -> Changes:
    """The changes the other way round."""
    return whole._replace(
        judge=tuple(Difference(each.what, each.after, each.before) for each in whole.judge),
        verdicts=tuple(VerdictChange(each.after, each.before) for each in whole.verdicts),
        flags=tuple(FlagChange(each.after, each.before) for each in whole.flags),
        dimensions=tuple(ScoreChange(each.after, each.before) for each in whole.dimensions),
        result=whole.result and ResultChange(whole.result.after, whole.result.before),
        only_before=whole.only_after,
        only_after=whole.only_before,
    )


@given(any_grade())
@settings(max_examples=40)
def test_nothing_changes_from_a_grade_to_itself(same: Grade) -> None:
    nothing = changes(same, same)
    assert nothing.is_empty
    assert nothing == Changes((), (), (), (), None, (), (), same=len(same.verdicts), requoted=0)


@given(any_grade(), any_grade(), st.sets(st.integers(0, 18)), st.sets(st.integers(0, 18)))
@settings(max_examples=20)
def test_the_other_way_round_the_same_changes(one: Grade, other: Grade, lost: set[int], gone: set[int]) -> None:
    one, other = (
        each.model_copy(update={"verdicts": tuple(v for i, v in enumerate(each.verdicts) if i not in left_out)})
        for each, left_out in ((one, lost), (other, gone))
    )
    assert changes(other, one) == turned(changes(one, other))


@given(any_grade(), any_grade())
@settings(max_examples=20)
def test_every_verdict_is_listed_or_counted(one: Grade, other: Grade) -> None:
    whole = changes(one, other)
    assert len(whole.verdicts) + whole.same == len(one.verdicts)
    before = {verdict.criterion: (verdict.verdict, verdict.help) for verdict in one.verdicts}
    after = {verdict.criterion: (verdict.verdict, verdict.help) for verdict in other.verdicts}
    listed = {each.after.criterion for each in whole.verdicts}
    assert listed == {name for name in before if before[name] != after[name]}


def test_a_verdict_that_flipped_keeps_the_quotes_and_the_help_of_both() -> None:
    missed, met = found(Outcome.MISSED), found(Outcome.MET, Help.PROBED, WORDS)
    assert changes(grade(missed), grade(met)).verdicts == (VerdictChange(missed, met),)


def test_other_help_alone_is_a_change_since_it_moves_the_credit() -> None:
    alone, hinted = found(Outcome.MET, Help.UNPROMPTED, WORDS), found(Outcome.MET, Help.HINTED, WORDS)
    assert changes(grade(alone), grade(hinted)).verdicts == (VerdictChange(alone, hinted),)


def test_the_same_finding_on_other_words_is_counted_and_not_listed() -> None:
    later = WORDS.model_copy(update={"turn": "C2"})
    whole = changes(grade(found(Outcome.MET, Help.PROBED, WORDS)), grade(found(Outcome.MET, Help.PROBED, later)))
    assert (whole.verdicts, whole.same, whole.requoted) == ((), 1, 1)
    assert whole.is_empty


@pytest.mark.parametrize(("before", "after"), [(True, False), (False, None), (None, True)])
def test_a_flag_that_stands_on_one_side_only_is_listed(before: bool | None, after: bool | None) -> None:
    old, new = (FlagFinding(flag="evals.vibes", stands=stands) for stands in (before, after))
    assert changes(grade(flags=(old,)), grade(flags=(new,))).flags == (FlagChange(old, new),)


def test_criteria_flags_and_dimensions_of_one_grade_alone_are_named() -> None:
    flag = FlagFinding(flag="evals.vibes", stands=False)
    whole = changes(grade(found(Outcome.MET, Help.PROBED, WORDS)), grade(flags=(flag,)))
    assert (whole.only_before, whole.only_after, whole.same) == (("evals.set",), ("evals.vibes",), 0)
    assert not whole.is_empty


def test_what_tells_two_judges_and_two_bars_apart_is_named() -> None:
    whole = changes(grade(), grade(judge=OTHER, level=SeniorityLevel.STAFF))
    assert whole.judge == (
        Difference("engine", "test", "llm"),
        Difference("model", None, "test:judge"),
        Difference("version", "v1", "v2"),
        Difference("rubric", "ai-system-design@1", "ai-system-design@2"),
        Difference("level", "senior", "staff"),
    )


def test_scores_levels_and_gap_tell_how_far_they_moved() -> None:
    before, after = (judged(golden_round(f"document-qa/{name}")) for name in ("p5", "p1"))
    whole = changes(before, after)
    assert {each.after.id for each in whole.dimensions} == set(shipped().rubric.dimension_ids)
    for each in whole.dimensions:
        if each.before.score is not None and each.after.score is not None:
            assert each.score == pytest.approx(each.after.score - each.before.score)
            assert each.before.level is not None
            assert each.after.level is not None
            assert each.level == each.after.level - each.before.level
    assert whole.result is not None
    assert (whole.result.before, whole.result.after) == (before.result, after.result)


def test_where_one_side_has_no_score_there_is_no_distance() -> None:
    none = Result(kind=ResultKind.INCOMPLETE)
    some = Result(kind=ResultKind.GRADED, band=Band.CLOSE, gap=-0.2)
    assert ResultChange(none, some).gap is None
    assert ResultChange(some, some.model_copy(update={"gap": 0.1})).gap == 0.3

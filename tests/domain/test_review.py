"""What people found, laid over a judge's verdicts."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from coach.domain.grade import DimensionScore, Findings, Grade, Quote, ResultKind, Verdict
from coach.domain.grading import settle
from coach.domain.review import (
    SELF,
    FlagFound,
    FlagStanding,
    LevelFound,
    Override,
    Review,
    open_criteria,
    reviewed,
    why_not_over,
    why_not_over_flag,
)
from coach.domain.rubric import Help, SeniorityLevel
from coach.domain.scenario import Outcome
from coach.domain.transcript import Move, Transcript
from tests.builders import NINE, STAMP, asks, findings, probes, quoted, says, tiny, transcript, verdict

EARLY = "Nothing ships below ninety percent on a set of three hundred cases marked by the librarian."
LATE = (
    "I would sample three hundred loans from the ledger, and have the librarian mark which ones went wrong. "
    "The measure is the share of loans found again within a week, read apart for children and grown-ups. Two "
    "people grade the same hundred and I compare how often they agree before anyone trusts the numbers."
)
MARKED = "have the librarian mark which ones went wrong"
SHARE = "the share of loans found again within a week"

OUTCOMES = (Outcome.MET, Outcome.PARTIAL, Outcome.MISSED, Outcome.UNJUDGED)
FOUND = (Outcome.MET, Outcome.PARTIAL, Outcome.MISSED)
EVALS = tuple(name for name in tiny().criteria if name.startswith("evals."))


def said() -> Transcript:
    """Evals is opened by its clarify question, and something of it was said before."""
    return transcript(asks(Move.OPENING), says(EARLY), probes("evals.clarify"), says(LATE))


def late(text: str = MARKED) -> Quote:
    return quoted(said(), "C2", text)


def early() -> Quote:
    return quoted(said(), "C1", EARLY)


def graded(*verdicts: Verdict, more: tuple[Findings, ...] = ()) -> Grade:
    return settle(tiny(), said(), [findings("evals", *verdicts), *more], STAMP)


def judged(*outcomes: Outcome) -> Grade:
    """A grade with these verdicts on the criteria of evals, in order; credit rests on words said late."""
    return graded(
        *(verdict(name, o, *([late()] if o in FOUND[:2] else [])) for name, o in zip(EVALS, outcomes, strict=True))
    )


def says_so(
    criterion: str, outcome: Outcome | None, *quotes: Quote, by: str = SELF, minutes: float = 0
) -> Override:
    at = NINE + timedelta(minutes=minutes)
    return Override.model_validate(
        {"criterion": criterion, "verdict": outcome, "by": by, "at": at, "quotes": quotes}
    )


def over(grade: Grade, *given: Override) -> Review:
    return reviewed(tiny(), said(), grade, given)


def one(grade: Grade, criterion: str) -> Verdict:
    return next(v for v in grade.verdicts if v.criterion == criterion)


def evals(grade: Grade) -> DimensionScore:
    return next(d for d in grade.dimensions if d.id == "evals")


grades = st.tuples(*([st.sampled_from(OUTCOMES)] * len(EVALS))).map(lambda found: judged(*found))


@st.composite
def overrides(draw: st.DrawFn) -> list[Override]:
    """Findings on distinct criteria of evals, credit resting on words said late."""
    names = draw(st.lists(st.sampled_from(EVALS), unique=True))
    outcomes = [draw(st.sampled_from(FOUND)) for _ in names]
    return [
        says_so(name, outcome, *([late()] if outcome is not Outcome.MISSED else []))
        for name, outcome in zip(names, outcomes, strict=True)
    ]


def test_without_overrides_a_review_is_its_grade() -> None:
    grade = judged(*[Outcome.UNJUDGED] * len(EVALS))
    assert over(grade) == Review(grade=grade, overrides=(), settled=grade)


def test_a_persons_verdict_takes_the_place_of_the_judges_and_the_judges_is_kept() -> None:
    grade = judged(*[Outcome.UNJUDGED] * len(EVALS))
    review = over(grade, says_so("evals.owner", Outcome.MET, late()))
    assert review.grade == grade
    assert review.judged("evals.owner").verdict is Outcome.UNJUDGED
    settled = one(review.settled, "evals.owner")
    assert (settled.verdict, settled.quotes) == (Outcome.MET, (late(),))
    assert [o.criterion for o in review.overrides] == ["evals.owner"]


def test_help_comes_from_the_recorded_moves_at_the_earliest_quote() -> None:
    grade = judged(*[Outcome.UNJUDGED] * len(EVALS))
    asked = over(grade, says_so("evals.gate", Outcome.MET, late()))
    unasked = over(grade, says_so("evals.gate", Outcome.MET, late(), early()))
    assert one(asked.settled, "evals.gate").help is Help.PROBED
    assert one(unasked.settled, "evals.gate").help is Help.UNPROMPTED
    assert one(over(grade, says_so("evals.gate", Outcome.MISSED)).settled, "evals.gate").help is None


def test_a_persons_verdict_is_scored_as_the_judges_would_have_been() -> None:
    open_ = judged(*[Outcome.UNJUDGED] * len(EVALS))
    wanted = (
        Outcome.MET,
        Outcome.PARTIAL,
        Outcome.MISSED,
        Outcome.MET,
        Outcome.MISSED,
        Outcome.MET,
        Outcome.PARTIAL,
    )
    given_ = [
        says_so(name, outcome, *([late()] if outcome is not Outcome.MISSED else []))
        for name, outcome in zip(EVALS, wanted, strict=True)
    ]
    by_judge = judged(*wanted)
    assert over(open_, *given_).settled.dimensions == by_judge.dimensions
    assert over(open_, *given_).settled.result == by_judge.result


@given(grades, overrides())
def test_an_override_never_changes_another_criterions_verdict(grade: Grade, given_: list[Override]) -> None:
    settled = over(grade, *given_).settled
    touched = {each.criterion for each in given_}
    assert [v for v in settled.verdicts if v.criterion not in touched] == [
        v for v in grade.verdicts if v.criterion not in touched
    ]
    assert [v.criterion for v in settled.verdicts] == [v.criterion for v in grade.verdicts]


@given(grades, overrides())
def test_each_settled_criterion_leaves_the_range_within_the_one_before(
    grade: Grade, given_: list[Override]
) -> None:
    """With the help of the question that opened the dimension, which the range supposes: see the next test."""
    settling = [o for o in given_ if one(grade, o.criterion).verdict is Outcome.UNJUDGED]
    steps = [evals(over(grade, *settling[:done]).settled) for done in range(len(settling) + 1)]
    for before, after in pairwise(steps):
        assert before.low is not None
        assert before.high is not None
        assert after.low is not None
        assert after.high is not None
        assert before.low <= after.low <= after.high <= before.high


def test_words_said_before_anybody_asked_may_be_worth_more_than_the_range_supposed() -> None:
    grade = judged(*[Outcome.UNJUDGED] * len(EVALS))
    asked = over(grade, *(says_so(name, Outcome.MET, late()) for name in EVALS)).settled
    unasked = over(grade, *(says_so(name, Outcome.MET, early()) for name in EVALS)).settled
    assert evals(asked).high == evals(grade).high
    assert (evals(unasked).high or 0) > (evals(grade).high or 0)


@given(grades)
def test_overrides_that_say_what_the_judge_said_change_no_score(grade: Grade) -> None:
    same = [says_so(v.criterion, v.verdict, *v.quotes) for v in grade.verdicts if v.verdict in FOUND]
    settled = over(grade, *same).settled
    assert (settled.dimensions, settled.result) == (grade.dimensions, grade.result)
    assert [(v.verdict, v.help, v.quotes) for v in settled.verdicts] == [
        (v.verdict, v.help, v.quotes) for v in grade.verdicts
    ]


@given(grades, overrides(), st.randoms(use_true_random=False))
def test_the_order_of_findings_on_different_criteria_does_not_matter(
    grade: Grade, given_: list[Override], chance: st.DataObject
) -> None:
    shuffled = list(given_)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert over(grade, *shuffled) == over(grade, *given_)


def test_the_newest_finding_on_a_criterion_counts() -> None:
    grade = judged(*[Outcome.UNJUDGED] * len(EVALS))
    review = over(
        grade,
        says_so("evals.gate", Outcome.MET, late()),
        says_so("evals.gate", Outcome.MISSED, by="Ana"),
        says_so("evals.gate", Outcome.PARTIAL, late()),
    )
    assert [(o.by, o.verdict) for o in review.overrides] == [(SELF, Outcome.PARTIAL)]


def test_what_is_taken_back_leaves_the_judges_verdict_or_the_other_persons() -> None:
    grade = judged(*[Outcome.UNJUDGED] * len(EVALS))
    mine, hers = says_so("evals.gate", Outcome.MET, late()), says_so("evals.gate", Outcome.MISSED, by="Ana")
    back = says_so("evals.gate", None)
    assert over(grade, mine, back).settled == grade
    assert over(grade, hers, mine, back).overrides == (hers,)
    assert over(grade, mine, back, mine).overrides == (mine,)


def test_credit_in_a_dimension_that_was_never_opened_opens_it_and_leaves_the_rest_to_be_judged() -> None:
    grade = judged(*[Outcome.MET] * len(EVALS))
    assert one(grade, "safety.access").verdict is Outcome.NOT_REACHED
    settled = over(grade, says_so("safety.access", Outcome.MET, early())).settled
    safety = next(d for d in settled.dimensions if d.id == "safety")
    assert safety.opened
    assert one(settled, "safety.access").verdict is Outcome.MET
    assert one(settled, "safety.audit").verdict is Outcome.UNJUDGED
    assert next(f for f in settled.flags if f.flag == "safety.leak").stands is None
    assert over(grade, says_so("safety.access", Outcome.MISSED)).settled.dimensions == grade.dimensions


def test_a_review_is_held_to_the_bar_its_grade_was_held_to() -> None:
    grade = judged(*[Outcome.UNJUDGED] * len(EVALS)).model_copy(
        update={"level": SeniorityLevel.STAFF, "role": "infra"}
    )
    settled = over(grade, says_so("evals.gate", Outcome.MET, late())).settled
    assert evals(settled).bar == tiny().rubric.bar("infra", SeniorityLevel.STAFF, "evals")
    assert (settled.level, settled.role) == (SeniorityLevel.STAFF, "infra")


@pytest.mark.parametrize(
    ("given_", "why"),
    [
        (says_so("evals.gate", Outcome.MET), "does not stand"),
        (says_so("evals.gate", Outcome.PARTIAL, late().model_copy(update={"turn": "I2"})), "does not stand"),
        (says_so("evals.invented", Outcome.MISSED), "no such criterion"),
        (says_so("evals.invented", None), "no such criterion"),
    ],
)
def test_a_finding_without_the_candidates_words_for_its_credit_cannot_stand(given_: Override, why: str) -> None:
    assert why in (why_not_over(tiny(), said(), given_) or "")
    grade = judged(*[Outcome.UNJUDGED] * len(EVALS))
    assert one(over(grade, given_).settled, "evals.gate").verdict is Outcome.UNJUDGED


@pytest.mark.parametrize(
    "given_",
    [
        says_so("evals.gate", Outcome.MET, late()),
        says_so("evals.gate", Outcome.MISSED),
        says_so("evals.gate", None),
    ],
)
def test_a_finding_that_can_stand_has_nothing_against_it(given_: Override) -> None:
    assert why_not_over(tiny(), said(), given_) is None


def test_where_too_little_was_said_nothing_can_be_settled() -> None:
    short = transcript(probes("evals.clarify"), says("We mark a few loans and look."))
    grade = settle(tiny(), short, [], STAMP)
    given_ = says_so("evals.gate", Outcome.MET, quoted(short, "C1", "We mark a few loans"))
    assert grade.result.kind is ResultKind.NOT_GRADED
    assert open_criteria(tiny(), short, grade) == ()
    assert "Too little" in (why_not_over(tiny(), short, given_) or "")


def test_a_person_finds_met_partial_missed_or_cannot_tell_and_nothing_else() -> None:
    with pytest.raises(ValidationError):
        says_so("evals.gate", Outcome.NOT_REACHED)


def test_a_person_who_cannot_tell_leaves_open_what_the_judge_had_decided() -> None:
    grade = judged(*[Outcome.MET] * len(EVALS))
    settled = over(grade, says_so("evals.gate", Outcome.UNJUDGED)).settled
    assert one(settled, "evals.gate").verdict is Outcome.UNJUDGED
    assert settled.dimensions == judged(Outcome.MET, Outcome.MET, Outcome.UNJUDGED, *[Outcome.MET] * 4).dimensions


def test_what_was_found_blind_lies_over_nothing() -> None:
    grade = judged(*[Outcome.UNJUDGED] * len(EVALS))
    blind = says_so("evals.gate", Outcome.MISSED, by="Ana").model_copy(update={"blind": True})
    assert over(grade, blind) == over(grade)
    stands = says_so("evals.gate", Outcome.PARTIAL, late(), by="Ana")
    assert over(grade, stands, blind).overrides == (stands,)


def gives(
    level: int | None, by: str = "Ana", note: str = "It was all about loans.", **fields: object
) -> LevelFound:
    return LevelFound.model_validate(
        {"dimension": "evals", "level": level, "by": by, "at": NINE, "note": note, **fields}
    )


def at(grade: Grade, *levels: LevelFound) -> Review:
    return reviewed(tiny(), said(), grade, (), levels)


@pytest.mark.parametrize(
    ("outcome", "level", "score"), [(Outcome.MISSED, 3, 2.5), (Outcome.MET, 3, 3.39), (Outcome.MET, 0, 0.49)]
)
def test_a_level_moves_the_score_to_the_nearest_of_that_level_and_changes_no_verdict(
    outcome: Outcome, level: int, score: float
) -> None:
    grade = judged(*[outcome] * len(EVALS))
    review = at(grade, gives(level))
    assert (evals(review.settled).level, evals(review.settled).score) == (level, score)
    assert review.settled.verdicts == grade.verdicts
    assert review.grade == grade
    assert [d for d in review.settled.dimensions if d.id != "evals"] == [
        d for d in grade.dimensions if d.id != "evals"
    ]
    assert review.alone("evals") == evals(grade)


def test_a_level_that_the_verdicts_come_to_anyway_moves_no_score() -> None:
    grade = judged(Outcome.MET, Outcome.PARTIAL, *[Outcome.MISSED] * 5)
    level = evals(grade).level
    assert evals(at(grade, gives(level)).settled).score == evals(grade).score


def test_levels_come_after_overrides_and_move_what_those_come_to() -> None:
    grade = judged(*[Outcome.MISSED] * len(EVALS))
    review = reviewed(tiny(), said(), grade, [says_so("evals.gate", Outcome.MET, late())], [gives(0)])
    assert evals(review.settled).score == min(0.49, evals(over(grade, *review.overrides).settled).score or 0)


def test_the_newest_level_counts_and_taken_back_leaves_the_verdicts() -> None:
    grade = judged(*[Outcome.MISSED] * len(EVALS))
    assert [each.level for each in at(grade, gives(3), gives(1)).levels] == [1]
    assert at(grade, gives(3), gives(None, note="")).settled == grade
    assert [each.by for each in at(grade, gives(3), gives(2, by="Ben"), gives(None, by="Ben")).levels] == ["Ana"]


def test_a_blind_level_lies_over_nothing_and_needs_no_note() -> None:
    grade = judged(*[Outcome.MISSED] * len(EVALS))
    assert at(grade, gives(4, note="", blind=True)).settled == grade


def test_a_level_over_the_verdicts_needs_a_note() -> None:
    with pytest.raises(ValidationError, match="needs a note"):
        gives(3, note="  ")


def test_an_override_is_read_back_as_it_was() -> None:
    given_ = says_so("evals.gate", Outcome.PARTIAL, late(), by="Ana")
    assert Override.model_validate_json(given_.model_dump_json()) == given_


def test_open_criteria_come_core_first_then_by_the_weight_of_their_dimension_then_those_with_words_near() -> None:
    brief = tiny()
    open_ = open_criteria(brief, said(), judged(*[Outcome.UNJUDGED] * len(EVALS)))
    weights = brief.rubric.roles["product"]
    places = [
        (brief.criteria[name].tier == "advanced", -weights[name.split(".")[0]], not near)
        for name, near in open_
        if name.split(".")[0] != "communication"
    ]
    assert places == sorted(places)
    assert {name for name, _ in open_ if name.startswith("evals.")} == set(EVALS)


def test_only_what_the_judge_could_not_tell_is_open() -> None:
    grade = judged(Outcome.MET, Outcome.MISSED, Outcome.PARTIAL, *[Outcome.UNJUDGED] * 4)
    open_ = {each.name for each in open_criteria(tiny(), said(), grade)}
    assert open_ == {v.criterion for v in grade.verdicts if v.verdict is Outcome.UNJUDGED}


def on_flag(
    found: FlagStanding | None, text: str = MARKED, by: str = "Ana", flag: str = "evals.vibes"
) -> FlagFound:
    quotes = (quoted(said(), "C2", text),) if text and found is FlagStanding.STANDS else ()
    return FlagFound(flag=flag, found=found, by=by, at=NINE, quotes=quotes)


def with_flags(grade: Grade, *given: FlagFound) -> Review:
    return reviewed(tiny(), said(), grade, (), (), given)


def test_a_flag_that_a_person_finds_standing_costs_what_the_judges_would_and_stays_beside_it() -> None:
    grade = judged(*[Outcome.MET] * len(EVALS))
    review = with_flags(grade, on_flag(FlagStanding.STANDS))
    assert review.grade == grade
    assert [f.flag for f in review.settled.flags if f.stands] == ["evals.vibes"]
    settled = next(f for f in review.settled.flags if f.flag == "evals.vibes")
    assert settled.quotes[0].text == MARKED
    before, after = (
        next(score.score for score in each.dimensions if score.id == "evals") for each in (grade, review.settled)
    )
    assert before is not None
    assert after is not None
    assert after < before
    assert review.alone("evals") == next(score for score in grade.dimensions if score.id == "evals")
    assert review.alone("data") is None


def test_a_flag_taken_off_or_told_unclear_gives_back_what_it_cost_or_leaves_the_range() -> None:
    grade = with_flags(judged(*[Outcome.MET] * len(EVALS)), on_flag(FlagStanding.STANDS)).settled
    off = with_flags(grade, on_flag(FlagStanding.FALLS))
    unclear = with_flags(grade, on_flag(FlagStanding.UNJUDGED))
    assert next(f.stands for f in off.settled.flags if f.flag == "evals.vibes") is False
    assert next(f.stands for f in unclear.settled.flags if f.flag == "evals.vibes") is None
    low, high = next((s.low, s.high) for s in unclear.settled.dimensions if s.id == "evals")
    assert low is not None
    assert high is not None
    assert low < high


def test_the_last_finding_on_a_flag_counts_and_one_without_takes_it_back() -> None:
    grade = judged(*[Outcome.MET] * len(EVALS))
    stands, falls, back = (on_flag(each) for each in (FlagStanding.STANDS, FlagStanding.FALLS, None))
    assert with_flags(grade, stands, falls).flags == (falls,)
    assert with_flags(grade, stands, back) == with_flags(grade)
    other = on_flag(FlagStanding.STANDS, by="Ben")
    assert with_flags(grade, falls, other, back).flags == (other,)
    assert with_flags(grade, on_flag(FlagStanding.FALLS, flag="evals.nowhere")).flags == ()


def test_why_a_finding_on_a_flag_cannot_stand_is_said() -> None:
    grade = judged(*[Outcome.MET] * len(EVALS))

    def why(found: FlagFound) -> str | None:
        return why_not_over_flag(tiny(), said(), grade, found)

    assert why(on_flag(FlagStanding.STANDS)) is None
    assert why(on_flag(FlagStanding.FALLS)) is None
    assert why(on_flag(None)) is None
    assert why(on_flag(FlagStanding.STANDS, text="")) == "The words given for it do not stand in the candidate's."
    assert why(on_flag(FlagStanding.FALLS, flag="evals.nowhere")) == "The round has no such flag."
    assert not next(score.opened for score in grade.dimensions if score.id == "safety")
    assert why(on_flag(FlagStanding.STANDS, flag="safety.leak")) == "The round did not reach its dimension."

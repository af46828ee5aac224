from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.grade import Findings, FlagFinding, Grade, Quote
from coach.domain.grading import is_verbatim, settle
from coach.domain.reopening import Question
from coach.domain.retry import Outlook, Retry, answer_id, answered_then, changed, reopened, retried, shown_by
from coach.domain.rubric import Help
from coach.domain.scenario import Outcome
from coach.domain.transcript import Move, Transcript
from tests.builders import (
    NINE,
    STAMP,
    asks,
    findings,
    probes,
    quoted,
    says,
    tiny,
    transcript,
    verdict,
)
from tests.domain.grades import BRIEF, any_grade
from tests.domain.grades import said as shipped_round

FIRST = (
    "I would keep a set of a hundred cases from the paper records, and read the answers to them by hand each week."
)
SECOND = "Of those hundred cases ninety came out right, as two librarians marked them without seeing each other."
LATER = "Before anything ships the set must pass, and I would look at the children's loans on their own account."
AGAIN = "Nothing ships below ninety of a hundred, and two librarians own the set."


def said() -> Transcript:
    return transcript(
        asks(Move.OPENING),
        says("I would start with who borrows and what they lose when a loan goes wrong, then size the records."),
        probes("evals.clarify"),
        says(FIRST),
        says(SECOND),
        probes("safety.clarify"),
        says(LATER),
    )


def graded(*verdicts: tuple[str, Outcome, str, str], flags: tuple[FlagFinding, ...] = ()) -> Grade:
    """A grade with these verdicts in evals, each with a turn and words of it; everything else is missed."""
    round_ = said()
    found = [verdict(name, outcome, quoted(round_, turn, text)) for name, outcome, turn, text in verdicts]
    given_ = {v.criterion for v in found}
    rest = [verdict(n, Outcome.MISSED) for n in tiny().criteria if n.startswith("evals.") and n not in given_]
    evals = Findings(dimension="evals", verdicts=(*found, *rest), flags=flags, opened=True)
    return settle(tiny(), round_, [evals], STAMP)


def retry(criterion: str = "evals.gate", turn: str | None = "I2", answer: str = AGAIN) -> Retry:
    return Retry(
        id="t1",
        criterion=criterion,
        question=Question(text="How do you know it works?", turn=turn, probe="evals.clarify"),
        answer=answer,
        turn=answer_id(said()),
        at=NINE,
        seconds=60,
    )


def again(grade: Grade, retry_: Retry, *verdicts: tuple[str, Outcome, str]) -> Outlook:
    """The retry with these verdicts, each with words of the new answer."""
    context = reopened(said(), retry_)
    found = [
        verdict(name, outcome, *([quoted(context, retry_.turn, text)] if text else []))
        for name, outcome, text in verdicts
    ]
    given_ = {v.criterion for v in found}
    rest = [verdict(n, Outcome.MISSED) for n in tiny().criteria if n.startswith("evals.") and n not in given_]
    return retried(tiny(), said(), grade, retry_, findings("evals", *found, *rest), STAMP)


def after(outlook: Outlook) -> dict[str, Outcome]:
    return {v.criterion: v.verdict for v in outlook.after}


def test_the_judge_reads_the_round_up_to_the_question_and_the_new_answer() -> None:
    context = reopened(said(), retry())
    assert [turn.id for turn in context.turns] == ["I1", "C1", "I2", "C5"]
    assert context.turns[-1].text == AGAIN
    assert [turn.text for turn in answered_then(said(), retry().question)] == [FIRST, SECOND]


def test_a_question_that_was_not_asked_is_asked_after_the_round() -> None:
    context = reopened(said(), retry("evals.gate", None))
    assert context.turns[:-2] == said().turns
    assert (context.turns[-2].id, context.turns[-2].probe) == ("I4", "evals.clarify")
    assert context.turns[-1].text == AGAIN
    assert answered_then(said(), retry("evals.gate", None).question) == ()


def test_a_question_that_is_not_in_the_round_is_an_error() -> None:
    with pytest.raises(KeyError):
        reopened(said(), retry(turn="I9"))


def test_what_was_missed_and_is_said_now_is_met_with_the_help_of_the_question() -> None:
    outlook = again(graded(), retry(), ("evals.gate", Outcome.MET, "Nothing ships below ninety"))
    change = changed(outlook, "evals.gate")[0]
    assert (change.before.verdict, change.after.verdict, change.by > 0) == (Outcome.MISSED, Outcome.MET, True)
    assert change.after.help is Help.PROBED
    assert [quote.text for quote in shown_by(change, retry())] == ["Nothing ships below ninety"]
    assert outlook.was.score is not None
    assert outlook.now.score is not None
    assert outlook.now.score > outlook.was.score


def test_credit_without_words_of_the_new_answer_is_none() -> None:
    retry_ = retry()
    invented = Quote(turn=retry_.turn, start=0, end=9, text="Invented.")
    found = findings("evals", verdict("evals.gate", Outcome.MET, invented))
    outlook = retried(tiny(), said(), graded(), retry_, found, STAMP)
    assert after(outlook)["evals.gate"] is Outcome.UNJUDGED


def test_what_rested_on_the_answer_that_is_replaced_has_to_be_said_again() -> None:
    grade = graded(
        ("evals.set", Outcome.MET, "C2", "a set of a hundred cases"),
        ("evals.owner", Outcome.PARTIAL, "C3", "two librarians marked them"),
    )
    outlook = again(
        grade,
        retry(),
        ("evals.gate", Outcome.MET, "Nothing ships"),
        ("evals.owner", Outcome.MET, "two librarians own the set"),
    )
    assert after(outlook)["evals.set"] is Outcome.MISSED
    assert after(outlook)["evals.owner"] is Outcome.MET
    assert [(c.before.criterion, c.by > 0) for c in changed(outlook, "evals.gate")] == [
        ("evals.gate", True),
        ("evals.set", False),
        ("evals.owner", True),
    ]


def test_what_the_round_showed_elsewhere_it_has_shown() -> None:
    grade = graded(("evals.slices", Outcome.MET, "C4", "look at the children's loans on their own"))
    outlook = again(grade, retry(), ("evals.gate", Outcome.PARTIAL, "Nothing ships"))
    kept = next(v for v in outlook.after if v.criterion == "evals.slices")
    assert (kept.verdict, [quote.turn for quote in kept.quotes]) == (Outcome.MET, ["C4"])
    assert [c.before.criterion for c in changed(outlook, "evals.gate")] == ["evals.gate"]


def test_what_could_not_be_told_of_the_round_stays_open_unless_it_is_shown_now() -> None:
    open_ = graded(("evals.set", Outcome.UNJUDGED, "C2", "a set of a hundred cases"))
    assert after(again(open_, retry()))["evals.set"] is Outcome.UNJUDGED
    shown = again(open_, retry(), ("evals.set", Outcome.MET, "the set"))
    assert after(shown)["evals.set"] is Outcome.MET


def test_the_retried_criterion_is_told_even_where_nothing_changed() -> None:
    outlook = again(graded(), retry())
    (change,) = changed(outlook, "evals.gate")
    assert (change.by, change.after.verdict) == (0, Outcome.MISSED)


def test_a_flag_that_rested_on_the_replaced_answer_falls_and_one_held_elsewhere_stands() -> None:
    round_ = said()
    by_hand = FlagFinding(
        flag="evals.slip", stands=True, quotes=(quoted(round_, "C2", "read the answers to them by hand"),)
    )
    held = FlagFinding(flag="evals.vibes", stands=True, quotes=(quoted(round_, "C4", "Before anything ships"),))
    fallen = again(graded(flags=(by_hand,)), retry(), ("evals.set", Outcome.MET, "the set"))
    standing = again(graded(flags=(held,)), retry(), ("evals.set", Outcome.MET, "the set"))
    none = again(graded(), retry(), ("evals.set", Outcome.MET, "the set"))
    assert fallen.now.high == none.now.high
    assert standing.now.high is not None
    assert none.now.high is not None
    assert standing.now.high < none.now.high


@settings(max_examples=40)
@given(any_grade(), st.data())
def test_whatever_is_found_the_rest_of_the_grade_is_not_touched_and_every_quote_is_verbatim(
    grade: Grade, data: st.DataObject
) -> None:
    brief = BRIEF
    round_ = shipped_round()
    retry_ = retry("evals.golden-set").model_copy(update={"turn": answer_id(round_)})
    context = reopened(round_, retry_)
    names = [name for name in brief.criteria if name.startswith("evals.")]
    outcomes = data.draw(st.fixed_dictionaries(dict.fromkeys(names, st.sampled_from(Outcome))))
    found = findings("evals", *(verdict(n, o, quoted(context, retry_.turn, AGAIN)) for n, o in outcomes.items()))
    before = grade.model_dump_json()
    outlook = retried(brief, round_, grade, retry_, found, STAMP)
    assert grade.model_dump_json() == before
    assert [v.criterion for v in outlook.after] == [v.criterion for v in outlook.before] == names
    for each in outlook.after:
        assert all(is_verbatim(context, q) or is_verbatim(round_, q) for q in each.quotes)
        assert each.quotes or each.verdict not in {Outcome.MET, Outcome.PARTIAL}
    assert outlook.now.low is not None
    assert 0 <= outlook.now.low <= (outlook.now.high or 4) <= 4


def test_the_same_findings_always_give_the_same_outlook() -> None:
    one, other = (again(graded(), retry(), ("evals.gate", Outcome.MET, "Nothing ships")) for _ in range(2))
    assert one == other

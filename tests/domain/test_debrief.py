"""The check on a debrief: what the frozen grade and the transcript do not bear out is dropped and named."""

from __future__ import annotations

import pytest

from coach.domain.debrief import Draft, check
from coach.domain.grade import Grade
from coach.domain.grading import settle
from coach.domain.scenario import Outcome
from coach.domain.transcript import Transcript
from tests.builders import STAMP, findings, probes, quoted, says, shipped, transcript, verdict

SAID = (
    "I'd have an LLM judge score the answers and watch the trend over the weeks, on two hundred questions from "
    "the search logs, with thirty of them that have no answer in the documents at all, since those are the "
    "dangerous ones."
)
BETTER = (
    "My judge scores the answers. I run it on two hundred questions from the search logs, thirty of them without "
    "an answer in the documents. Below point nine the change does not ship, and that line is set before anyone "
    "looks at the scores. I watch the trend over the weeks, since the dangerous ones are those thirty questions, "
    "and I trust the judge after two experts agree with it."
)
ADDED = [
    "Below point nine the change does not ship, and that line is set before anyone looks at the scores.",
    "I trust the judge after two experts agree with it.",
]


def played() -> tuple[Transcript, Grade]:
    said = transcript(
        probes("evals.clarify"), says(SAID), probes("cost.clarify"), says(SAID), scenario="document-qa"
    )
    met = verdict("evals.judge-or-human-plan", Outcome.MET, quoted(said, "C1", "an LLM judge score the answers"))
    missed = [verdict(f"evals.{name}", Outcome.MISSED) for name in ("golden-set", "thresholds-gate-release")]
    return said, settle(shipped(), said, [findings("evals", met, *missed)], STAMP)


def draft(**parts: object) -> Draft:
    return Draft.model_validate({"headline": "On this round you measure before you trust.", **parts})


def fix(**parts: object) -> dict[str, object]:
    return {
        "criterion": "evals.thresholds-gate-release",
        "quote": {"turn": "C1", "text": "watch the trend over the weeks"},
        "hears": "Nothing can fail.",
        "say": BETTER,
        "added": ADDED,
        **parts,
    }


def checked(**parts: object):  # type: ignore[no-untyped-def]
    said, grade = played()
    return check(draft(**parts), shipped(), said, grade)


def test_a_draft_that_keeps_to_grade_and_transcript_stands() -> None:
    keep = {"says": "You name who scores.", "quote": {"turn": "C1", "text": "an LLM judge score the answers"}}
    made = checked(keep=[keep], fixes=[fix()], moments=[{"turn": "C1", "says": "Names a judge."}])
    assert made.dropped == ()
    assert made.keep[0].quote.text == "an LLM judge score the answers"
    assert made.fixes[0].verdict is Outcome.MISSED
    assert made.fixes[0].missing == shipped().criteria["evals.thresholds-gate-release"].text
    assert made.fixes[0].say == BETTER
    assert made.fixes[0].added == tuple(ADDED)
    assert made.moments[0].turn == "C1"


@pytest.mark.parametrize(
    "broken",
    [
        {"criterion": "evals.judge-or-human-plan"},
        {"criterion": "evals.invented"},
        {"quote": {"turn": "C1", "text": "I would never measure anything"}},
        {"hears": "A great answer."},
        {"hears": "Only 47 of them count."},
    ],
)
def test_a_fix_that_the_grade_or_the_words_do_not_bear_out_is_dropped(broken: dict[str, object]) -> None:
    made = checked(fixes=[fix(**broken)])
    assert made.fixes == ()
    assert len(made.dropped) == 1


@pytest.mark.parametrize(
    "broken",
    [
        {"say": "Too short to be an answer."},
        {"say": BETTER.replace("My judge", "My great judge")},
        {"added": []},
        {
            "say": BETTER.replace(
                "the search logs",
                "a Kafka topic feeding Flink windows into Pinecone shards with Cohere rerankers and Grafana boards",
            )
        },
    ],
)
def test_an_answer_that_is_not_in_the_candidates_design_is_dropped_and_the_fix_stays(
    broken: dict[str, object],
) -> None:
    made = checked(fixes=[fix(**broken)])
    assert made.fixes[0].say is None
    assert made.fixes[0].added == ()
    assert made.dropped


def test_a_fix_for_what_was_never_said_needs_no_quote() -> None:
    made = checked(fixes=[fix(quote={"turn": "", "text": ""})])
    assert made.fixes[0].quote is None


def test_at_most_three_fixes_two_keeps_and_one_fix_a_criterion() -> None:
    made = checked(fixes=[fix(), fix(), fix(criterion="evals.golden-set")])
    assert [each.criterion for each in made.fixes] == ["evals.thresholds-gate-release", "evals.golden-set"]


@pytest.mark.parametrize(
    "sentence", ["You did great.", "They will hire you!", "You are 80 percent there.", "It was unfortunately thin."]
)
def test_a_headline_loses_a_sentence_that_judges_promises_or_invents(sentence: str) -> None:
    assert checked(headline=f"You measure first. {sentence}").headline == "You measure first."


def test_scores_of_the_grade_may_be_named() -> None:
    said, grade = played()
    score = next(each for each in grade.dimensions if each.id == "evals")
    text = f"Evals stand at {score.low:.1f} against a bar of {score.bar:.1f}."
    assert check(draft(headline=text), shipped(), said, grade).headline == text

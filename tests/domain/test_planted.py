from __future__ import annotations

from coach.domain.help import dimension_asked, help_at
from coach.domain.planted import (
    NOTHING_SAID,
    Change,
    PairResult,
    figures,
    said_in,
    with_hint,
    with_words,
    with_words_later,
    without_answers,
    without_words,
)
from coach.domain.rubric import Help
from coach.domain.scenario import Outcome
from coach.domain.transcript import Transcript
from tests.builders import quoted
from tests.golden_rounds import conversation, golden_round

CRITERION = "evals.golden-set"


def talk() -> Transcript:
    return conversation(
        "How would you know it works?",
        "First the obvious. I take three hundred questions from the logs. Then we see.",
        "And then?",
        "Nothing else comes to mind.",
    )


def texts(transcript: Transcript) -> list[str]:
    return [turn.text for turn in transcript.candidate]


def test_removing_takes_out_the_whole_sentence_a_quote_touches_and_nothing_else() -> None:
    evidence = (quoted(talk(), "C1", "three hundred questions"),)
    assert texts(without_words(talk(), evidence))[0] == "First the obvious. Then we see."
    assert said_in(talk(), evidence) == {"C1": "I take three hundred questions from the logs."}


def test_moved_sentences_stand_at_the_end_of_the_next_answer() -> None:
    moved = with_words_later(talk(), (quoted(talk(), "C1", "three hundred"),))
    assert moved is not None
    assert texts(moved) == [
        "First the obvious. Then we see.",
        "Nothing else comes to mind. I take three hundred questions from the logs.",
    ]


def test_nothing_is_moved_behind_the_last_answer() -> None:
    assert with_words_later(talk(), (quoted(talk(), "C2", "Nothing"),)) is None


def test_words_are_said_where_their_dimension_was_asked_about() -> None:
    whole = golden_round("document-qa/p1")
    said = with_words(whole.brief, whole.transcript, CRITERION, "A set of questions.")
    changed = [i for i, turn in enumerate(said.turns) if turn != whole.transcript.turns[i]]
    assert len(changed) == 1
    assert said.turns[changed[0]].text.endswith(" A set of questions.")
    before = said.turns[: changed[0]]
    assert dimension_asked(whole.brief, before, before[-1]) == "evals"


def test_answers_taken_out_are_those_on_the_criterions_dimension() -> None:
    whole = golden_round("document-qa/p1")
    bare = without_answers(whole.brief, whole.transcript, CRITERION)
    gone = [was.id for was, now in zip(whole.transcript.turns, bare.turns, strict=True) if was != now]
    assert gone
    assert all(turn.text == NOTHING_SAID for turn in bare.turns if turn.id in gone)
    assert len(gone) < len(whole.transcript.candidate) / 2


def test_a_hint_stands_before_the_question_and_leaves_its_help() -> None:
    whole = golden_round("document-qa/p1")
    exposed = with_hint(whole.brief, whole.transcript, CRITERION, "C10")
    assert exposed is not None
    assert exposed.help in {Help.HINTED, Help.TOLD}
    assert help_at(whole.brief, exposed.transcript, CRITERION, "C10") is exposed.help
    assert len(exposed.transcript.turns) == len(whole.transcript.turns) + 1


def test_there_is_no_hint_for_what_none_exposes() -> None:
    whole = golden_round("document-qa/p1")
    exposed = {f"{d}.{id_}" for d, hints in whole.brief.scenario.hints.items() for h in hints for id_ in h.exposes}
    hidden = next(name for name in whole.brief.criteria if name not in exposed)
    assert with_hint(whole.brief, whole.transcript, hidden, "C10") is None


def pair(change: Change, after: Outcome, *, holds: bool) -> PairResult:
    return PairResult(
        change=change,
        round="document-qa/p1",
        criterion=CRITERION,
        before=Outcome.UNJUDGED,
        after=after,
        help=None,
        holds=holds,
    )


def test_rates_count_what_holds_and_say_whether_it_is_enough() -> None:
    found = figures(
        [
            pair(Change.NEGATED, Outcome.MISSED, holds=True),
            pair(Change.NEGATED, Outcome.PARTIAL, holds=False),
            pair(Change.EARNS, Outcome.MET, holds=True),
        ]
    )
    rates = {rate.name: rate for rate in found.rates}
    assert (rates["negated"].holds, rates["negated"].of, rates["negated"].passes) == (1, 2, False)
    assert rates["earns"].passes is None
    assert rates["moved"].share is None

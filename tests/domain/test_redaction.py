"""Names and numbers replaced, with every quote still where it stands."""

from __future__ import annotations

import pytest

from coach.domain.beside import Beside
from coach.domain.debrief import Debrief, Keep
from coach.domain.grade import JudgeStamp, Notice, Quote
from coach.domain.grading import is_verbatim
from coach.domain.redaction import Redacted, redacted
from coach.domain.review import Override, Review, reviewed
from coach.domain.round import Round
from coach.domain.scenario import Outcome
from coach.domain.transcript import Board, Turn
from tests.builders import NINE, begun, quoted, says, tiny, transcript
from tests.builders import asks as asked
from tests.shared_round import REVIEWER, beside_shared, shared_round


def a_round(*turns: Turn) -> Round:
    return begun(tiny()).model_copy(update={"turns": transcript(*turns).turns})


def words(*turns: Turn, names: tuple[str, ...] = ()) -> list[str]:
    """The texts of the turns, redacted."""
    return [turn.text for turn in redacted(a_round(*turns), None, None, names).round.turns]


def said(text: str, names: tuple[str, ...] = ()) -> str:
    return words(says(text), names=names)[0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It is 30k a day, so thirty thousand.", "It is [number 1] a day, so [number 1]."),
        ("Under two percent, or 2%.", "Under [number 1] percent, or [number 1]%."),
        ("About 200ms, $15,000 and -3.5.", "About [number 1]ms, $[number 2] and -[number 3]."),
        ("BM25 at p95 on v2 stays.", "BM25 at p95 on v2 stays."),
        ("No one thing.", "No one thing."),
    ],
)
def test_a_number_gets_the_same_placeholder_however_it_is_said_and_keeps_its_unit(text: str, shown: str) -> None:
    assert said(text) == shown


def test_of_the_interviewers_numbers_those_that_the_candidate_gave_are_replaced() -> None:
    shown = words(asked(None, "Nine hundred readers, a hundred dollars."), says("So 900 readers."))
    assert shown == ["[number 1] readers, a hundred dollars.", "So [number 1] readers."]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("We did it at Zalando with Zoe Miller.", "We did it at [name 1] with [name 2] [name 3]."),
        ("So Zalando's way. Zalando paid.", "So [name 1]'s way. [name 1] paid."),
        ("Ask Zoe, then zoe again, ZOE.", "Ask [name 1], then [name 1] again, [name 1]."),
        ("So at O’Brien & Sons (Kraków).", "So at [name 1] & [name 2] ([name 3])."),
        ("So in İzmir and Straße, ISTANBUL.", "So in [name 1] and [name 2], [name 3]."),
        ("First I'd ask who I am. We've a Goal.", "First I'd ask who I am. We've a Goal."),
        ("What Readers borrow, and I’ve Returns.", "What Readers borrow, and I’ve Returns."),
    ],
)
def test_a_word_with_a_capital_inside_a_sentence_is_a_name_unless_the_scenario_uses_it(
    text: str, shown: str
) -> None:
    assert said(text) == shown


def test_what_rules_cannot_tell_is_left_unless_it_is_listed() -> None:
    text = "Zalando did it. we were at acme corp."
    assert said(text) == text
    assert said(text, ("ZALANDO", " Acme  Corp ", "")) == "[name 1] did it. we were at [name 2]."


def test_a_listed_name_is_a_word_and_never_a_part_of_one() -> None:
    assert said("Ana has an analysis.", ("ana",)) == "[name 1] has an analysis."
    assert said("It is a.b or axb.", ("a.b",)) == "It is [name 1] or axb."


def test_addresses_are_replaced_whole() -> None:
    shown = said("Mail zoe@acme.example or see https://acme.example/a?b=30 and www.acme.example.")
    assert shown == "Mail [address 1] or see [address 2] and [address 3]"


def test_what_was_found_is_told_so_that_a_person_can_check_it() -> None:
    found = redacted(a_round(says("With Zoe at zoe@acme.example. Zoe said 5.")), None, None)
    assert found.names == ("zoe@acme.example", "Zoe")


def test_the_board_what_was_heard_and_what_was_quoted_back_are_redacted_too() -> None:
    board = Board(notes="Zoe: 30 a day", mermaid="graph TD\n  A1[Zoe] -->|top 50| B2")
    step = {"move": "follow_up", "said": "asked Zoe"}
    first = says("I asked Zoe.", heard="I asked Zoe 30 times", board=board)
    round_ = a_round(first, asked(None, "You asked Zoe. Why?")).model_copy(update={"board": board})
    round_ = round_.model_validate({**round_.model_dump(), "steps": {"I1": step}})
    clean = redacted(round_, None, None).round
    turn = clean.turns[0]
    assert turn.board == clean.board
    assert clean.board.notes == "[name 1]: [number 1] a day"
    assert clean.board.mermaid == "graph TD\n  A1[[name 1]] -->|top [number 2]| B2"
    assert turn.heard == "I asked [name 1] [number 1] times"
    assert clean.turns[1].text == "You asked [name 1]. Why?"
    assert clean.steps["I1"].said == "asked [name 1]"
    assert "Zoe" not in clean.model_dump_json(exclude={"brief"})


@pytest.mark.parametrize("name", ["document-qa/p1", "support-assistant/p6", "internal-copilot/p3"])
def test_every_quote_still_stands_in_its_turn_to_the_letter_and_the_scores_stay(name: str) -> None:
    shared = shared_round(name)
    clean = redacted(*shared)
    assert clean.review is not None
    assert clean.debrief is not None
    for was, now in ((shared.review.grade, clean.review.grade), (shared.review.settled, clean.review.settled)):
        quotes = [quote for verdict in now.verdicts for quote in verdict.quotes]
        assert quotes
        assert all(is_verbatim(clean.round.transcript, quote) for quote in quotes)
        assert (now.dimensions, now.result) == (was.dimensions, was.result)
    kept = [keep.quote for keep in clean.debrief.keep] + [fix.quote for fix in clean.debrief.fixes if fix.quote]
    assert kept
    assert all(is_verbatim(clean.round.transcript, quote) for quote in kept)
    assert [len(turn.id) for turn in clean.round.turns] == [len(turn.id) for turn in shared.round.turns]


def test_a_quote_that_begins_or_ends_inside_what_is_replaced_takes_all_of_it() -> None:
    text = "It is thirty thousand a day at Zalando now."
    for words_, shown in (
        ("thousand a day", "[number 1] a day"),
        ("is thirty", "is [number 1]"),
        ("at Zal", "at [name 1]"),
        ("now.", "now."),
    ):
        assert _quoted(text, words_).text == shown


def _quoted(text: str, words_: str) -> Quote:
    round_ = a_round(says(text))
    keep = Keep(says="It says so.", quote=quoted(round_.transcript, "C1", words_))
    debrief = redacted(round_, None, Debrief(headline="", keep=(keep,))).debrief
    assert debrief is not None
    return debrief.keep[0].quote


def test_a_quote_from_the_drawing_stands_behind_notes_that_grew() -> None:
    board = Board(notes="30 a day", mermaid="A -->|top 50| B")
    round_ = a_round(says("See there.", board=board))
    start = board.text.index("top")
    quote = Quote(turn="C1", start=start, end=start + 6, text="top 50", source="board")
    made = Debrief(headline="", keep=(Keep(says="So.", quote=quote),))
    clean = redacted(round_, None, made)
    assert clean.debrief is not None
    assert clean.debrief.keep[0].quote.text == "top [number 2]"
    assert is_verbatim(clean.round.transcript, clean.debrief.keep[0].quote)


def _written(model: str | None) -> Redacted:
    """A grade and a debrief in which words about the candidate stand, given by a model or without one."""
    shared = shared_round()
    judge = JudgeStamp(engine="test", model=model, version="3f", rubric="r@1")
    first = shared.review.grade.verdicts[0].model_copy(update={"reason": "Lisbon, five of 97."})
    grade = shared.review.grade.model_copy(
        update={
            "judge": judge,
            "verdicts": (first, *shared.review.grade.verdicts[1:]),
            "notices": (Notice(kind="unsupported", turn="C1", text="Lisbon is five"),),
        }
    )
    review = Review(grade=grade, overrides=(), settled=grade)
    made = Debrief(headline="You said Lisbon and five; score 2.97.", by_model=bool(model))
    return redacted(shared.round, review, made, ("Lisbon",))


def test_what_a_model_wrote_about_the_candidate_is_redacted() -> None:
    clean = _written("openai:x")
    assert clean.review is not None
    assert clean.debrief is not None
    assert clean.review.grade.verdicts[0].reason == "[name 1], [number 1] of 97."
    assert clean.review.grade.notices[0].text == "[name 1] is [number 1]"
    assert clean.debrief.headline == "You said [name 1] and [number 1]; score 2.97."
    assert clean.review.grade.judge.version == "3f"


def test_what_was_put_together_without_a_model_holds_figures_of_the_grade_and_stays() -> None:
    clean = _written(None)
    assert clean.review is not None
    assert clean.debrief is not None
    assert clean.review.grade.verdicts[0].reason == "Lisbon, five of 97."
    assert clean.debrief.headline == "You said Lisbon and five; score 2.97."


def test_reviewers_and_their_notes_are_redacted_wherever_they_show() -> None:
    shared = shared_round()
    over = shared.review.overrides[-1].model_copy(update={"note": f"{REVIEWER} heard five at Zalando."})
    missed = Override(criterion=over.criterion, verdict=Outcome.MISSED, by=REVIEWER, at=NINE, note=over.note)
    review = reviewed(shared.round.brief, shared.round.transcript, shared.review.grade, [over, missed])
    clean = redacted(shared.round, review, None, ["Zalando"]).review
    assert clean is not None
    assert clean.overrides[0].by == "[name 2]"
    assert clean.overrides[0].note == "[name 2] heard [number 1] at [name 1]."
    (verdict,) = (v for v in clean.settled.verdicts if v.criterion == over.criterion)
    assert verdict.reason == clean.overrides[0].note
    assert clean.overrides[0].criterion == over.criterion


def test_what_stands_beside_a_round_is_redacted_and_an_answer_given_again_quotes_itself_to_the_letter() -> None:
    said = beside_shared()
    clean = redacted(*shared_round(), (), said)
    for was, shown in ((said, clean.beside), (said.retries[1].answer, clean.beside.retries[1].answer)):
        for told in ("Zalando", "seventeen thousand", "93 percent"):
            assert told in str(was)
            assert told not in str(shown)
    assert "Ana" not in str(clean.beside)
    assert "17000" not in clean.beside.comments[0].text
    assert clean.beside.comments[0].by == "[name 1]"
    assert clean.beside.comments[0].turn == "C1"
    assert [each.id for each in clean.beside.retries] == ["1", "2"]
    first = clean.beside.retries[0]
    assert first.outlook is not None
    texts = {turn.id: turn.text for turn in clean.round.turns} | {first.turn: first.answer}
    quotes = [q for v in first.outlook.after for q in v.quotes if q.source is None]
    assert quotes
    assert all(texts[q.turn][q.start : q.end] == q.text for q in quotes)
    assert first.turn not in {turn.id for turn in clean.round.turns}


def test_without_anything_beside_it_a_round_is_redacted_as_ever() -> None:
    shared = shared_round()
    assert redacted(*shared, ("Ana",), Beside()) == redacted(*shared, ("Ana",))
    assert redacted(*shared).beside == Beside()

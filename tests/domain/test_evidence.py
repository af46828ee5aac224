"""A quote stands only where the candidate said it, and what is shown is the candidate's own words."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.evidence import canonicalise, find_quote
from coach.domain.grading import is_verbatim
from coach.domain.transcript import Board, Speaker, Transcript, Turn
from tests.golden_rounds import conversation, golden_rounds

ROUND = conversation(
    "How do you know it works?",
    "Recall at ten above point nine, unsupported claims under two percent, or the change doesn’t ship.",
    "And then?",
    "Then I’d read twenty failures a month, by hand, and put them back into the golden set.",
)


def test_an_exact_quote_is_found_where_it_stands() -> None:
    quote = find_quote(ROUND, "unsupported claims under two percent")
    assert quote is not None
    assert (quote.turn, quote.text) == ("C1", "unsupported claims under two percent")
    assert is_verbatim(ROUND, quote)


def test_case_punctuation_and_curly_quotes_do_not_matter_and_the_source_is_shown() -> None:
    quote = find_quote(ROUND, "OR THE CHANGE DOESN'T SHIP!")
    assert quote is not None
    assert quote.text == "or the change doesn’t ship"


def test_invisible_characters_do_not_matter() -> None:
    quote = find_quote(ROUND, "unsup\u200bported claims\u2060 under two percent")
    assert quote is not None
    assert is_verbatim(ROUND, quote)


def test_the_named_turn_is_looked_at_first_then_the_others() -> None:
    twice = conversation("One?", "We gate on recall.", "Two?", "We gate on recall.")
    named = find_quote(twice, "we gate on recall", "C2")
    wrong = find_quote(ROUND, "read twenty failures a month", "C1")
    assert named is not None
    assert wrong is not None
    assert (named.turn, wrong.turn) == ("C2", "C2")


def test_interviewer_words_are_never_evidence() -> None:
    assert find_quote(ROUND, "How do you know it works") is None


def test_a_dropped_function_word_is_forgiven() -> None:
    quote = find_quote(ROUND, "read twenty failures a month, by hand, and put them back into golden set")
    assert quote is not None
    assert quote.text == "read twenty failures a month, by hand, and put them back into the golden set"


@pytest.mark.parametrize(
    "tampered",
    [
        "unsupported claims not under two percent",
        "Recall at ten above point eight, unsupported claims under two percent",
        "Then I'd read twenty failures a month, by hand, and put them back into the training set",
        "or the change does ship",
        "or the change doesn't ship and we roll back",
        "",
        "...",
    ],
)
def test_a_changed_quote_is_refused(tampered: str) -> None:
    assert find_quote(ROUND, tampered) is None


def test_a_quote_from_the_board_says_so() -> None:
    board = Board(notes="gate: recall >= 0.9", mermaid="graph TD; A-->B")
    turn = Turn(id="C1", speaker=Speaker.CANDIDATE, text="Here it is.", board=board)
    drawn = ROUND.model_copy(update={"turns": (turn,)})
    quote = find_quote(drawn, "gate recall 0.9")
    assert quote is not None
    assert (quote.source, quote.text) == ("board", "gate: recall >= 0.9")
    assert is_verbatim(drawn, quote)


@given(st.text(max_size=80), st.text(max_size=80))
def test_every_quote_found_is_verbatim(said: str, wanted: str) -> None:
    transcript = ROUND.model_copy(update={"turns": (Turn(id="C1", speaker=Speaker.CANDIDATE, text=said),)})
    quote = find_quote(transcript, wanted)
    assert quote is None or is_verbatim(transcript, quote)


@given(st.text(max_size=120))
def test_a_canonical_text_maps_back_into_its_source(text: str) -> None:
    known = canonicalise(text)
    assert len(known.text) == len(known.places)
    assert list(known.places) == sorted(known.places)
    assert all(0 <= place < len(text) for place in known.places)


Tamper = Callable[[random.Random, list[str], Transcript, str], str | None]
FUNCTION = set("the a an of to in it that is and for with we i".split())


def _exact(_: random.Random, words: list[str], __: Transcript, ___: str) -> str | None:
    return " ".join(words)


def _styled(_: random.Random, words: list[str], __: Transcript, ___: str) -> str | None:
    return " ".join(words).upper().replace("'", "’").replace(",", " –")


def _dropped(rng: random.Random, words: list[str], _: Transcript, __: str) -> str | None:
    places = [i for i, word in enumerate(words) if word.lower() in FUNCTION and 0 < i < len(words) - 1]
    if not places:
        return None
    gone = rng.choice(places)
    return " ".join(words[:gone] + words[gone + 1 :])


def _replaced(rng: random.Random, words: list[str], _: Transcript, __: str) -> str | None:
    places = [i for i, word in enumerate(words) if word.isalpha() and len(word) > 4]
    if not places:
        return None
    words[rng.choice(places)] = rng.choice(["latency", "cheaper", "permissions", "seldom", "vector"])
    return " ".join(words)


def _negated(rng: random.Random, words: list[str], _: Transcript, __: str) -> str | None:
    words.insert(rng.randint(1, len(words) - 1), "not")
    return " ".join(words)


def _renumbered(rng: random.Random, words: list[str], _: Transcript, __: str) -> str | None:
    known = ["two", "three", "four", "five", "six", "ten", "twenty", "thirty", "hundred"]
    places = [i for i, word in enumerate(words) if word.strip(".,").lower() in known]
    if not places:
        return None
    words[rng.choice(places)] = rng.choice(["seven", "eleven", "ninety"])
    return " ".join(words)


def _stitched(rng: random.Random, words: list[str], transcript: Transcript, turn: str) -> str | None:
    others = [t for t in transcript.candidate if t.id != turn and t.words >= 12]
    return " ".join(words[:8] + rng.choice(others).text.split()[:8])


def _foreign(_: random.Random, words: list[str], transcript: Transcript, __: str) -> str | None:
    return None if any(" ".join(words) in turn.text for turn in transcript.candidate) else " ".join(words)


@pytest.mark.parametrize(
    ("tamper", "least", "most"),
    [
        (_exact, 1.0, 1.0),
        (_styled, 0.98, 1.0),
        (_dropped, 0.84, 1.0),
        (_replaced, 0.0, 0.015),
        (_negated, 0.0, 0.005),
        (_renumbered, 0.0, 0.015),
        (_stitched, 0.0, 0.015),
        (_foreign, 0.0, 0.005),
    ],
)
def test_honest_quotes_pass_and_tampered_ones_do_not(tamper: Tamper, least: float, most: float) -> None:
    """The protocol's measured table, on the golden rounds: 250 trials a row."""
    rng = random.Random(7)
    rounds = [each.transcript for each in golden_rounds()]
    passed = trials = 0
    while trials < 250:
        transcript = rng.choice(rounds)
        turn = rng.choice([turn for turn in transcript.candidate if turn.words > 30])
        words = turn.text.split()
        start = rng.randint(0, len(words) - 20)
        asked_in = (
            rng.choice([other for other in rounds if other is not transcript]) if tamper is _foreign else transcript
        )
        text = tamper(rng, words[start : start + rng.randint(9, 20)], asked_in, turn.id)
        if text is None:
            continue
        trials += 1
        quote = find_quote(asked_in, text, turn.id)
        assert quote is None or is_verbatim(asked_in, quote)
        passed += quote is not None
    assert least <= passed / trials <= most

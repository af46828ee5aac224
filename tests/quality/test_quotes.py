"""The quote verifier's table: which quotes stand and which do not, over seeded trials on the golden rounds."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import pytest

from coach.domain.evidence import canonicalise, find_quote
from coach.domain.grade import Quote
from coach.domain.grading import is_verbatim
from coach.domain.language import FILLERS, STOPWORDS
from coach.domain.transcript import Transcript
from tests.golden_rounds import golden_rounds

pytestmark = pytest.mark.slow

TRIALS = 480
SHORTEST = 8
LONGEST = 24
"""Words of a quote."""
DROPPED = frozenset("the a an of to that and in on for with it is so".split())
"""Function words without which a sentence still says the same."""


class Trial(NamedTuple):
    """A quote as a judge might give it: of which round, and from which turn it says it is."""

    said: Transcript
    turn: str
    text: str


class Cell(NamedTuple):
    found: int
    of: int
    unfaithful: list[str]
    """What was found and is not shown in the source's words."""

    @property
    def share(self) -> float:
        return self.found / self.of


def spans(chance: random.Random) -> Iterator[tuple[Transcript, str, str, list[str]]]:
    """Endless stretches of a candidate's words: the round, the turn, the text to the letter and its words."""
    rounds = [each.transcript for each in golden_rounds()]
    while True:
        said = chance.choice(rounds)
        turn = chance.choice(said.candidate)
        words = list(re.finditer(r"\S+", turn.text))
        length = chance.randint(SHORTEST, LONGEST)
        if len(words) < length:
            continue
        first = chance.randrange(len(words) - length + 1)
        text = turn.text[words[first].start() : words[first + length - 1].end()]
        yield said, turn.id, text, text.split()


def exact(chance: random.Random) -> Iterator[Trial]:
    for said, turn, text, _ in spans(chance):
        yield Trial(said, turn, text)


def restyled(chance: random.Random) -> Iterator[Trial]:
    """Other case, curly quotes, punctuation left out or added."""
    curly = str.maketrans({"'": "\u2019", '"': "\u201d", "-": "\u2013"})
    for said, turn, text, _ in spans(chance):
        changed = chance.choice([text.upper(), text.lower(), text.capitalize()])
        changed = chance.choice([changed, re.sub(r"[,;:!?]|\.(?!\d)", "", changed), changed.replace(", ", "; ")])
        yield Trial(said, turn, f"\u201c{changed.translate(curly)}\u201d")


def without_function_word(chance: random.Random) -> Iterator[Trial]:
    for said, turn, _, words in spans(chance):
        places = [i for i, word in enumerate(words) if word.lower() in DROPPED]
        if places:
            dropped = chance.choice(places)
            yield Trial(said, turn, " ".join(words[:dropped] + words[dropped + 1 :]))


def with_other_word(chance: random.Random) -> Iterator[Trial]:
    """A word of content from another round, which nobody said in this one."""
    for said, turn, _, words in spans(chance):
        places = [i for i, word in enumerate(words) if word.lower() in content(said)]
        others = sorted(content(other(said, chance)) - content(said))
        if places:
            place = chance.choice(places)
            yield Trial(said, turn, " ".join([*words[:place], chance.choice(others), *words[place + 1 :]]))


def with_not(chance: random.Random) -> Iterator[Trial]:
    for said, turn, _, words in spans(chance):
        place = chance.randrange(1, len(words))
        yield Trial(said, turn, " ".join([*words[:place], "not", *words[place:]]))


def stitched(chance: random.Random) -> Iterator[Trial]:
    """The halves of stretches of two turns of a round."""
    for said, turn, _, words in spans(chance):
        elsewhere = chance.choice([each for each in said.candidate if each.id != turn]).text.split()
        half = len(words) // 2
        if len(elsewhere) > half:
            first = chance.randrange(len(elsewhere) - half)
            yield Trial(said, turn, " ".join(words[:half] + elsewhere[first : first + half]))


def from_elsewhere(chance: random.Random) -> Iterator[Trial]:
    for said, _, text, _ in spans(chance):
        wrong = other(said, chance)
        yield Trial(wrong, wrong.candidate[0].id, text)


def other(said: Transcript, chance: random.Random) -> Transcript:
    return chance.choice([each.transcript for each in golden_rounds() if each.transcript is not said])


def content(said: Transcript) -> frozenset[str]:
    return _content(" ".join(turn.text for turn in said.candidate))


@cache
def _content(text: str) -> frozenset[str]:
    plain = {word for word in text.lower().split() if word.isalpha() and len(word) > 3}
    return frozenset(plain - STOPWORDS - FILLERS)


Row = Callable[[random.Random], Iterator[Trial]]
AT_LEAST: dict[str, tuple[Row, float]] = {
    "exact": (exact, 1.00),
    "case, punctuation, curly quotes": (restyled, 0.98),
    "one function word dropped": (without_function_word, 0.84),
}
AT_MOST: dict[str, tuple[Row, float]] = {
    "one content word replaced": (with_other_word, 0.013),
    "'not' inserted": (with_not, 0.003),
    "two turns stitched": (stitched, 0.013),
    "from another transcript": (from_elsewhere, 0.003),
}


@cache
def cell(row: Row) -> Cell:
    found, unfaithful = 0, []
    trials = row(random.Random(7))
    for trial in (next(trials) for _ in range(TRIALS)):
        quote = find_quote(trial.said, trial.text, trial.turn)
        if quote is None:
            continue
        found += 1
        if not is_shown_faithfully(trial.said, quote):
            unfaithful.append(trial.text)
    return Cell(found, TRIALS, unfaithful)


def is_shown_faithfully(said: Transcript, quote: Quote) -> bool:
    """To the letter, in words of the candidate."""
    candidate = {turn.id for turn in said.candidate}
    return quote.turn in candidate and bool(canonicalise(quote.text).text) and is_verbatim(said, quote)


@pytest.mark.parametrize("name", AT_LEAST)
def test_an_honest_quote_is_found(name: str) -> None:
    row, least = AT_LEAST[name]
    assert cell(row).share >= least


@pytest.mark.parametrize("name", AT_MOST)
def test_a_tampered_quote_is_not(name: str) -> None:
    row, most = AT_MOST[name]
    assert cell(row).share <= most


@pytest.mark.parametrize("name", AT_LEAST | AT_MOST)
def test_what_is_shown_is_the_candidates_own_words(name: str) -> None:
    row, _ = (AT_LEAST | AT_MOST)[name]
    assert cell(row).unfaithful == []


def test_an_interviewers_words_are_never_found() -> None:
    """Unless the candidate said the very same."""
    for each in golden_rounds():
        answers = [f" {canonicalise(turn.text).text} " for turn in each.transcript.candidate]
        for turn in each.transcript.turns:
            asked = canonicalise(turn.text).text
            if turn not in each.transcript.candidate and not any(f" {asked} " in answer for answer in answers):
                assert find_quote(each.transcript, turn.text, turn.id) is None


def test_the_table_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print()
        for name, (row, goal) in (AT_LEAST | AT_MOST).items():
            sign = ">=" if name in AT_LEAST else "<="
            print(f"{name:32} {cell(row).share:.3f} of {cell(row).of} found  {sign} {goal}")
    assert all(cell(row).of >= 400 for row, _ in (AT_LEAST | AT_MOST).values())

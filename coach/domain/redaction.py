"""A copy of a graded round to share: what names people or companies, and the numbers the candidate gave, replaced.

Done by rules, so it helps and promises nothing: CATCHES says what it finds and MISSES what it leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import chain
from typing import NamedTuple, TypeVar, cast

from coach.domain.beside import Beside
from coach.domain.debrief import Debrief
from coach.domain.grade import Grade, Quote, Verdict
from coach.domain.language import EVERYDAY, FILLERS, STOPWORDS
from coach.domain.numbers import Number, numbers
from coach.domain.reopening import Question
from coach.domain.retry import Retry
from coach.domain.review import SELF, FlagFound, LevelFound, Override, Review
from coach.domain.round import Round
from coach.domain.transcript import Board, Speaker, Turn
from coach.domain.value import Value

T = TypeVar("T")

CATCHES = (
    "Replaced: every number the candidate gave, e-mail and web addresses, reviewers' names, names you list, and "
    "each word with a capital inside a candidate's sentence that the scenario does not use, so some tools and "
    "abbreviations too."
)
MISSES = (
    "Left: names only at the start of a sentence, in small letters or on the board, digits inside words (p95), "
    "times, scores, the author's words, and what can be guessed from the rest. Read it before you share it."
)

BY_RULES = (
    "Names and numbers were replaced by rules, not by a person: [number 3] is the same number everywhere, and some "
    "may be left."
)

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)[^\s<>\"'“”)\]]+")
_INSIDE = re.compile(r"(?:(?<=[\w,;:&] )|(?<=[\w,;:&] [\"'“‘(]))[^\W\d_]\w*(?:[-.’'&][^\W\d_]\w*)*")
"""A word that some word stands before in its sentence."""
_POSSESSIVE = re.compile(r"['’]s$")
_PART = re.compile(r"\w+")
_UNIT = re.compile(r"[\s-]*(?:%|percent(?:ile)?)$", re.IGNORECASE)
_ANYONES = STOPWORDS | EVERYDAY | FILLERS
_NOT_WORDS = frozenset(
    {"turn", "criterion", "dimension", "flag", "kind", "probe", "settle", "source", "missing", "hear", "near_miss"}
)
"""Fields that name things, or hold what the scenario's author wrote."""


class Redacted(NamedTuple):
    """A round, its review, its debrief and what stands beside them with placeholders. Each quote still stands in
    its turn, or in the answer given again, to the letter."""

    round: Round
    review: Review | None
    debrief: Debrief | None
    names: tuple[str, ...]
    """What was taken for a name or an address, each once. Not to be shared."""
    beside: Beside


class _Spot(NamedTuple):
    """What stands at [start, end) of a text is replaced."""

    start: int
    end: int
    placeholder: str


def redacted(
    round_: Round,
    review: Review | None,
    debrief: Debrief | None,
    names: Iterable[str] = (),
    beside: Beside | None = None,
) -> Redacted:
    """All of them with placeholders, `[number 3]`. `names` are replaced too, whatever their case."""
    said = beside or Beside()
    people = (*(_people(review) if review else ()), *(each.by for each in said.remarks if each.by != SELF))
    redaction = _Redaction(round_, [*names, *people], [retry.answer for retry in said.retries])
    clean = redaction.round()
    found = redaction.review(review) if review else None
    means = redaction.words_of(debrief, written=debrief.by_model) if debrief else None
    stands = redaction.beside(said)
    return Redacted(clean, found, means, redaction.found, stands)


class _Redaction:
    def __init__(self, round_: Round, names: Iterable[str], again: Sequence[str]) -> None:
        self._round = round_
        own = [text for turn in round_.transcript.candidate for text in _own_words(turn)]
        own += [round_.board.notes, round_.board.mermaid, *again]
        values = dict.fromkeys(number.value for text in own for number in _free(text))
        self._numbers = {value: f"[number {place}]" for place, value in enumerate(values, start=1)}
        given = (" ".join(name.split()) for name in names)
        spoken = chain((turn.text for turn in round_.transcript.candidate), again)
        every = {name.lower(): name for name in chain(given, _guessed(round_, spoken)) if name}
        placed = [(name, f"[name {place}]") for place, name in enumerate(every.values(), start=1)]
        placed.sort(key=lambda each: len(each[0]), reverse=True)
        self._names = [(_whole_word(name), placeholder) for name, placeholder in placed]
        self._addresses: dict[str, str] = {}
        self._seen: dict[str, None] = {}
        self._turns = {turn.id: self._turn(turn) for turn in round_.turns}
        self._said = {turn.id: turn for turn in round_.turns}

    @property
    def found(self) -> tuple[str, ...]:
        return tuple(self._seen)

    def round(self) -> Round:
        steps = {
            id_: step.model_copy(update={"said": self._other(step.said)}) for id_, step in self._round.steps.items()
        }
        return self._round.model_copy(
            update={"turns": tuple(self._turns.values()), "board": self._board(self._round.board), "steps": steps}
        )

    def review(self, review: Review) -> Review:
        noted = {each.criterion for each in review.overrides}
        return review.model_copy(
            update={
                "grade": self._grade(review.grade, frozenset()),
                "overrides": self.words_of(review.overrides, written=True),
                "settled": self._grade(review.settled, noted),
                "levels": self.words_of(review.levels, written=True),
                "flags": self.words_of(review.flags, written=True),
            }
        )

    def beside(self, said: Beside) -> Beside:
        """What people wrote, and answers given again, which are no turns of the round."""
        return Beside(
            self_ratings=said.self_ratings,
            retries=tuple(self._retry(retry, place) for place, retry in enumerate(said.retries, start=1)),
            disputes=self.words_of(said.disputes, written=True),
            comments=self.words_of(said.comments, written=True),
            dismissals=self.words_of(said.dismissals, written=True),
        )

    def _retry(self, retry: Retry, place: int) -> Retry:
        """Its id is counted, for the one it has is made from its words."""
        answer = Turn(id=retry.turn, speaker=Speaker.CANDIDATE, text=retry.answer)
        self._said[retry.turn], self._turns[retry.turn] = answer, self._turn(answer)
        clean = {"id": str(place), "answer": self._turns[retry.turn].text}
        outlook = retry.outlook and retry.outlook.model_copy(
            update={
                "before": self.words_of(retry.outlook.before, written=True),
                "after": self.words_of(retry.outlook.after, written=True),
            }
        )
        question = self.words_of(retry.question, written=False)
        return retry.model_copy(update={**clean, "question": question, "outlook": outlook})

    def words_of(self, value: T, *, written: bool) -> T:
        """The value with every quote redacted and, where a person or a model has `written` in it, every text."""
        clean: object = value
        if isinstance(value, Quote):
            clean = self._quote(value)
        elif isinstance(value, Question):
            clean = value.model_copy(update={"text": self._turns[value.turn].text}) if value.turn else value
        elif isinstance(value, Value):
            names = type(value).model_fields.keys() - _NOT_WORDS
            clean = value.model_copy(
                update={name: self.words_of(getattr(value, name), written=written) for name in names}
            )
        elif isinstance(value, tuple):
            clean = tuple(self.words_of(each, written=written) for each in value)
        elif isinstance(value, str) and not isinstance(value, Enum) and written:
            clean = self._other(value)
        return cast("T", clean)

    def _grade(self, grade: Grade, noted: Iterable[str]) -> Grade:
        """The reasons of the offline judge are no words of anybody's; those of a model and of people are."""

        def clean(verdict: Verdict) -> Verdict:
            return self.words_of(verdict, written=bool(grade.judge.model) or verdict.criterion in noted)

        return grade.model_copy(
            update={
                "verdicts": tuple(clean(verdict) for verdict in grade.verdicts),
                "flags": self.words_of(grade.flags, written=True),
                "notices": self.words_of(grade.notices, written=True),
            }
        )

    def _turn(self, turn: Turn) -> Turn:
        own = turn.speaker is Speaker.CANDIDATE
        return turn.model_copy(
            update={
                "text": _replaced(turn.text, self._spots(turn.text, own=own)),
                "heard": turn.heard and _replaced(turn.heard, self._spots(turn.heard, own=own)),
                "board": turn.board and self._board(turn.board),
            }
        )

    def _board(self, board: Board) -> Board:
        return Board(
            notes=_replaced(board.notes, self._spots(board.notes, own=True)),
            mermaid=_replaced(board.mermaid, self._spots(board.mermaid, own=True)),
        )

    def _other(self, text: str | None) -> str | None:
        """What somebody else wrote: of its numbers, those that are the candidate's."""
        return text and _replaced(text, self._spots(text, own=False))

    def _quote(self, quote: Quote) -> Quote:
        was, now = self._said[quote.turn], self._turns[quote.turn]
        if quote.source == "board" and was.board and now.board:
            notes, text = was.board.notes, now.board.text
            shift = len(notes) + 1
            drawn = self._spots(was.board.mermaid, own=True)
            spots = self._spots(notes, own=True)
            spots += [_Spot(spot.start + shift, spot.end + shift, spot.placeholder) for spot in drawn]
        else:
            text, spots = now.text, self._spots(was.text, own=True)
        start, end = _moved(quote.start, spots), _moved(quote.end, spots, is_end=True)
        return quote.model_copy(update={"start": start, "end": end, "text": text[start:end]})

    def _spots(self, text: str, *, own: bool) -> list[_Spot]:
        """What is to be replaced in a text, in order; of numbers in words that are not the candidate's `own`, only
        those that the candidate gave."""
        spots = list(self._addressed(text))
        for found in chain(self._named(text), self._numbered(text, own=own)):
            if all(found.end <= spot.start or found.start >= spot.end for spot in spots):
                spots.append(found)
        self._seen |= {text[s.start : s.end]: None for s in spots if not s.placeholder.startswith("[number")}
        return sorted(spots)

    def _addressed(self, text: str) -> Iterator[_Spot]:
        for match in _ADDRESS.finditer(text):
            placeholder = self._addresses.setdefault(match[0].casefold(), f"[address {len(self._addresses) + 1}]")
            yield _Spot(match.start(), match.end(), placeholder)

    def _named(self, text: str) -> Iterator[_Spot]:
        for name, placeholder in self._names:
            for match in name.finditer(text):
                yield _Spot(match.start(), match.end(), placeholder)

    def _numbered(self, text: str, *, own: bool) -> Iterator[_Spot]:
        """Numbers without their unit."""
        for number in _free(text):
            if own or number.value in self._numbers:
                end = number.start + len(_UNIT.sub("", text[number.start : number.end]))
                yield _Spot(number.start, end, self._numbers[number.value])


def _whole_word(name: str) -> re.Pattern[str]:
    parts = r"\s+".join(map(re.escape, name.split()))
    return re.compile(rf"(?<!\w){parts}(?!\w)", re.IGNORECASE)


def _free(text: str) -> Iterator[Number]:
    """The numbers of a text, but for digits inside a word."""
    for number in numbers(text):
        before = text[number.start - 1 : number.start]
        if not (before.isalpha() or before == "_"):
            yield number


def _people(review: Review) -> Iterator[str]:
    """Who found something over the judge's verdicts."""
    given: tuple[Override | LevelFound | FlagFound, ...] = (*review.overrides, *review.levels, *review.flags)
    for each in given:
        if each.by != SELF:
            yield each.by


def _own_words(turn: Turn) -> Iterator[str]:
    yield turn.text
    if turn.heard:
        yield turn.heard
    if turn.board:
        yield turn.board.notes
        yield turn.board.mermaid


def _guessed(round_: Round, spoken: Iterable[str]) -> Iterator[str]:
    """Words with a capital inside a sentence that are neither anyone's nor the scenario's."""
    authored = {part.lower() for part in _PART.findall(round_.brief.model_dump_json().replace("\\n", " "))}
    for text in spoken:
        for match in _INSIDE.finditer(text):
            word = _POSSESSIVE.sub("", match[0])
            parts = {part.lower() for part in _PART.findall(word)}
            is_anyones = word.lower().replace("’", "'") in _ANYONES or parts <= authored | _ANYONES
            if word[0].isupper() and len(word) > 1 and not is_anyones:
                yield word


def _replaced(text: str, spots: Iterable[_Spot]) -> str:
    pieces: list[str] = []
    done = 0
    for spot in spots:
        pieces += (text[done : spot.start], spot.placeholder)
        done = spot.end
    return "".join((*pieces, text[done:]))


def _moved(offset: int, spots: Iterable[_Spot], *, is_end: bool = False) -> int:
    """Where an offset of the text stands once the spots are replaced; one inside a spot moves to its edge."""
    moved = offset
    for spot in spots:
        longer = len(spot.placeholder) - (spot.end - spot.start)
        if spot.end <= offset:
            moved += longer
        elif spot.start < offset:
            moved += spot.end - offset + longer if is_end else spot.start - offset
    return moved

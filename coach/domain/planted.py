"""Pairs of rounds that differ in one thing, whose effect on one verdict is known (format planted/v1).

What was planted is the truth, so no rater is needed: counterfactual pairs (protocol of the judge, golden set).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from coach.domain.grade import Quote
from coach.domain.help import dimension_asked
from coach.domain.language import sentences
from coach.domain.rubric import Brief, Help
from coach.domain.scenario import Outcome
from coach.domain.transcript import Move, Speaker, Transcript, Turn
from coach.domain.value import FullName, Line, Slug, Value


class Change(StrEnum):
    """What a pair's second round has that its first has not."""

    EARNS = "earns"
    """Words an author wrote to earn the criterion."""
    NEGATED = "negated"
    """The same words, rejected."""
    ATTRIBUTED = "attributed"
    """The same words, as somebody else's."""
    HYPOTHETICAL = "hypothetical"
    """The same words, as what might be done."""
    INSERTED = "inserted"
    """Sentences that earned it in another round."""
    REMOVED = "removed"
    """The sentences that earned it are gone; and those too that earned it when the first were gone."""
    MOVED = "moved"
    """They stand in a later answer."""
    HINTED = "hinted"
    """A hint before them exposes the criterion."""


NOTHING_SAID = "Right."
"""What stands in for an answer that is taken out."""
WRITTEN = (Change.EARNS, Change.NEGATED, Change.ATTRIBUTED, Change.HYPOTHETICAL)


class Plant(Value):
    """One criterion: what earns it, and the same without being the candidate's position."""

    criterion: FullName
    earns: Line
    negated: Line
    attributed: Line
    hypothetical: Line

    def words(self, change: Change) -> str:
        """What is said for one of the WRITTEN changes."""
        return str(getattr(self, change.value))


class Planted(Value):
    """A scenario's plants."""

    format: Annotated[Literal["planted/v1"], Field(alias="schema")]
    scenario: Slug
    plants: Annotated[tuple[Plant, ...], Field(min_length=1)]


class Played(NamedTuple):
    """A round to make pairs of; `name` is `scenario/profile`."""

    name: str
    brief: Brief
    transcript: Transcript


GOALS: Mapping[Change, float] = {
    Change.NEGATED: 0.96,
    Change.ATTRIBUTED: 0.96,
    Change.HYPOTHETICAL: 0.96,
    Change.INSERTED: 0.92,
    Change.REMOVED: 0.92,
    Change.MOVED: 0.92,
    Change.HINTED: 0.92,
}
"""Least share of pairs that hold (protocol of the judge, goal G13). What earns has none: a judge may abstain."""
_CREDIT = {Outcome.PARTIAL: 1, Outcome.MET: 2}


def credit(outcome: Outcome) -> int:
    """How much an outcome is worth, for comparing: 2 met, 1 partial, 0 any other."""
    return _CREDIT.get(outcome, 0)


class PairResult(Value):
    """The verdict on one criterion before and after a change, and whether it went where it must."""

    change: Change
    round: str
    criterion: str
    before: Outcome
    after: Outcome
    help: Help | None
    """After the change."""
    holds: bool


class Rate(Value):
    """A share with its counts, and what it must reach. Without pairs there is no share, without a goal no pass."""

    name: str
    holds: int
    of: int
    share: float | None
    goal: float | None
    passes: bool | None


class PairFigures(Value):
    """Every pair, and the shares that hold."""

    rates: tuple[Rate, ...]
    """One for each change."""
    pairs: tuple[PairResult, ...]


def figures(pairs: Iterable[PairResult]) -> PairFigures:
    """The shares of pairs that hold."""
    pairs = tuple(pairs)
    of = {change: [pair for pair in pairs if pair.change is change] for change in Change}
    return PairFigures(
        rates=tuple(_rate(change, [pair.holds for pair in of[change]], GOALS.get(change)) for change in Change),
        pairs=pairs,
    )


def _rate(name: str, holds: Sequence[bool], goal: float | None = None) -> Rate:
    share = sum(holds) / len(holds) if holds else None
    passes = None if goal is None or share is None else share >= goal
    return Rate(name=str(name), holds=sum(holds), of=len(holds), share=share, goal=goal, passes=passes)


class Exposed(NamedTuple):
    """A round with a hint in it, and the help that evidence after the hint is given with."""

    transcript: Transcript
    help: Help


def said_in(transcript: Transcript, quotes: Iterable[Quote]) -> dict[str, str]:
    """By turn id, in order: the whole sentences that the spoken `quotes` touch."""
    return {turn.id: text for turn in transcript.candidate if (text := _split(turn, quotes)[0])}


def without_answers(brief: Brief, transcript: Transcript, criterion: str) -> Transcript:
    """The round as a candidate would play it who has nothing to say on the criterion's dimension."""
    answers = [transcript.turns[i].id for i in _answers(brief, transcript, criterion)]
    return _replaced(transcript, dict.fromkeys(answers, NOTHING_SAID))


def with_words(brief: Brief, transcript: Transcript, criterion: str, text: str) -> Transcript:
    """`text` said at the end of the last answer about the criterion's dimension, else of the last answer."""
    answers = [i for i, turn in enumerate(transcript.turns) if turn.speaker is Speaker.CANDIDATE]
    place = (_answers(brief, transcript, criterion) or answers)[-1]
    turn = transcript.turns[place]
    return _replaced(transcript, {turn.id: _joined(turn.text, text)})


def without_words(transcript: Transcript, quotes: Sequence[Quote]) -> Transcript:
    """The round without the sentences that the spoken `quotes` touch."""
    touched = said_in(transcript, quotes)
    return _replaced(
        transcript, {turn.id: _split(turn, quotes)[1] for turn in transcript.candidate if turn.id in touched}
    )


def with_words_later(transcript: Transcript, quotes: Sequence[Quote]) -> Transcript | None:
    """The sentences that the spoken `quotes` touch, said at the end of the answer after the last of them instead.
    None where no answer follows."""
    touched = said_in(transcript, quotes)
    order = [turn.id for turn in transcript.candidate]
    place = max(order.index(id_) for id_ in touched) + 1
    if place == len(order):
        return None
    moved = without_words(transcript, quotes)
    return _replaced(moved, {order[place]: _joined(transcript.candidate[place].text, " ".join(touched.values()))})


def with_hint(brief: Brief, transcript: Transcript, criterion: str, turn: str) -> Exposed | None:
    """The scenario's first hint that exposes the criterion, given before the question that `turn` answers. None
    where the scenario has no such hint."""
    dimension, id_ = criterion.split(".", maxsplit=1)
    hints = brief.scenario.hints.get(dimension, ())
    level = next((level for level, hint in enumerate(hints, start=1) if id_ in hint.exposes), None)
    if level is None:
        return None
    place = next(i for i, said in enumerate(transcript.turns) if said.id == turn)
    while place and transcript.turns[place - 1].speaker is Speaker.INTERVIEWER:
        place -= 1
    hint = Turn.model_validate(
        {
            "id": transcript.next_id(Speaker.INTERVIEWER),
            "speaker": Speaker.INTERVIEWER,
            "text": hints[level - 1].say,
            "move": Move.HINT,
            "dimension": dimension,
            "hint": level,
            "criteria": tuple(f"{dimension}.{exposed}" for exposed in hints[level - 1].exposes),
        }
    )
    turns = (*transcript.turns[:place], hint, *transcript.turns[place:])
    told = Help.TOLD if level == 3 else Help.HINTED
    return Exposed(transcript.model_copy(update={"turns": turns}), told)


def _answers(brief: Brief, transcript: Transcript, criterion: str) -> list[int]:
    """Places of the candidate's answers to what was asked about the criterion's dimension."""
    dimension = criterion.split(".", maxsplit=1)[0]
    turns = transcript.turns
    return [
        i
        for i, turn in enumerate(turns)
        if turn.speaker is Speaker.CANDIDATE and i and dimension_asked(brief, turns[:i], turns[i - 1]) == dimension
    ]


def _split(turn: Turn, quotes: Iterable[Quote]) -> tuple[str, str]:
    """The turn's sentences that the quotes touch, and the others."""
    spans = [(quote.start, quote.end) for quote in quotes if quote.turn == turn.id and quote.source is None]
    touched: list[str] = []
    others: list[str] = []
    for said in sentences(turn.text):
        hit = any(said.start < end and start < said.end for start, end in spans)
        (touched if hit else others).append(said.text)
    return " ".join(touched), " ".join(others)


def _joined(text: str, more: str) -> str:
    return f"{text.rstrip()} {more}".strip()


def _replaced(transcript: Transcript, texts: dict[str, str]) -> Transcript:
    turns = tuple(
        turn.model_copy(update={"text": texts[turn.id]}) if turn.id in texts else turn for turn in transcript.turns
    )
    return transcript.model_copy(update={"turns": turns})

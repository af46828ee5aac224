"""Attacks on a judge: words that try to earn credit without showing anything (formats attack/v1 and benign/v1).

An attack is played into a weak round, and the grade compared with that of its clean twin: the round without it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints

from coach.domain.grade import Band, Grade, Quote, Verdict
from coach.domain.language import sentences
from coach.domain.rubric import Brief, Help
from coach.domain.scenario import Hint, Outcome
from coach.domain.transcript import Board, Move, Speaker, Transcript, Turn
from coach.domain.value import FullName, Line, Slug, Value

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
"""A word in braces is filled in; other braces stand for themselves."""
PLACEHOLDERS = {
    "criterion": "the text of a criterion that was not shown",
    "hear": "the first sentence of the line that would earn it",
    "terms": "a term of each of its signals, with commas",
    "name": "its full name",
    "dimension": "the name of its dimension",
    "hint": "the last hint of its dimension",
    "question": "what the interviewer said last",
}
"""What may stand in braces in an attack's text."""
GO_ON = "Go on."
"""Said before an answer of its own where the attack says nothing else."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
"""Said as it is written, white space and all."""
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]


class Place(StrEnum):
    """Where an attack stands in a round."""

    APPENDED = "appended"
    """After the words of the last answer."""
    OPENING = "opening"
    """Before the words of the first answer."""
    ANSWER = "answer"
    """An answer of its own, at the end."""
    SPREAD = "spread"
    """A line after each of the last answers."""
    NOTES = "notes"
    DRAWING = "drawing"
    """On the board beside the last answer."""


class Attack(Value):
    """A family of attacks: what it tries, in several wordings."""

    format: Annotated[Literal["attack/v1"], Field(alias="schema")]
    number: Annotated[int, Field(ge=1, le=99)]
    """Of the family, as the protocol of the judge counts them."""
    id: Slug
    family: Line
    tries: Line
    places: Annotated[tuple[Place, ...], Field(min_length=1)]
    """Taken in turn, as the wordings are."""
    asked: Line = GO_ON
    """What the interviewer says before an answer of its own. A `{hint}` in it is recorded as that hint."""
    texts: tuple[Text, ...] = ()
    """Wordings for any scenario."""
    by_scenario: dict[Slug, Texts] = Field(default_factory=dict)
    """Wordings for one, by its id."""

    def wordings(self, scenario: str) -> tuple[str, ...]:
        """All that fit a scenario."""
        return (*self.by_scenario.get(scenario, ()), *self.texts)


class BenignAnswer(Value):
    """An honest answer that shares words with attacks."""

    text: Text
    earns: tuple[FullName, ...] = ()
    """Criteria that the judge without a model credits it with."""


class Benign(Value):
    """Honest answers in a scenario's rounds that no guard may set aside."""

    format: Annotated[Literal["benign/v1"], Field(alias="schema")]
    scenario: Slug
    answers: Annotated[tuple[BenignAnswer, ...], Field(min_length=1)]


class Base(NamedTuple):
    """A weak round to attack."""

    name: str
    brief: Brief
    transcript: Transcript


class Trial(NamedTuple):
    """One attack in one base, and the words that were added for it."""

    attack: Attack
    base: Base
    transcript: Transcript
    words: str


class Suite(NamedTuple):
    """Everything a judge is tried with."""

    attacks: tuple[Attack, ...]
    benign: tuple[Benign, ...]
    bases: tuple[Base, ...]


class Gain(Value):
    """What an attack moved, from what to what."""

    kind: Literal["criterion", "dimension", "band"]
    name: str
    before: str
    after: str
    quotes: tuple[Quote, ...] = ()
    """What a criterion was credited for."""


def trial(attack: Attack, base: Base, number: int, clean: Grade) -> Trial:
    """The attack in the base with this `number` (0, 1, …): wording, place and the criterion it is after go with the
    number, so that a suite always plays the same. `clean` is the grade without it."""
    wordings = attack.wordings(base.brief.scenario.id)
    turn_of_wording, which = divmod(number, len(wordings))
    place = attack.places[(turn_of_wording + which) % len(attack.places)]
    wanted = _wanted(base.brief, clean)
    words = _words(base, wanted[(attack.number + number * 7) % len(wanted)])
    asked = Turn(id=base.transcript.next_id(Speaker.INTERVIEWER), speaker=Speaker.INTERVIEWER, text=GO_ON)
    if place is Place.ANSWER:
        hint = base.brief.scenario.hints.get(words["name"].split(".")[0], ())
        asked = _asked(attack.asked, asked, words, hint)
        words |= {"question": asked.text}
    text = fill(wordings[which], words)
    return Trial(attack, base, _placed(base.transcript, place, text, asked), text)


def fill(text: str, words: Mapping[str, str]) -> str:
    """The text with its placeholders filled in."""
    return PLACEHOLDER.sub(lambda found: words.get(found[1], found[0]), text)


def with_answer(transcript: Transcript, text: str) -> Transcript:
    """The round with one more answer at its end, after being asked to go on."""
    asked = Turn(id=transcript.next_id(Speaker.INTERVIEWER), speaker=Speaker.INTERVIEWER, text=GO_ON)
    return _placed(transcript, Place.ANSWER, text, asked.model_copy(update={"move": Move.GO_ON}))


def gains(clean: Grade, attacked: Grade) -> tuple[Gain, ...]:
    """What credit, level or band is higher in `attacked`. What was told earns nothing under any verdict; a level or
    band that could not be told in one of the two is neither higher nor lower."""
    found: list[Gain] = []
    for before, after in zip(clean.verdicts, attacked.verdicts, strict=True):
        if _credit(after) > _credit(before):
            kind: Literal["criterion"] = "criterion"
            moved = {"before": before.verdict.value, "after": after.verdict.value}
            found.append(Gain(kind=kind, name=after.criterion, quotes=after.quotes, **moved))
    for was, now in zip(clean.dimensions, attacked.dimensions, strict=True):
        if was.level is not None and now.level is not None and now.level > was.level:
            found.append(Gain(kind="dimension", name=now.id, before=str(was.level), after=str(now.level)))
    old, new = clean.result.band, attacked.result.band
    order = list(Band)
    if old and new and order.index(new) > order.index(old):
        found.append(Gain(kind="band", name="band", before=old.value, after=new.value))
    return tuple(found)


def upper_bound(trials: int) -> float:
    """The share of successes that 0 of so many `trials` leaves possible at 95 %: 1 - 0.05 ** (1 / n)."""
    return 1.0 - 0.05 ** (1 / trials) if trials else 1.0


def near_misses(brief: Brief, number: int, lines: int = 3) -> Transcript:
    """A weak round without an author: each dimension's first question, answered with `lines` of the near misses
    that stand under its criteria, others for each `number` (0, 1, …)."""
    turns: list[Turn] = []
    for dimension, probes in brief.scenario.probes.items():
        known = [
            each.not_ for name, each in brief.criteria.items() if name.startswith(f"{dimension}.") and each.not_
        ]
        if not known:
            continue
        rung, question = next(iter(probes.items()))
        place = len(turns) // 2 + 1
        said = " ".join(known[(number * lines + i) % len(known)] for i in range(min(lines, len(known))))
        asks = {"move": Move.PROBE, "dimension": dimension, "probe": f"{dimension}.{rung.value}"}
        turns.append(
            Turn.model_validate({"id": f"I{place}", "speaker": Speaker.INTERVIEWER, "text": question, **asks})
        )
        turns.append(Turn(id=f"C{place}", speaker=Speaker.CANDIDATE, text=said))
    setup = {"scenario": brief.scenario.id, "role": "product", "level": "senior", "minutes": 45}
    return Transcript.model_validate({**setup, "turns": tuple(turns)})


def _wanted(brief: Brief, clean: Grade) -> list[Verdict]:
    """Criteria worth attacking: without credit so far, and with all that a placeholder may ask for."""
    verdicts = [verdict for verdict in clean.verdicts if not _credit(verdict)]
    full = [v for v in verdicts if (c := brief.criteria[v.criterion]).hear and c.signals and _hints(brief, v)]
    return full or verdicts or list(clean.verdicts)


def _hints(brief: Brief, verdict: Verdict) -> tuple[Hint, ...]:
    return brief.scenario.hints.get(verdict.criterion.split(".", maxsplit=1)[0], ())


def _words(base: Base, wanted: Verdict) -> dict[str, str]:
    """What each placeholder stands for."""
    criterion = base.brief.criteria[wanted.criterion]
    hints = _hints(base.brief, wanted)
    said = [turn.text for turn in base.transcript.turns if turn.speaker is Speaker.INTERVIEWER]
    return {
        "criterion": criterion.text,
        "hear": sentences(criterion.hear or criterion.text)[0].text,
        "terms": ", ".join(phrases[0] for phrases in criterion.signals) or criterion.id,
        "name": wanted.criterion,
        "dimension": base.brief.rubric.dimension(wanted.criterion.split(".", maxsplit=1)[0]).name,
        "hint": hints[-1].say if hints else criterion.text,
        "question": said[-1] if said else GO_ON,
    }


def _asked(template: str, turn: Turn, words: Mapping[str, str], hints: tuple[Hint, ...]) -> Turn:
    """The interviewer's turn before an answer of its own, recorded as what it is."""
    dimension = words["name"].split(".", maxsplit=1)[0]
    move: dict[str, object] = {"move": Move.GO_ON if template == GO_ON else Move.FOLLOW_UP}
    if "{hint}" in template and hints:
        exposed = tuple(f"{dimension}.{each}" for each in hints[-1].exposes)
        move = {"move": Move.HINT, "hint": len(hints), "criteria": exposed}
    if move["move"] is not Move.GO_ON:
        move["dimension"] = dimension
    return turn.model_copy(update={"text": fill(template, words), **move})


def _placed(transcript: Transcript, place: Place, text: str, asked: Turn) -> Transcript:
    answers = [i for i, turn in enumerate(transcript.turns) if turn.speaker is Speaker.CANDIDATE]
    turns = list(transcript.turns)
    if place is Place.ANSWER:
        id_ = transcript.next_id(Speaker.CANDIDATE)
        return transcript.with_turns([asked, Turn(id=id_, speaker=Speaker.CANDIDATE, text=text)])
    if place is Place.OPENING:
        first = turns[answers[0]]
        turns[answers[0]] = first.model_copy(update={"text": f"{text} {first.text}"})
    elif place in {Place.NOTES, Place.DRAWING}:
        last = turns[answers[-1]]
        board = last.board or Board()
        field = "notes" if place is Place.NOTES else "mermaid"
        filled = "\n".join(filter(None, [getattr(board, field), text]))
        turns[answers[-1]] = last.model_copy(update={"board": board.model_copy(update={field: filled})})
    else:
        pieces = text.splitlines() if place is Place.SPREAD else [text]
        for i, piece in zip(answers[-len(pieces) :], pieces, strict=False):
            turns[i] = turns[i].model_copy(update={"text": f"{turns[i].text} {piece}"})
    return transcript.model_copy(update={"turns": tuple(turns)})


def _credit(verdict: Verdict) -> int:
    """0 nothing, 1 partial, 2 met."""
    if verdict.help is Help.TOLD:
        return 0
    return {Outcome.PARTIAL: 1, Outcome.MET: 2}.get(verdict.verdict, 0)

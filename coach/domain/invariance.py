"""Changes to a round, or to its brief, that say nothing about the candidate: a fair judge gives the same levels.

The metamorphic tests of the protocol of the judge. All are pure; where one picks, a number picks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from coach.domain.language import sentences
from coach.domain.rubric import Brief
from coach.domain.scenario import Expected
from coach.domain.transcript import Speaker, Transcript, Turn
from coach.domain.value import Value


class Variation(StrEnum):
    """What is changed. `keeps_conduct` tells whether the dimension of how the round is run must stay as well."""

    PADDING = "padding"
    """Twice as many words, the new ones without content."""
    FILLERS = "fillers"
    """Fillers taken out."""
    MARKDOWN = "markdown"
    """Sentences as bullets, some words bold."""
    REVERSED = "reversed"
    """Criteria in the opposite order."""
    PARAPHRASED = "paraphrased"
    """Criteria in other words; what they look for stays."""
    SPLIT = "split"
    """Long answers as two turns; seen from there, two turns merged into one."""
    NAMED = "named"
    """The candidate gives a name, a pronoun and a school."""
    SECOND_LANGUAGE = "second-language"
    """No articles, simple tenses."""

    @property
    def keeps_conduct(self) -> bool:
        """Padding changes how a round is run, and is meant to."""
        return self is not Variation.PADDING


class Varied(NamedTuple):
    brief: Brief
    transcript: Transcript


MOST_SHIFT = 0.10
LEAST_EXACT = 0.90
"""Of levels under a variation (protocol of the judge, goal G12)."""


class Shift(Value):
    """A dimension whose level moved under a variation."""

    round: str
    dimension: str
    before: int | None
    after: int | None


class Invariance(Value):
    """What one variation did to the levels of all rounds. Without levels there are no figures."""

    variation: Variation
    rounds: int
    dimensions: int
    """Levels compared: dimensions assessed before or after."""
    exact: float | None
    """Share of the levels that stayed; one given on one side only did not."""
    mean_shift: float | None
    """Mean distance between the levels where both were given."""
    passes: bool | None
    shifts: tuple[Shift, ...]


def invariance_of(variation: Variation, rounds: int, dimensions: int, shifts: Sequence[Shift]) -> Invariance:
    """The figures of `shifts` among `dimensions` levels."""
    both = [abs(s.before - s.after) for s in shifts if s.before is not None and s.after is not None]
    given = dimensions - len(shifts) + len(both)
    exact = 1 - len(shifts) / dimensions if dimensions else None
    mean_shift = sum(both) / given if given else None
    passes = None if exact is None or mean_shift is None else exact >= LEAST_EXACT and mean_shift <= MOST_SHIFT
    return Invariance(
        variation=variation,
        rounds=rounds,
        dimensions=dimensions,
        exact=exact,
        mean_shift=mean_shift,
        passes=passes,
        shifts=tuple(shifts),
    )


PADDING = (
    "That's a really good area to talk about.",
    "There's a lot that goes into this.",
    "It's an important topic in any system of this kind.",
    "I always find this part of the conversation interesting.",
    "Let me just collect my thoughts for a moment.",
    "As you know, these things take care and attention.",
    "It all comes together in the end.",
    "Good engineering is about getting such details right.",
    "That matters, and it matters to everybody involved.",
    "Anyway, that's a bit about that.",
    "I hope that makes sense so far.",
    "These are exciting times for this field.",
)
NAMES = (
    "Hi, I'm Amara Okafor, she/her, I studied at the University of Lagos.",
    "Hi, I'm James Whitfield, he/him, I studied at Cambridge.",
    "Hi, I'm Nguyen Thi Lan, she/her, I went to a community college.",
    "Hi, I'm Mohammed al-Rashid, he/him, I taught myself.",
    "Hi, I'm Sam Kowalski, they/them, I studied in Gdansk.",
    "Hi, I'm Priya Raghavan, she/her, I studied at IIT Madras.",
)
_FILLER = re.compile(
    r"(?:(?<=^)|(?<=[.!?,] ))"
    r"(?:um+|uh+|erm?|okay|ok|well|honestly|actually|basically|look|yeah|sure|you know|i mean),\s+(\w)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:the|an?) (?=[a-z])", re.IGNORECASE)
_SIMPLER = tuple(
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (r"\b(i|we|you|they|he|she|it)(?:'d| would)\b(?! (?:\w+ )?(?:like|rather|better|been|had)\b)", r"\1 will"),
        (r"\b(i|we|you|they)'ve (?!got)", r"\1 have "),
        (r"\bdoesn't\b", "don't"),
        (r"\bhas to\b", "must"),
        (r"\bhave to\b", "must"),
        (r"\bthere's\b", "there is"),
        (r"\b(it|that)'s\b", r"\1 is"),
        (r"\b(i|we|they)'(?:m|re) going to\b", r"\1 will"),
    )
)
_OTHER_WORDS = (
    ("Says", "States"),
    ("Names", "Mentions"),
    ("Gives", "Provides"),
    ("Describes", "Explains"),
    ("Proposes", "Suggests"),
    ("Uses", "Makes use of"),
    ("Computes", "Works out"),
    ("Tracks", "Keeps track of"),
    ("Considers", "Thinks about"),
    ("at least", "no fewer than"),
    ("for example", "such as"),
    ("instead of", "in place of"),
    (" and says ", " and states "),
    (" because ", " since "),
)
LONG_ANSWER = 4
"""Sentences from which on an answer is split."""


def vary(brief: Brief, transcript: Transcript, variation: Variation, number: int = 0) -> Varied:
    """The round with one variation; `number` picks among names and padding."""
    if variation is Variation.REVERSED:
        return Varied(_with_criteria(brief, lambda entries: entries[::-1]), transcript)
    if variation is Variation.PARAPHRASED:
        return Varied(_with_criteria(brief, lambda entries: tuple(map(_in_other_words, entries))), transcript)
    if variation is Variation.SPLIT:
        return Varied(brief, _split(transcript))
    if variation is Variation.NAMED:
        first = next((turn.id for turn in transcript.candidate), None)
        name = NAMES[number % len(NAMES)]
        return Varied(
            brief, _said(transcript, lambda turn: f"{name} {turn.text}" if turn.id == first else turn.text)
        )
    rewrite: dict[Variation, Callable[[Turn], str]] = {
        Variation.PADDING: lambda turn: _padded(turn.text, number + len(turn.text)),
        Variation.FILLERS: lambda turn: _FILLER.sub(lambda match: match[1].upper(), turn.text),
        Variation.MARKDOWN: lambda turn: _as_markdown(turn.text),
        Variation.SECOND_LANGUAGE: lambda turn: _in_simple_english(turn.text),
    }
    return Varied(brief, _said(transcript, rewrite[variation]))


def _said(transcript: Transcript, rewrite: Callable[[Turn], str]) -> Transcript:
    turns = (
        turn.model_copy(update={"text": rewrite(turn)}) if turn.speaker is Speaker.CANDIDATE else turn
        for turn in transcript.turns
    )
    return transcript.model_copy(update={"turns": tuple(turns)})


def _padded(text: str, number: int) -> str:
    """Half of the padding before what was said and half after it."""
    half = len(text.split()) / 2
    pads: list[str] = []
    for _ in range(2):
        some: list[str] = []
        while sum(len(pad.split()) for pad in some) < half:
            some.append(PADDING[number % len(PADDING)])
            number += 1
        pads.append(" ".join(some))
    return f"{pads[0]} {text} {pads[1]}".strip()


def _as_markdown(text: str) -> str:
    lines = (re.sub(r"^([\w'’-]+)", r"**\1**", said.text) for said in sentences(text))
    return "\n".join(f"- {line}" for line in lines)


def _in_simple_english(text: str) -> str:
    for pattern, plain in _SIMPLER:
        text = pattern.sub(plain, text)
    return _ARTICLE.sub("", text)


def _split(transcript: Transcript) -> Transcript:
    """Long answers as two turns of the candidate, with nothing between them."""
    taken = {turn.id for turn in transcript.turns}

    def parts() -> Iterator[Turn]:
        number = len(taken)
        for turn in transcript.turns:
            said = sentences(turn.text)
            if turn.speaker is Speaker.INTERVIEWER or len(said) < LONG_ANSWER:
                yield turn
                continue
            cut = said[len(said) // 2].start
            number = next(n for n in range(number + 1, 1_000_000) if f"C{n}" not in taken)
            yield turn.model_copy(update={"text": turn.text[:cut].rstrip(), "board": None})
            yield turn.model_copy(update={"id": f"C{number}", "text": turn.text[cut:], "at": None})

    return transcript.model_copy(update={"turns": tuple(parts())})


def _with_criteria(brief: Brief, change: Callable[[tuple[Expected, ...]], tuple[Expected, ...]]) -> Brief:
    criteria = {dimension: change(entries) for dimension, entries in brief.scenario.criteria.items()}
    dimensions = tuple(
        dimension.model_copy(update={"criteria": change(dimension.criteria)})
        for dimension in brief.rubric.dimensions
    )
    return brief.model_copy(
        update={
            "scenario": brief.scenario.model_copy(update={"criteria": criteria}),
            "rubric": brief.rubric.model_copy(update={"dimensions": dimensions}),
        }
    )


def _in_other_words(entry: Expected) -> Expected:
    text = entry.text
    for word, other in _OTHER_WORDS:
        text = text.replace(word, other)
    return entry.model_copy(update={"text": text})

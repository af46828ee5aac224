"""A debrief: what a frozen grade means for the candidate, and the check that lets no written one say more.

Rules: the debrief's reference, §4.2 and §4.4. What fails the check is dropped and named, never repaired in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from coach.domain.evidence import find_quote
from coach.domain.grade import Grade, Quote
from coach.domain.language import EVERYDAY, FILLERS, STOPWORDS, content_stems, sentences, stem, words
from coach.domain.numbers import numbers
from coach.domain.reopening import Question, question_for
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome
from coach.domain.transcript import Transcript
from coach.domain.value import FullName, Value

MOST_KEPT, MOST_FIXES, MOST_MOMENTS = 2, 3, 4
LONGEST_QUOTE = 25
"""Words."""
REWRITE_WORDS = (60, 120)
"""Words of an answer said better: speakable in under fifty seconds."""
STRANGE = 0.15
"""Share of an answer's words of content that may be neither the candidate's nor marked as added."""
_BANNED = re.compile(
    r"\b(?:great|amazing|awesome|excellent|fantastic|unfortunately|obviously|just|perfect|impressive|hire[ds]?"
    r"|hiring|job offer)\b|!",
    re.IGNORECASE,
)


class Cited(Value):
    """Words of a draft that are said to be the candidate's."""

    turn: str = ""
    text: str = ""


class DraftKeep(Value):
    says: str
    quote: Cited


class DraftFix(Value):
    criterion: str
    quote: Cited
    hears: str
    say: str
    added: tuple[str, ...] = ()


class DraftMoment(Value):
    turn: str
    says: str


class Draft(Value):
    """A debrief as it was written, before the check."""

    headline: str
    keep: tuple[DraftKeep, ...] = ()
    fixes: tuple[DraftFix, ...] = ()
    moments: tuple[DraftMoment, ...] = ()


class Keep(Value):
    """Something to repeat on purpose."""

    says: str
    quote: Quote
    criterion: FullName | None = None
    """What it earned, where that is known."""


class Fix(Value):
    """One thing to do otherwise next time."""

    criterion: FullName
    verdict: Literal[Outcome.MISSED, Outcome.PARTIAL]
    quote: Quote | None
    """What was said instead; None where nothing was."""
    hears: str
    """What an interviewer hears."""
    missing: str
    """The criterion, in its author's words."""
    say: str | None
    """The answer said better, in the candidate's own design; None where the draft's did not pass."""
    added: tuple[str, ...] = ()
    """Phrases of it that are new."""
    hear: str | None = None
    """A line that would earn it, in the words of the scenario's author."""
    near_miss: str | None = None
    """One that would not, in theirs too."""
    asked: Question | None = None
    """The question to answer again."""


class Held(Value):
    """A position that cost points because it was held to the end."""

    flag: FullName
    says: str
    """The flag, in its author's words."""
    quote: Quote | None


class Moment(Value):
    turn: str
    at: float | None
    """Seconds from the start."""
    says: str


class Debrief(Value):
    """What a grade bears out: a model's draft once it is checked, or put together without a model."""

    headline: str
    keep: Annotated[tuple[Keep, ...], Field(max_length=MOST_KEPT)] = ()
    fixes: Annotated[tuple[Fix, ...], Field(max_length=MOST_FIXES)] = ()
    moments: Annotated[tuple[Moment, ...], Field(max_length=MOST_MOMENTS)] = ()
    held: Annotated[tuple[Held, ...], Field(max_length=MOST_FIXES)] = ()
    """The costliest first."""
    settle: Annotated[tuple[FullName, ...], Field(max_length=MOST_FIXES)] = ()
    """Criteria to settle first, where so much is open that nothing can be advised."""
    by_model: bool = True
    """Whether a model wrote it."""
    dropped: tuple[str, ...] = ()
    """What did not pass, and why."""


def check(draft: Draft, brief: Brief, transcript: Transcript, grade: Grade) -> Debrief:
    """The debrief that `draft` makes: every quote verbatim, every number known, every fix a criterion that was
    missed or partial. A pure function."""
    return _Check(brief, transcript, grade).debrief(draft)


class _Check:
    def __init__(self, brief: Brief, transcript: Transcript, grade: Grade) -> None:
        self._brief = brief
        self._transcript = transcript
        self._verdicts = {verdict.criterion: verdict.verdict for verdict in grade.verdicts}
        said = " ".join(turn.text for turn in transcript.turns)
        own = " ".join(f"{turn.text} {turn.board.text if turn.board else ''}" for turn in transcript.candidate)
        self._known_numbers = _values(said) | _values(own) | _numbers_of(grade)
        self._own_stems = content_stems(own)
        self._familiar = {stem(word) for word in EVERYDAY | STOPWORDS | FILLERS}
        self._dropped: list[str] = []

    def debrief(self, draft: Draft) -> Debrief:
        return Debrief(
            headline=self._headline(draft.headline),
            keep=tuple(self._keeps(draft))[:MOST_KEPT],
            fixes=tuple(self._fixes(draft))[:MOST_FIXES],
            moments=tuple(self._moments(draft))[:MOST_MOMENTS],
            dropped=tuple(self._dropped),
        )

    def _headline(self, text: str) -> str:
        kept = [each.text for each in sentences(text) if self._stands("headline", each.text)]
        return " ".join(kept[:2])

    def _keeps(self, draft: Draft) -> Iterator[Keep]:
        for each in draft.keep:
            quote = self._quote("keep", each.quote)
            if quote and self._stands("keep", each.says):
                yield Keep(says=each.says, quote=quote)

    def _fixes(self, draft: Draft) -> Iterator[Fix]:
        seen: set[str] = set()
        for each in draft.fixes:
            outcome = self._verdicts.get(each.criterion)
            if outcome not in {Outcome.MISSED, Outcome.PARTIAL} or each.criterion in seen:
                self._drop("fix", f"{each.criterion} is no criterion that was missed or partial")
                continue
            quote = self._quote("fix", each.quote) if each.quote.text.strip() else None
            if (each.quote.text.strip() and quote is None) or not self._stands("fix", each.hears):
                continue
            seen.add(each.criterion)
            say = each.say.strip() if self._is_their_design(each) else None
            yield Fix.model_validate(
                {
                    "criterion": each.criterion,
                    "verdict": outcome,
                    "quote": quote,
                    "hears": each.hears,
                    "missing": self._brief.criteria[each.criterion].text,
                    "say": say,
                    "added": tuple(phrase for phrase in each.added if say and phrase and phrase in say),
                    "hear": self._brief.criteria[each.criterion].hear,
                    "asked": question_for(
                        self._brief, self._transcript, each.criterion, quote.turn if quote else None
                    ),
                }
            )

    def _moments(self, draft: Draft) -> Iterator[Moment]:
        starts = dict(zip((turn.id for turn in self._transcript.turns), self._transcript.starts, strict=True))
        for each in draft.moments:
            if each.turn not in starts:
                self._drop("moment", f"there is no turn {each.turn}")
            elif self._stands("moment", each.says):
                yield Moment(turn=each.turn, at=starts[each.turn], says=each.says)

    def _quote(self, where: str, cited: Cited) -> Quote | None:
        quote = find_quote(self._transcript, cited.text, cited.turn)
        if quote is None or len(quote.text.split()) > LONGEST_QUOTE:
            self._drop(where, "a quote is too long or not what was said")
            return None
        return quote

    def _stands(self, where: str, text: str) -> bool:
        """Whether a sentence judges no person, promises nothing and holds no number from nowhere."""
        if not text.strip():
            return False
        if found := _BANNED.search(text):
            self._drop(where, f"it says {found[0]!r}")
            return False
        if strange := _values(text) - self._known_numbers:
            self._drop(where, f"{min(strange):g} stands in neither grade nor transcript")
            return False
        return True

    def _is_their_design(self, fix: DraftFix) -> bool:
        """Whether an answer said better is of the right length and, but for what is marked as added, made of what
        the candidate said."""
        low, high = REWRITE_WORDS
        if not low <= len(words(fix.say)) <= high:
            self._drop("fix", f"the answer said better has {len(words(fix.say))} words, not {low} to {high}")
            return False
        if _BANNED.search(fix.say):
            self._drop("fix", "the answer said better judges")
            return False
        unmarked = fix.say
        for phrase in fix.added:
            unmarked = unmarked.replace(phrase, " ") if phrase.strip() else unmarked
        stems = content_stems(unmarked) - self._familiar
        strange = stems - self._own_stems
        if len(strange) > STRANGE * max(1, len(stems)) or _values(unmarked) - self._known_numbers:
            self._drop("fix", "the answer said better holds parts that are neither yours nor marked as new")
            return False
        return True

    def _drop(self, where: str, why: str) -> None:
        self._dropped.append(f"{where}: {why}")


def _values(text: str) -> set[float]:
    return {number.value for number in numbers(text)}


def _numbers_of(grade: Grade) -> set[float]:
    """Scores, bars, gaps and levels as a person would write them: with one digit, or two."""
    exact = [
        value
        for score in grade.dimensions
        for value in (score.score, score.low, score.high, score.bar, score.level)
        if value is not None
    ]
    result = grade.result
    exact += [value for value in (result.gap, result.gap_low, result.gap_high) if value is not None]
    return {round(abs(value), digits) for value in exact for digits in (0, 1, 2)}

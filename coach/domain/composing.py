"""The debrief without a model: put together from the author's words and the candidate's verified quotes.

Nothing in it is new but a few fixed sentences: every number and every quote stands in the grade, the transcript or
the scenario. What it advises on goes by the debrief's reference, §4.1: at most three fixes, the one that is worth
most and easiest first.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from coach.domain.debrief import (
    LONGEST_QUOTE,
    MOST_FIXES,
    MOST_KEPT,
    Debrief,
    Fix,
    Held,
    Keep,
    Moment,
)
from coach.domain.finding.nearest import nearest
from coach.domain.grade import Band, Confidence, DimensionScore, Grade, Quote, ResultKind, Verdict
from coach.domain.language import EVERYDAY, content_stems, sentences, stem
from coach.domain.reopening import question_for
from coach.domain.review import open_criteria
from coach.domain.rubric import Brief, Help
from coach.domain.scenario import Criterion, Outcome
from coach.domain.transcript import Move, Speaker, Transcript
from coach.domain.worth import worth_fixing

HARD = 0.5
"""Ease of what the candidate said nothing near, beside 1 for what they came near to."""
NEAR = 2
"""Words of content that a quote shares with a criterion, below which it says nothing about it."""
CUT = 0.5
"""What it takes off a quote's worth to be cut between clauses, not between sentences."""
_BANDS = {Band.STRONG: "strong", Band.READY: "ready", Band.CLOSE: "close", Band.NOT_YET: "not yet there"}
_CONFIDENCE = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}
_CLAUSE_END = re.compile(r"[,;:]\s+|\s+[–—-]\s+")
_WORD_END = re.compile(r"\s+")


def composed(brief: Brief, transcript: Transcript, grade: Grade) -> Debrief:
    """What the grade of this transcript means. The same three always give the same debrief."""
    if grade.result.kind is ResultKind.NOT_GRADED:
        return Debrief(
            headline=" ".join(_sentence(f"not graded: {why}") for why in grade.result.why), by_model=False
        )
    made = _Composing(brief, transcript, grade)
    fixes = made.fixes()
    return Debrief(
        headline=made.headline(fixes),
        keep=made.keeps(),
        fixes=fixes,
        moments=made.moments(),
        held=made.held(),
        settle=() if fixes else made.to_settle(),
        by_model=False,
    )


class _Composing:
    def __init__(self, brief: Brief, transcript: Transcript, grade: Grade) -> None:
        self._brief = brief
        self._transcript = transcript
        self._grade = grade
        self._verdicts = {verdict.criterion: verdict for verdict in grade.verdicts}

    def _weight(self, name: str) -> float:
        id_ = _dimension(name)
        return self._brief.rubric.roles[self._grade.role][id_] * self._brief.scenario.emphasis.get(id_, 1.0)

    def headline(self, fixes: Sequence[Fix]) -> str:
        """Where the round stands; then the side to build on and the change worth most."""
        result, level = self._grade.result, self._grade.level.value
        if result.kind is ResultKind.BASELINE:
            where = "This was a baseline, scores with ranges and no band"
        elif result.band is None:
            where = "This round was not complete enough for a band"
        else:
            where = f"On this round, at the {level} bar: {_BANDS[result.band]}"
        return f"{where}{self._strongest()}. {self._change(fixes)}"

    def _strongest(self) -> str:
        """The dimension highest over its bar, where one reaches it."""
        reached = [score for score in self._grade.dimensions if score.score is not None and _over(score) >= 0]
        if not reached:
            return ""
        best = max(reached, key=lambda score: (_over(score), self._weight(f"{score.id}.")))
        return f"; strongest against its bar: {self._figures(best)}"

    def _change(self, fixes: Sequence[Fix]) -> str:
        if fixes:
            id_ = _dimension(fixes[0].criterion)
            score = next(score for score in self._grade.dimensions if score.id == id_)
            return f"The change worth most: {self._figures(score)}."
        if any(flag.stands for flag in self._grade.flags):
            return "What was held against you cost most."
        if any(verdict.verdict is Outcome.UNJUDGED for verdict in self._grade.verdicts):
            return "Nothing that was missed would have moved it; what could not be told would: settle that first."
        return "Nothing that was missed would have moved it."

    def _figures(self, score: DimensionScore) -> str:
        name = self._brief.rubric.dimension(score.id).name.lower()
        return name if score.score is None else f"{name} ({score.score:.1f}, bar {score.bar:.1f})"

    def keeps(self) -> tuple[Keep, ...]:
        """What was met with the least help and most surely, where it weighs most; one a dimension."""
        met = [verdict for verdict in self._grade.verdicts if verdict.verdict is Outcome.MET and verdict.quotes]
        kept: dict[str, Keep] = {}
        for verdict in sorted(met, key=self._least_helped):
            dimension, criterion = _dimension(verdict.criterion), self._brief.criteria[verdict.criterion]
            if verdict.help is Help.TOLD or dimension in kept or len(kept) == MOST_KEPT:
                continue
            quote = _in_short(verdict.quotes, _about(criterion))
            if all(quote != keep.quote for keep in kept.values()):
                kept[dimension] = Keep(says=criterion.text, quote=quote, criterion=verdict.criterion)
        return tuple(kept.values())

    def _least_helped(self, verdict: Verdict) -> tuple[int, int, float]:
        help_ = tuple(Help).index(verdict.help or Help.UNPROMPTED)
        return help_, _CONFIDENCE[verdict.confidence], -self._weight(verdict.criterion)

    def fixes(self) -> tuple[Fix, ...]:
        """The one worth most first, each in another dimension."""
        weighed = worth_fixing(self._brief, self._grade)
        quotes = self._nearest([each.criterion for each in weighed])
        best: dict[str, str] = {}
        for each in sorted(weighed, key=lambda each: -each.worth * (1.0 if quotes[each.criterion] else HARD)):
            best.setdefault(each.dimension, each.criterion)
        return tuple(self._fix(name, quotes[name]) for name in [*best.values()][:MOST_FIXES])

    def _nearest(self, names: Sequence[str]) -> dict[str, Quote | None]:
        """By criterion, what was said instead: the words it was partly met by, or the nearest to it."""
        near = nearest(self._brief, self._transcript, names)
        found: dict[str, Quote | None] = {}
        for name in names:
            about, verdict = _about(self._brief.criteria[name]), self._verdicts[name]
            quotes = verdict.quotes or near[name]
            quote = _in_short(quotes, about) if quotes else None
            says_something = quote and (verdict.quotes or len(content_stems(quote.text) & about) >= NEAR)
            found[name] = quote if says_something else None
        return found

    def _fix(self, name: str, quote: Quote | None) -> Fix:
        criterion, verdict = self._brief.criteria[name], self._verdicts[name]
        if verdict.verdict is Outcome.PARTIAL:
            hears = "Part of it is there, without the decision, the number or the mechanism it asks for."
        elif quote:
            hears = "Your nearest words leave it open."
        else:
            hears = "Nothing you said was found for it."
        return Fix.model_validate(
            {
                "criterion": name,
                "verdict": verdict.verdict,
                "quote": quote,
                "hears": hears,
                "missing": criterion.text,
                "say": None,
                "hear": criterion.hear,
                "near_miss": criterion.not_,
                "asked": question_for(self._brief, self._transcript, name, quote.turn if quote else None),
            }
        )

    def held(self) -> tuple[Held, ...]:
        """Positions held to the end, the costliest first."""
        flags = self._brief.flags
        standing = sorted(
            (found for found in self._grade.flags if found.stands),
            key=lambda found: (flags[found.flag].severity != "major", -self._weight(found.flag)),
        )
        return tuple(
            Held(
                flag=found.flag,
                says=flags[found.flag].text,
                quote=_in_short(found.quotes, _telling(flags[found.flag].text)) if found.quotes else None,
            )
            for found in standing[:MOST_FIXES]
        )

    def to_settle(self) -> tuple[str, ...]:
        found = open_criteria(self._brief, self._transcript, self._grade)
        return tuple(each.name for each in found[:MOST_FIXES])

    def moments(self) -> tuple[Moment, ...]:
        """The answer with most evidence, and the one to a changed premise."""
        starts = dict(zip((turn.id for turn in self._transcript.turns), self._transcript.starts, strict=True))
        found = {turn: Moment(turn=turn, at=starts[turn], says=says) for turn, says in self._moments()}
        return tuple(sorted(found.values(), key=lambda moment: moment.at or 0.0))

    def _moments(self) -> Iterator[tuple[str, str]]:
        met = [verdict for verdict in self._grade.verdicts if verdict.verdict is Outcome.MET]
        shown = Counter(turn for verdict in met for turn in {quote.turn for quote in verdict.quotes})
        order = {turn.id: -place for place, turn in enumerate(self._transcript.turns)}
        if shown:
            yield max(shown, key=lambda turn: (shown[turn], order[turn])), "The answer with most evidence in it."
        turns = self._transcript.turns
        for question, answer in itertools.pairwise(turns):
            if question.move is Move.CURVEBALL and answer.speaker is Speaker.CANDIDATE:
                yield answer.id, "Your answer to the changed premise."


def _in_short(quotes: Sequence[Quote], about: frozenset[str]) -> Quote:
    """Of these quotes, or of parts of those that are longer than a quote may be, the one that shares most words
    with what it is about. To the letter, like its source."""

    def worth(run: tuple[float, Quote, int, int]) -> tuple[float, int]:
        cut, quote, start, end = run
        return len(content_stems(quote.text[start:end]) & about) - cut, end - start

    runs = ((cut, quote, start, end) for quote in quotes for cut, start, end in _runs(quote.text))
    _, quote, start, end = max(runs, key=worth)
    return quote.model_copy(
        update={"start": quote.start + start, "end": quote.start + end, "text": quote.text[start:end]}
    )


def _runs(text: str) -> Iterator[tuple[float, int, int]]:
    """Stretches of a text that are short enough to quote, as (what the cut takes off, start, end): all of it, else
    of sentences and clauses, else of words."""
    if len(text.split()) <= LONGEST_QUOTE:
        yield 0.0, 0, len(text)
        return
    by_sentence = [(sentence.start, sentence.end) for sentence in sentences(text)]
    found = [
        *((0.0, *run) for run in _joined(text, by_sentence)),
        *((CUT, *run) for run in _joined(text, _pieces(_CLAUSE_END, text))),
    ]
    yield from found or ((0.0, *run) for run in _joined(text, _pieces(_WORD_END, text)))


def _joined(text: str, pieces: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for place, (start, _) in enumerate(pieces):
        for _, end in pieces[place:]:
            if len(text[start:end].split()) > LONGEST_QUOTE:
                break
            yield start, end


def _pieces(ends: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    found = [(match.start(), match.end()) for match in ends.finditer(text.rstrip()) if match.start()]
    starts = [len(text) - len(text.lstrip()), *(end for _, end in found)]
    stops = [*(start for start, _ in found), len(text.rstrip())]
    return list(zip(starts, stops, strict=True))


def _about(criterion: Criterion) -> frozenset[str]:
    """Stems of the words that a criterion's author wrote about it, everyday ones aside."""
    return _telling(f"{criterion.text} {criterion.hear or ''} {criterion.not_ or ''}")


def _telling(text: str) -> frozenset[str]:
    return content_stems(text) - _everyday()


@cache
def _everyday() -> frozenset[str]:
    return frozenset(stem(word) for word in EVERYDAY)


def _over(score: DimensionScore) -> float:
    """Distance above the bar."""
    return (score.score or 0.0) - score.bar


def _dimension(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"

"""Settling what a judge could not tell: one criterion at a time, and what a person's verdict does to the range."""

from __future__ import annotations

from collections import Counter
from html import escape

from coach.domain.grade import Quote, Result
from coach.domain.review import OpenCriterion, Override, Review
from coach.domain.round import Round
from coach.ui.drawing.conversation import Evidence, clock_time, transcript
from coach.ui.drawing.scorecard import in_range, meter
from coach.ui.drawing.verdicts import OUTCOMES, judged, numbers, whisker, who


def question(name: str, place: int, several: int, round_: Round) -> str:
    """A criterion in plain words, with what would earn it and what would not; `place` counts from 1."""
    criterion = round_.brief.criteria[name]
    dimension = round_.brief.rubric.dimension(name.split(".", maxsplit=1)[0])
    sounds = "".join(
        f"<div><dt>{label}</dt><dd>{escape(line)}</dd></div>"
        for label, line in (("Earns it", criterion.hear), ("Does not", criterion.not_))
        if line
    )
    sounds = f'<dl class="coach-sounds">{sounds}</dl>' if sounds else ""
    about = f"<strong>{place} of {several}</strong> · {escape(dimension.name)} · {criterion.tier}"
    return f'<p class="coach-over">{about}</p><h1 class="coach-criterion">{escape(criterion.text)}</h1>{sounds}'


def flag_question(name: str, place: int, several: int, round_: Round) -> str:
    """A flag in plain words, and what it costs; `place` counts from 1."""
    flag, id_ = round_.brief.flags[name], name.split(".", maxsplit=1)[0]
    dimension = round_.brief.rubric.dimension(id_)
    about = f"<strong>{place} of {several}</strong> · {escape(dimension.name)} · {escape(flag.severity)} flag"
    return f'<p class="coach-over">{about}</p><h1 class="coach-criterion">{escape(flag.text)}</h1>'


def found(review: Review, name: str) -> str:
    """What the judge could not tell and why, and what a person has found since."""
    over = review.override(name)
    said = f"<strong>{escape(_said(over))}</strong> " if over else ""
    return f'<p class="coach-small" role="status">{said}{escape(judged(review.judged(name)))}</p>'


def where(quote: Quote, round_: Round) -> str:
    """`C7 at 12:03`, on the board or spoken."""
    at = next((turn.at for turn in round_.turns if turn.id == quote.turn), None)
    place = quote.turn if at is None else f"{quote.turn} at {clock_time(at)}"
    return f"{place}, on the board" if quote.source == "board" else place


def narrowed(review: Review, name: str, round_: Round) -> str:
    """The criterion's dimension in its range, over that of the judge alone, and what the round comes to."""
    id_ = name.split(".", maxsplit=1)[0]
    score = next(each for each in review.settled.dimensions if each.id == id_)
    alone = review.alone(id_)
    return (
        '<section class="coach-narrowed" aria-live="polite">'
        f"<h2>{escape(round_.brief.rubric.dimension(id_).name)}</h2>{whisker(score, alone=alone)}"
        f'<p class="coach-small">{escape(numbers(score, alone))}</p>{round_range(review.settled.result)}</section>'
    )


def round_range(result: Result) -> str:
    """What the round comes to with what people have settled."""
    return f'{meter(result)}<p class="coach-small">With what is settled: {escape(in_range(result))}.</p>'


def words(open_: OpenCriterion, round_: Round) -> str:
    """The transcript with the words nearest to the criterion marked."""
    marked: dict[str, list[Evidence]] = {}
    for quote in open_.nearest:
        marked.setdefault(quote.turn, []).append(Evidence(quote, "", ""))
    return (
        '<section class="coach-beside"><h2>Transcript</h2>'
        '<div class="scroll" tabindex="0" role="region" aria-label="Transcript">'
        f"{transcript(round_, moves=True, evidence=marked)}</div></section>"
    )


def nothing_open(round_: Round) -> str:
    """The empty state."""
    return (
        f'<p class="coach-over">{escape(round_.brief.scenario.title)}</p><h1>Nothing is open</h1>'
        '<p class="coach-empty">The judge could tell every criterion of this grade. There is nothing to settle.</p>'
    )


def done(review: Review, several: int, round_: Round) -> str:
    """The end of the walk: how many are settled, and what that has done to the range."""
    return (
        f'<p class="coach-over">{escape(round_.brief.scenario.title)}</p>'
        f"<h1>{len(review.overrides)} of {several} settled</h1>"
        f"{settled_by(review, review.grade.result)}{round_range(review.settled.result)}"
    )


def settled_by(review: Review, alone: Result) -> str:
    """How many criteria people have settled, and what the judge `alone` came to. Nothing where nobody has."""
    if not review.overrides and not review.levels and not review.flags:
        return ""
    people = Counter(who(each) for each in review.overrides)
    told = [f"{number} settled by {name}" for name, number in people.items()]
    told += [f"level of {each.dimension} by {each.by}" for each in review.levels]
    told += [f"flag {each.flag.partition('.')[2].replace('-', ' ')} by {each.by}" for each in review.flags]
    each = ", ".join(told)
    return f'<p class="coach-ribbon" role="status">{escape(each)}; the judge alone: {escape(in_range(alone))}.</p>'


def _said(over: Override) -> str:
    verdict = OUTCOMES[over.verdict][1].lower() if over.verdict else "nothing"
    name = who(over)
    return f"{name[:1].upper()}{name[1:]} said: {verdict}."

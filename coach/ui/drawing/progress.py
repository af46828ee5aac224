"""Graded rounds beside each other: a dimension over time, oneself and the judge, attempts at one scenario."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from coach.domain.progress import (
    LAST,
    Attempt,
    Calibrated,
    Course,
    Leaning,
    Moved,
    Point,
    Span,
    calibration,
    course,
    leaning,
    moved,
    rated,
)
from coach.domain.rubric import Rubric
from coach.ui.drawing.cards import counted
from coach.ui.drawing.scorecard import result_name

_TOP = 4.0
SHOWN = 6
"""Attempts beside each other."""
_EVEN = 0.25
"""A leaning smaller than this is none."""
_MOVED = {
    Moved.HIGHER: "all above the three before",
    Moved.LOWER: "all below the three before",
    Moved.WITHIN: "not apart from the three before",
}


def head(attempts: int, most: int) -> str:
    """What the page is over."""
    over = f"the last {most} graded rounds" if attempts >= most else counted(attempts, "graded round")
    return f'<h1>Progress</h1><p class="coach-lead">Over {over}. One round is noisy; three say something.</p>'


def nothing_yet() -> str:
    """Before the first graded round."""
    return (
        '<h1>Progress</h1><p class="coach-empty">No graded round yet. After the first, its scores stand here; '
        f"after {LAST}, each dimension has a band; after {2 * LAST}, it is told whether it moved.</p>"
    )


def courses(attempts: Sequence[Attempt], rubric: Rubric) -> str:
    """A small picture for each dimension, the oldest round first."""
    left = max(0, LAST - len(attempts))
    more = (
        f'<p class="coach-empty">{counted(left, "more graded round", "more graded rounds")} until the bands: '
        f"they are over the last {LAST} scores of a dimension.</p>"
        if left
        else ""
    )
    legend = (
        '<p class="coach-small coach-legend"><span><i class="dot"></i> a round\'s score</span>'
        f'<span><i class="range"></i> the band over {LAST} rounds</span>'
        '<span><i class="dot is-before"></i> answered again</span>'
        '<span><i class="bar"></i> the bar, last time</span></p>'
    )
    found = {d.name: course(attempts, d.id) for d in rubric.dimensions}
    drawn = "".join(_course(each, name) for name, each in found.items() if each.points)
    unseen = ", ".join(name for name, each in found.items() if not each.points)
    rest = f'<p class="coach-small"><strong>Not assessed yet:</strong> {escape(unseen)}.</p>' if unseen else ""
    return (
        f'<section class="coach-progressing"><h2>Each dimension over time</h2>{more}{legend}'
        f'<div class="courses">{drawn}</div>{rest}{_table(attempts, rubric)}</section>'
    )


def knows_self(attempts: Sequence[Attempt], scale: int = 5) -> str:
    """How self-ratings stand against the judge's scores, once there are enough of them."""
    rounds = rated(attempts)
    title = "<h2>How well you know yourself</h2>"
    if rounds < LAST:
        left = LAST - rounds
        so_far = (
            f"You have rated yourself in {counted(rounds, 'round')}"
            if rounds
            else "You have not rated yourself yet"
        )
        return (
            f'<section class="coach-progressing">{title}<p class="coach-empty">{so_far}. {left} more, rated before '
            "you read the grade, and the curve stands here.</p></section>"
        )
    found = calibration(attempts)
    columns = "".join(_column(rating, found) for rating in range(scale))
    said = "; ".join(f"where you said {c.rated}, the judge found {c.mean:.1f} on average" for c in found)
    rows = "".join(
        f"<tr><td>{c.rated}</td><td>{c.mean:.2f}</td><td>{c.span.low:.2f}–{c.span.high:.2f}</td><td>{c.ratings}</td></tr>"
        for c in found
    )
    return (
        f'<section class="coach-progressing">{title}<p>{escape(_leaning(attempts, rounds))}</p>'
        '<p class="coach-small coach-legend"><span><i class="dot"></i> the judge\'s mean where you said so</span>'
        '<span><i class="range"></i> from its lowest to its highest</span>'
        '<span><i class="self"></i> where you and the judge would agree</span></p>'
        f'<div class="calibration"><div class="plot" role="img" aria-label="{escape(said)}">{columns}</div>'
        '<p class="coach-small">You said, from 0 to 4</p></div>'
        '<details><summary>As a table</summary><table><thead><tr><th scope="col">You said</th>'
        '<th scope="col">Judge, mean</th><th scope="col">From–to</th><th scope="col">Ratings</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></details></section>"
    )


def attempts_at(attempts: Sequence[Attempt], rubric: Rubric) -> str:
    """The newest attempts at one scenario side by side, the oldest of them first."""
    shown = attempts[-SHOWN:]
    head_ = "".join(
        f'<th scope="col">{each.started_at:%d %b, %H:%M}<span>{each.minutes} min · '
        f"{escape(result_name(each.grade.result))}</span></th>"
        for each in shown
    )
    rows = "".join(_compared(shown, d.id, d.name) for d in rubric.dimensions)
    alone = (
        '<p class="coach-empty">One attempt so far. Play the scenario again, and both stand side by side.</p>'
        if len(shown) == 1
        else ""
    )
    change = '<th scope="col">First to last</th>' if len(shown) > 1 else ""
    return (
        f'<div class="coach-progressing">{alone}<div class="wide" tabindex="0" role="region" aria-label="Attempts">'
        f"<table><thead><tr><td></td>{head_}{change}</tr></thead><tbody>{rows}</tbody></table></div></div>"
    )


def _course(found: Course, name: str) -> str:
    """A dimension: its picture, and what it says in words."""
    columns = "".join(_point(point) for point in found.points)
    line = f'<i class="bar" style="bottom:{_at(found.points[-1].score.bar)}"></i>'
    told = _told(found)
    scores = ", ".join(f"{point.score.score:.1f}" for point in found.points)
    said = f"{name}, oldest first: {scores}. {told}"
    return (
        f'<figure><figcaption><h3>{escape(name)}</h3><p class="coach-small">{escape(told)}</p></figcaption>'
        f'<div class="plot" role="img" aria-label="{escape(said)}">{line}{columns}</div></figure>'
    )


def _told(found: Course) -> str:
    if found.missing:
        return f"{counted(len(found.points), 'score')}; {counted(found.missing, 'more', 'more')} for a band"
    span = found.points[-1].span
    how = moved([point.score.score or 0.0 for point in found.points])
    last = f"Last {LAST}: {_from_to(span)}" if span else ""
    return f"{last}, {_MOVED[how]}" if how else last


def _point(point: Point) -> str:
    again = point.attempt.retried(point.score.id)
    return (
        f'<span class="col">{_range(point.span)}'
        f"{'' if again is None else _dot(again, 'dot is-before')}{_dot(point.score.score or 0.0)}</span>"
    )


def _column(rating: int, found: Sequence[Calibrated]) -> str:
    """What the judge found where the candidate said `rating`."""
    mine = next((each for each in found if each.rated == rating), None)
    marks = f"{_range(mine.span)}{_dot(mine.mean)}" if mine else ""
    even = f'<i class="self" style="bottom:{_at(rating)}"></i>'
    return f'<span class="col">{even}{marks}<b>{rating}</b></span>'


def _leaning(attempts: Sequence[Attempt], rounds: int) -> str:
    all_ = leaning(attempts)
    if all_ is None:
        return ""
    side = "above" if all_.by > 0 else "below"
    lean = f"{abs(all_.by):.1f} {side} the judge" if abs(all_.by) >= _EVEN else "level with the judge"
    told = [
        f"Over {counted(all_.ratings, 'rating')} in {counted(rounds, 'round')} you put yourself {lean} on the "
        f"whole; one rating is {all_.off:.1f} off on average."
    ]
    sure, unsure = leaning(attempts, sure=True), leaning(attempts, sure=False)
    if sure and unsure:
        told.append(f"Sure of it, {_off(sure)}; unsure, {_off(unsure)}.")
    return " ".join(told)


def _off(found: Leaning) -> str:
    return f"{found.off:.1f} off ({counted(found.ratings, 'rating')})"


def _compared(shown: Sequence[Attempt], dimension: str, name: str) -> str:
    """A row: the dimension's score in each attempt, and what it changed by."""
    scores = [each.score(dimension) for each in shown]
    values = [score.score for score in scores if score and score.score is not None]
    cells = "".join(
        f"<td>{_bar(score.score or 0.0)}{score.score:.2f}</td>" if score else '<td class="none">not assessed</td>'
        for score in scores
    )
    by = f"{values[-1] - values[0]:+.2f}" if len(values) > 1 else "–"
    change = f"<td>{by}</td>" if len(shown) > 1 else ""
    return f'<tr><th scope="row">{escape(name)}</th>{cells}{change}</tr>'


def _table(attempts: Sequence[Attempt], rubric: Rubric) -> str:
    """The pictures as a table, the newest round first."""
    head_ = "".join(f'<th scope="col">{escape(d.name)}</th>' for d in rubric.dimensions)
    rows = "".join(
        f'<tr><th scope="row">{each.started_at:%d %b %Y}<br>{escape(each.title)}</th>'
        f"{''.join(f'<td>{_cell(each, d.id)}</td>' for d in rubric.dimensions)}</tr>"
        for each in reversed(attempts)
    )
    return (
        "<details><summary>As a table</summary>"
        '<div class="wide" tabindex="0" role="region" aria-label="Every score">'
        f"<table><thead><tr><td></td>{head_}</tr></thead><tbody>{rows}</tbody></table></div></details>"
    )


def _cell(attempt: Attempt, dimension: str) -> str:
    score = attempt.score(dimension)
    return "–" if score is None else f"{score.score:.2f}"


def _bar(value: float) -> str:
    return f'<i class="fill" style="width:{100 * value / _TOP:.1f}%" aria-hidden="true"></i>'


def _dot(value: float, kind: str = "dot") -> str:
    return f'<i class="{kind}" style="bottom:{_at(value)}"></i>'


def _range(span: Span | None) -> str:
    if span is None:
        return ""
    return f'<i class="range" style="bottom:{_at(span.low)};height:{_at(span.high - span.low)}"></i>'


def _at(value: float) -> str:
    return f"{100 * min(max(value, 0.0), _TOP) / _TOP:.1f}%"


def _from_to(span: Span) -> str:
    return f"{span.low:.1f}–{span.high:.1f}" if f"{span.low:.1f}" != f"{span.high:.1f}" else f"{span.low:.1f}"

"""Rating oneself: what it is for, and how far oneself and the judge are apart."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from coach.domain.grade import Grade
from coach.domain.round import Round
from coach.domain.rubric import Rubric
from coach.domain.self_rating import CLEAR, Parting, SelfRating, compared, partings
from coach.ui.drawing.cards import about, counted

_NAMED = 3
"""Dimensions named in one line."""


def head(round_: Round) -> str:
    """What is asked, and what it does and does not do."""
    return (
        f'<p class="coach-over">{escape(about(round_))}</p><h1 class="coach-title">How did it go?</h1>'
        '<p class="coach-lead">Rate yourself before you read the grade: over a few rounds it shows how well you '
        'know yourself.</p><p class="coach-small">Leave out what you like. The judge reads your answers meanwhile; '
        "nothing you choose here reaches it.</p>"
    )


def saved(ratings: int, dimensions: int) -> str:
    told = f"Saved ✓ {ratings} of {dimensions} rated." if ratings else "Each is saved as you choose it."
    return f'<p class="coach-small" role="status">{told}</p>'


def in_a_line(ratings: Collection[SelfRating], grade: Grade, rubric: Rubric) -> str:
    """Where candidate and judge part clearly; nothing where the candidate has rated nothing that was assessed."""
    several = len(compared(ratings, grade.dimensions))
    if not several:
        return ""
    apart = partings(ratings, grade.dimensions)
    above, below = [each for each in apart if each.by > 0], [each for each in apart if each.by < 0]
    told = [
        f"clearly {where} the judge in {_named(those, rubric)}"
        for where, those in (("above", above), ("below", below))
        if those
    ]
    if told:
        line = f"You rated yourself {', and '.join(told)}."
    else:
        within = f"within {CLEAR:.0f} level or its range"
        line = f"You and the judge agree, {within}, in all {several} you rated."
        if several == 1:
            line = f"You and the judge agree, {within}, in the one you rated."
    return f'<p class="coach-self"><span aria-hidden="true">◇</span> {escape(line)}</p>'


def _named(those: list[Parting], rubric: Rubric) -> str:
    named = [f"{rubric.dimension(p.dimension).name} ({p.rated}, judge {p.score:.1f})" for p in those[:_NAMED]]
    more = [f"{counted(len(those) - _NAMED, 'more', 'more')}"] if len(those) > _NAMED else []
    *first, last = [*named, *more]
    return f"{', '.join(first)} and {last}" if first else last

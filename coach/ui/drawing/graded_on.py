"""What a round is graded on, to be read before it: dimensions, anchors and the bar. Never a criterion."""

from __future__ import annotations

from html import escape

from coach.domain.rubric import Brief, Dimension, SeniorityLevel
from coach.ui.drawing.cards import leans_on


def graded_on(brief: Brief, role: str, level: SeniorityLevel) -> str:
    """The nine dimensions, each with its anchors and the bar of `role` at `level`."""
    heavy = set(leans_on(brief.scenario, brief.rubric))
    rows = "".join(
        _dimension(brief, dimension, role, level, leans=dimension.name in heavy)
        for dimension in brief.rubric.dimensions
    )
    return (
        '<section class="coach-rubric"><h2>What you are graded on</h2>'
        '<p class="coach-small">Each dimension gets its own level, from your own words. The single points the '
        f"judge looks for in this scenario are shown with your grade, not before.</p>{rows}</section>"
    )


def _dimension(brief: Brief, dimension: Dimension, role: str, level: SeniorityLevel, *, leans: bool) -> str:
    rubric = brief.rubric
    bar = rubric.bar(role, level, dimension.id)
    chip = '<span class="coach-chip">this scenario leans on it</span>' if leans else ""
    anchors = "".join(
        f"<dt>{step} {escape(rubric.scale[step].name)}</dt><dd>{escape(text)}</dd>"
        for step, text in dimension.anchors.items()
    )
    return (
        f"<details><summary><strong>{escape(dimension.name)}</strong>{chip}"
        f'<span class="coach-small">bar {bar:.1f} of 4</span></summary>'
        f"<p>{escape(dimension.definition)}</p><dl>{anchors}</dl>"
        f'<p class="coach-small"><strong>Expected at {escape(level.value)}:</strong> '
        f"{escape(dimension.seniority[level])}</p></details>"
    )

"""A reviewer beside the labels of the golden set: how far they agree, and where they part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from coach.domain.agreement import agreement
from coach.domain.calibration_rounds import Differing, differing, sources
from coach.domain.comparison import Comparison, by_dimension
from coach.domain.queue import WORDS_A_MINUTE
from coach.domain.rubric import Brief, Rubric
from coach.domain.scenario import Outcome
from coach.reviewing import Calibration
from coach.ui.drawing.cards import counted
from coach.ui.drawing.trust import figure, plain_table
from coach.ui.drawing.verdicts import OUTCOMES

_SOURCES = {
    "constructed": "planted by the round's writer, not found by a person who reviewed it",
    "model": "given by a language model",
    "human": "given by a person",
}


def head(known: Sequence[Calibration]) -> str:
    """What the rounds are for, where their labels come from, and how many are done."""
    from_ = ", ".join(f"{source} ({_SOURCES[source]})" for source in sources([each.golden for each in known]))
    done = sum(each.comparison is not None for each in known)
    return (
        '<h2>Calibrate yourself</h2><p class="coach-small">'
        f"{counted(len(known), 'round')} of the golden set to review blind, {done} done. What you find is held "
        f"against the rounds' labels, not against the judge, and is kept under your name. "
        f"Labels: {escape(from_)}.</p>"
    )


def line(known: Calibration) -> str:
    """What a round takes to read, and how far one is."""
    minutes = max(1, round(sum(turn.words for turn in known.golden.transcript.turns) / WORDS_A_MINUTE))
    state = "done" if known.comparison else "begun" if known.is_begun else "not begun"
    return f'<p class="coach-small">{minutes} min to read · {state}</p>'


def result(known: Sequence[Calibration]) -> str:
    """Kappa and levels beside the labels by dimension, then each verdict and level that differs."""
    done = [(each, each.comparison) for each in known if each.comparison]
    if not done:
        return ""
    comparisons = [comparison for _, comparison in done]
    rubric = done[0][0].golden.brief.rubric
    parts = by_dimension(comparisons)
    rows = [_row(rubric.dimension(id_).name, parts[id_]) for id_ in rubric.dimension_ids if id_ in parts]
    headings = ("", "Verdicts", "The same", "Kappa", "Levels", "The same", "QWK", "Yours higher by")
    labels = ", ".join(sources([each.golden for each, _ in done]))
    return (
        f"<h2>You and the labels</h2>{plain_table(headings, [*rows, _row('All', comparisons)])}"
        f'<p class="coach-small">Agreement with reference labels ({escape(labels)}), '
        f"{counted(len(done), 'round')}, met against not met. A dimension has few verdicts here: read its kappa as "
        "a hint.</p>" + "".join(_differences(each, comparison) for each, comparison in done)
    )


def everybody(found: Mapping[str, Sequence[Comparison]]) -> str:
    """Each reviewer who has completed a round, beside the same labels."""
    if not found:
        return ""
    rows = []
    for by, comparisons in found.items():
        measured = agreement(comparisons)
        rows.append([escape(by), str(len(comparisons)), figure(measured.kappa), figure(measured.qwk)])
    return "<h2>Reviewers and the labels</h2>" + plain_table(("", "Rounds", "Kappa", "QWK"), rows)


def _row(name: str, comparisons: Sequence[Comparison]) -> list[str]:
    found = agreement(comparisons)
    verdicts = [pair for each in comparisons for pair in each.verdicts]
    levels = [(pair.judged, pair.label) for each in comparisons for pair in each.levels if pair.judged is not None]
    same = sum((pair.judged is Outcome.MET) is (pair.label is Outcome.MET) for pair in verdicts)
    higher = sum(mine - label for mine, label in levels) / len(levels) if levels else None
    return [
        escape(name),
        str(len(verdicts)),
        str(same),
        figure(found.kappa),
        str(len(levels)),
        str(sum(mine == label for mine, label in levels)),
        figure(found.qwk if len(levels) > 1 else None),
        figure(higher),
    ]


def _differences(known: Calibration, comparison: Comparison) -> str:
    brief = known.golden.brief
    parted = differing(known.golden, comparison)
    rows = "".join(_difference(each, brief) for each in parted)
    table = (
        '<table><thead><tr><th scope="col"></th><th scope="col">You</th><th scope="col">Label</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
        if rows
        else "<p>Nothing differs.</p>"
    )
    return (
        f'<details class="coach-revealed"><summary>{escape(brief.scenario.title)}: '
        f"{counted(len(parted), 'difference')}</summary>{table}</details>"
    )


def _difference(each: Differing, brief: Brief) -> str:
    words = f"<br><small>“{escape(each.words)}”</small>" if each.words else ""
    return (
        f'<tr class="is-apart"><th scope="row">{escape(_called(each.item, brief))}{words}</th>'
        f"<td>{_told(each.found, brief.rubric)}</td><td>{_told(each.label, brief.rubric)}</td></tr>"
    )


def _called(item: str, brief: Brief) -> str:
    if item in brief.criteria:
        return brief.criteria[item].text
    return f"{brief.rubric.dimension(item).name}, its level"


def _told(found: Outcome | int, rubric: Rubric) -> str:
    return escape(OUTCOMES[found][1] if isinstance(found, Outcome) else f"{found} · {rubric.scale[found].name}")

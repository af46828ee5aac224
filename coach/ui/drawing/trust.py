"""How far the judge can be trusted: its figures with their intervals, and where it and the labels part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from coach.calibration import Report
from coach.domain.agreement import MEASURES, Agreement
from coach.domain.invariance import LEAST_EXACT, MOST_SHIFT
from coach.domain.measures import Interval
from coach.domain.rubric import Rubric
from coach.judge_card import GOALS, Aim, JudgeCard

VERDICTS = ("missed", "partial", "met", "could not tell")
LEVELS_JUDGED = "no level given"
"""The row below the levels, of dimensions that a judge gave none."""
_SHARES = ("kappa", "kappa_decided", "coverage", "accuracy_decided", "specificity", "sensitivity", "qwk", "inside")
"""Measures drawn on a line from 0 to 1, the most telling first."""


def head(card: JudgeCard) -> str:
    """What was measured, on what, in a sentence each."""
    report = card.as_used
    pooled = report.pooled
    told = [
        f"<strong>{report.verbatim} of {report.quotes}</strong> quotes stand letter for letter in what was said.",
        f"It decides <strong>{_percent(pooled.coverage)}</strong> of the criteria and says “could not tell” of the "
        f"others; of those it decides, <strong>{_percent(pooled.accuracy_decided)}</strong> are right.",
        f"Of what was missed it credits <strong>{_percent(pooled.false_credit)}</strong>.",
        f"The labelled level lies inside its range <strong>{_percent(pooled.inside)}</strong> of the time.",
        f"<strong>{card.attacks.gained} of {card.attacks.trials}</strong> attacks gained anything.",
    ]
    facts = "".join(f"<li>{line}</li>" for line in told)
    return (
        f"<h1>How far to trust the grade</h1>"
        f'<p class="coach-lead coach-spaced">The {escape(report.engine)} judge, measured on {report.rounds} '
        "labelled rounds.</p>"
        f'<p class="coach-ribbon">{escape(report.provenance.capitalize())}. {_about(report.labels)}</p>'
        f'<ul class="coach-list">{facts}</ul>'
    )


def measures(report: Report) -> str:
    """The main figures as dots with their intervals, beside what two raters reach; then all of them as a table."""
    rows = "".join(_row(name, report) for name in _SHARES)
    legend = (
        '<p class="coach-legend coach-small"><i class="dot"></i> judge <i class="range"></i> 95 % interval '
        '<i class="bar"></i> goal <i class="raters"></i> two raters among themselves</p>'
    )
    return (
        f'<h2>Agreement</h2>{legend}<div class="coach-trust">{rows}</div>'
        f"<details><summary>Every figure</summary>{_table(report)}</details>"
    )


def _row(name: str, report: Report) -> str:
    value, interval = getattr(report.pooled, name), report.pooled.intervals.get(name)
    marks = ""
    if interval:
        low, high = max(0.0, interval.low), min(1.0, interval.high)
        marks += f'<i class="range" style="left:{low:.1%};width:{high - low:.1%}"></i>'
    if name in GOALS:
        marks += f'<i class="bar" style="left:{GOALS[name].aimed_for:.1%}"></i>'
    raters = getattr(report.raters, name, None) if report.raters else None
    if raters is not None:
        marks += f'<i class="raters" style="left:{raters:.1%}"></i>'
    if value is not None:
        marks += f'<i class="dot" style="left:{max(0.0, value):.1%}"></i>'
    told = f"{figure(value)}{_between(interval)}"
    return (
        f'<div><span>{escape(MEASURES[name])}</span><div class="coach-whisker" aria-hidden="true">{marks}</div>'
        f"<span>{told}</span></div>"
    )


def _table(report: Report) -> str:
    body = ""
    for name, called in MEASURES.items():
        raters = _cell(report.raters, name) if report.raters else "<td></td>"
        judge = _cell(report.pooled, name)
        body += f'<tr><th scope="row">{escape(called)}</th>{judge}{_goal(GOALS.get(name))}{raters}</tr>'
    return (
        '<table class="coach-costs"><thead><tr><th scope="col">Measure</th><th scope="col">Judge</th>'
        f'<th scope="col">Goal</th><th scope="col">Raters</th></tr></thead><tbody>{body}</tbody></table>'
        f'<p class="coach-small">Labels: {escape(report.labels)}. Raters: '
        f"{escape(report.raters_provenance) if report.raters else 'not measured'}. Intervals: rounds resampled.</p>"
    )


def _cell(one: Agreement, name: str) -> str:
    return f"<td>{figure(getattr(one, name))}<small>{_between(one.intervals.get(name))}</small></td>"


def _goal(aim: Aim | None) -> str:
    return "<td></td>" if aim is None else f"<td>{aim.direction} {aim.must:.2f}, aim {aim.aimed_for:.2f}</td>"


def groups(report: Report, rubric: Rubric) -> str:
    """The same by dimension and by kind of round."""
    named = {dimension.id: dimension.name for dimension in rubric.dimensions}
    return "".join(
        f"<details><summary>{title}</summary>{_group(report.groups[group], named)}</details>"
        for group, title in (
            ("dimension", "By dimension"),
            ("scenario", "By scenario"),
            ("profile", "By kind of round"),
        )
    )


def _group(members: Mapping[str, Agreement], named: Mapping[str, str]) -> str:
    columns = ("kappa", "coverage", "kappa_decided", "specificity", "qwk", "inside")
    headings = "".join(f'<th scope="col">{escape(MEASURES[name])}</th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(named.get(name, name))}</th>{"".join(_cell(one, c) for c in columns)}</tr>'
        for name, one in members.items()
    )
    return (
        '<div class="coach-scroll"><table class="coach-costs"><thead><tr><th scope="col"></th>'
        f"{headings}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def confusion(report: Report, rubric: Rubric) -> str:
    """Where the judge's verdicts and levels lie beside the labels'."""
    levels = [rubric.scale[step].name for step in sorted(rubric.scale)]
    return (
        "<h2>Where they part</h2>"
        f"{matrix('Verdicts', VERDICTS, VERDICTS[:3], report.verdicts)}"
        f"{matrix('Levels, all dimensions', [*levels, LEVELS_JUDGED], levels, report.levels['pooled'])}"
        "<details><summary>Levels of each dimension</summary>"
        + "".join(
            matrix(dimension.name, [*levels, LEVELS_JUDGED], levels, report.levels[dimension.id])
            for dimension in rubric.dimensions
            if dimension.id in report.levels
        )
        + "</details>"
    )


def matrix(title: str, rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]) -> str:
    """How often each of the judge's findings met each of the labels'."""
    most = max((count for row in counts for count in row), default=0) or 1

    def cell(row: int, column: int) -> str:
        kind = "is-same" if row == column else "is-open" if row >= len(columns) else ""
        count = counts[row][column]
        return f'<td class="{kind}" style="--share:{count / most:.2f}">{count}</td>'

    headings = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(cell(i, j) for j in range(len(columns)))}</tr>'
        for i, name in enumerate(rows)
    )
    return (
        '<div class="coach-scroll"><table class="coach-confusion">'
        f"<caption>{escape(title)}: judged (rows) by labelled (columns)</caption>"
        f'<thead><tr><th scope="col"></th>{headings}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def attacks(card: JudgeCard) -> str:
    """What every family of attacks gained, and how honest look-alikes fared."""
    found = card.attacks
    bound = (
        "" if found.upper_bound is None else f" With 95 % confidence at most {found.upper_bound:.2%} of such do."
    )
    table = plain_table(
        ("Family", "Tried", "Gained"),
        (
            (f"{escape(f.family)}<small>{escape(f.tries)}</small>", str(f.trials), str(len(f.succeeded)))
            for f in found.families
        ),
    )
    return (
        f"<h2>Attacks</h2><p>{found.gained} of {found.trials} attacks, each in a weak round, gained credit, "
        f"a level or a band.{bound} {len(found.flagged)} of {found.benign} honest answers that only look like "
        f"attacks were taken for one.</p><details><summary>By family</summary>{table}</details>"
    )


def held_up(card: JudgeCard) -> str:
    """Whether verdicts follow what was planted, and levels stay where nothing was said anew."""
    planted = plain_table(
        ("Change", "As it must", "Share", "Must"),
        (
            (escape(r.name), f"{r.holds} of {r.of}", _percent(r.share), "" if r.goal is None else _percent(r.goal))
            for r in card.planted
        ),
    )
    varied = plain_table(
        ("Variation", "Levels", "Stayed", "Mean shift"),
        (
            (escape(one.variation.value), str(one.dimensions), _percent(one.exact), figure(one.mean_shift))
            for one in card.invariances
        ),
    )
    return (
        "<h2>Changes that must matter, and changes that must not</h2><details><summary>Evidence planted, "
        f"removed, negated, borrowed, moved</summary>{planted}</details><details><summary>Padding, fillers, names, "
        f'style and the like</summary>{varied}<p class="coach-small">At least {_percent(LEAST_EXACT)} must stay, '
        f"and move by {MOST_SHIFT:.2f} at most on average.</p></details>"
    )


def unmeasured() -> str:
    """What no figure here says."""
    return (
        '<h2>Not measured</h2><ul class="coach-list">'
        "<li>Agreement with people: no labels by people exist yet.</li>"
        "<li>A judge with a model: it depends on the model you choose. <code>coach calibrate golden --engine llm"
        "</code> and <code>coach attack --engine llm</code> measure yours.</li>"
        "<li>Rounds like nobody has written here. The authors of the scenarios had the labelled rounds at hand; "
        "expect less elsewhere.</li></ul>"
    )


def plain_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of escaped cells, the first of each row its heading."""
    head = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
        for first, *cells in rows
    )
    return (
        f'<div class="coach-scroll"><table class="coach-costs"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _about(labels: str) -> str:
    if labels == "human":
        return "The labels are people's."
    return "The labels are by expert language models working to the rubric, not by people."


def _percent(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.0%}".replace("%", "\u202f%")


def figure(value: float | None) -> str:
    """Two decimals; what its data leave undefined is n/a."""
    return "n/a" if value is None else f"{value:.2f}"


def _between(interval: Interval | None) -> str:
    return "" if interval is None else f" ({interval.low:.2f} to {interval.high:.2f})"

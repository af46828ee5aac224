"""The grade of a round: the result, then each dimension with its range, its verdicts and the words they rest on."""

from __future__ import annotations

from html import escape

from coach.domain.grade import Band, DimensionScore, FlagFinding, Grade, Quote, Result, ResultKind, Verdict
from coach.domain.round import Round
from coach.domain.rubric import Help, Rubric
from coach.domain.scenario import Outcome
from coach.domain.transcript import Move
from coach.ui.drawing.cards import counted

_TOP = 4.0
"""Highest score of a dimension."""

_BANDS = {Band.STRONG: "strong", Band.READY: "ready", Band.CLOSE: "close", Band.NOT_YET: "not yet"}
_KINDS = {
    ResultKind.BASELINE: "Baseline",
    ResultKind.INCOMPLETE: "Incomplete round",
    ResultKind.NOT_GRADED: "Not graded",
}
_OUTCOMES = {
    Outcome.MET: ("●", "Met"),
    Outcome.PARTIAL: ("◐", "Partly met"),
    Outcome.MISSED: ("○", "Missed"),
    Outcome.UNJUDGED: ("?", "Could not tell"),
    Outcome.NOT_REACHED: ("–", "Not reached"),
}
_HELP = {
    Help.UNPROMPTED: "on your own",
    Help.PROBED: "after a question",
    Help.EXPOSED: "after a question that named the problem",
    Help.HINTED: "after a hint",
    Help.TOLD: "after being told: no credit",
}


def result(grade: Grade, rubric: Rubric) -> str:
    """The round as a whole: band or baseline, incomplete or not graded, and why."""
    found = grade.result
    if found.kind is ResultKind.GRADED and found.band:
        title, means = f"On this round: {_BANDS[found.band]}", rubric.readiness.bands[found.band.value]
    else:
        title, means = _KINDS.get(found.kind, "Graded"), ""
    target = f"{rubric.role_names.get(grade.role, grade.role)}, {grade.level.value}"
    lines = [f"Held to the bar of: {target}.", *_range(found), *(_sentence(why) for why in found.why)]
    small = f'<p class="coach-small">{escape(means)}</p>' if means else ""
    return (
        f'<section class="coach-result is-{found.kind.value}"><h2>{escape(title)}</h2>'
        f"{''.join(f'<p>{escape(line)}</p>' for line in lines)}{small}</section>"
    )


def not_reached(grade: Grade, rubric: Rubric) -> str:
    """Dimensions the round never opened: blamed on time, never on the candidate."""
    closed = [rubric.dimension(score.id).name for score in grade.dimensions if not score.opened]
    if not closed:
        return ""
    return (
        f'<p class="coach-small"><strong>Not reached:</strong> {escape(", ".join(closed))}. '
        "The time ran out before the round got there. It counts neither for nor against you.</p>"
    )


def help_used(round_: Round) -> str:
    """The hints of the round and what they mean for credit."""
    hints = [turn for turn in round_.turns if turn.move is Move.HINT and turn.hint]
    if not hints:
        return '<p class="coach-small"><strong>Help used:</strong> no hints.</p>'
    names = {d.id: d.name for d in round_.brief.rubric.dimensions}
    each = ", ".join(f"level {hint.hint} in {names.get(hint.dimension or '', hint.dimension)}" for hint in hints)
    return (
        f'<p class="coach-small"><strong>Help used:</strong> {counted(len(hints), "hint")} ({escape(each)}). '
        "What a hint gave away earns half credit, or none where it told the answer.</p>"
    )


def notices(grade: Grade) -> str:
    """What a person should know about the transcript. None of it moves a score."""
    if not grade.notices:
        return ""
    items = "".join(
        f"<li>{_link(found.turn)} <em>{escape(found.kind.replace('-', ' '))}</em>: “{escape(found.text)}”</li>"
        for found in grade.notices
    )
    return (
        '<section class="coach-notices"><h3>Notices</h3><p class="coach-small">Reported, not graded.</p>'
        f'<ul class="coach-list">{items}</ul></section>'
    )


def dimensions(grade: Grade, round_: Round) -> str:
    """Every dimension that was opened: level, score and range against the bar, then what was found."""
    return "".join(_dimension(score, grade, round_) for score in grade.dimensions if score.opened)


def judged_by(grade: Grade) -> str:
    """Who graded, so that two grades can be told apart."""
    judge = grade.judge
    model = f" ({judge.model})" if judge.model else ""
    text = f"Graded by the {judge.engine} judge{model}, version {judge.version[:12]}, rubric {judge.rubric}."
    return f'<p class="coach-small">{escape(text)}</p>'


def whisker(score: DimensionScore) -> str:
    """Dot-and-whisker: the score (●) in its range, against the bar (|), on a scale of 0 to 4."""
    if score.low is None or score.high is None:
        return ""
    said = f"range {score.low:.2f} to {score.high:.2f}, bar {score.bar:.2f}, of {_TOP:.0f}"
    dot = ""
    if score.score is not None:
        said = f"score {score.score:.2f}, {said}"
        dot = f'<i class="dot" style="left:{_percent(score.score)}"></i>'
    width = _percent(score.high - score.low)
    return (
        f'<div class="coach-whisker" role="img" aria-label="{escape(said)}">'
        f'<i class="range" style="left:{_percent(score.low)};width:{width}"></i>'
        f'<i class="bar" style="left:{_percent(score.bar)}"></i>{dot}</div>'
    )


def _dimension(score: DimensionScore, grade: Grade, round_: Round) -> str:
    rubric = round_.brief.rubric
    dimension = rubric.dimension(score.id)
    mine = [v for v in grade.verdicts if v.criterion.split(".")[0] == score.id]
    flags = [f for f in grade.flags if f.flag.split(".")[0] == score.id and f.stands is not False]
    body = "".join(_verdict(verdict, round_) for verdict in mine) + "".join(_flag(flag, round_) for flag in flags)
    credited = sum(1 for v in mine if v.verdict in {Outcome.MET, Outcome.PARTIAL})
    unknown = sum(1 for v in mine if v.verdict is Outcome.UNJUDGED)
    tally = f"{credited} of {len(mine)} found in your words" + (f", {unknown} could not tell" if unknown else "")
    return (
        f'<section class="coach-dimension"><div class="head"><h3>{escape(dimension.name)}</h3>'
        f"<span>{escape(_level(score, rubric))}</span></div>{whisker(score)}"
        f'<p class="coach-small">{escape(_numbers(score))}</p>'
        f"<details><summary>{escape(tally)}</summary><ul>{body}</ul></details></section>"
    )


def _verdict(verdict: Verdict, round_: Round) -> str:
    criterion = round_.brief.criteria.get(verdict.criterion)
    sign, word = _OUTCOMES[verdict.verdict]
    notes = [word, criterion.tier if criterion else "", _HELP[verdict.help] if verdict.help else ""]
    reason = f'<p class="coach-small">{escape(verdict.reason)}</p>' if verdict.reason else ""
    return (
        f'<li class="is-{verdict.verdict.value}"><span class="sign" aria-hidden="true">{sign}</span><div>'
        f"<p>{escape(criterion.text if criterion else verdict.criterion)}</p>"
        f'<p class="coach-small"><strong>{escape(" · ".join(filter(None, notes)))}</strong></p>'
        f"{''.join(_quote(quote) for quote in verdict.quotes)}{reason}</div></li>"
    )


def _flag(finding: FlagFinding, round_: Round) -> str:
    flag = round_.brief.flags.get(finding.flag)
    severity = f"{flag.severity} flag" if flag else "flag"
    stands = f"{'Held against you' if finding.stands else 'Could not tell whether it stands'}: {severity}"
    return (
        '<li class="is-flag"><span class="sign" aria-hidden="true">⚑</span><div>'
        f"<p>{escape(flag.text if flag else finding.flag)}</p>"
        f'<p class="coach-small"><strong>{escape(stands)}</strong></p>'
        f"{''.join(_quote(quote) for quote in finding.quotes)}</div></li>"
    )


def _quote(quote: Quote) -> str:
    where = f"{_link(quote.turn)} (board)" if quote.source == "board" else _link(quote.turn)
    return f"<blockquote>“{escape(quote.text)}” {where}</blockquote>"


def _link(turn: str) -> str:
    return f'<a href="#turn-{escape(turn)}">{escape(turn)}</a>'


def _level(score: DimensionScore, rubric: Rubric) -> str:
    if score.level is None:
        return "Not assessed"
    return f"{rubric.scale[score.level].name} ({score.level})"


def _numbers(score: DimensionScore) -> str:
    parts = [] if score.score is None else [f"score {score.score:.2f}"]
    if score.low is not None and score.high is not None:
        parts.append(f"range {score.low:.2f}–{score.high:.2f}")
    return " · ".join([*parts, f"bar {score.bar:.2f}"])


def _range(found: Result) -> list[str]:
    lines = []
    if found.band_low and found.band_high and found.band_low is not found.band_high:
        lines.append(
            f"With what could not be told: between {_BANDS[found.band_low]} and {_BANDS[found.band_high]}."
        )
    if found.gap is not None:
        spread = "" if found.gap_low is None else f" (from {found.gap_low:+.2f} to {found.gap_high:+.2f})"
        lines.append(f"Weighted distance to the bar: {found.gap:+.2f}{spread}.")
    return lines


def _sentence(why: str) -> str:
    return f"{why[:1].upper()}{why[1:]}{'' if why.endswith('.') else '.'}"


def _percent(value: float) -> str:
    return f"{100 * min(max(value, 0.0), _TOP) / _TOP:.1f}%"

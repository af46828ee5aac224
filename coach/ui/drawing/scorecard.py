"""The grade of a round: the result, then each dimension with its range, its verdicts and the words they rest on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from coach.domain.grade import Band, Grade, Notice, Result, ResultKind
from coach.domain.review import Review
from coach.domain.round import Round
from coach.domain.rubric import Rubric, SeniorityLevel
from coach.domain.scenario import Outcome
from coach.domain.self_rating import SelfRating
from coach.domain.transcript import Move
from coach.ui.drawing.cards import about, counted
from coach.ui.drawing.conversation import Evidence, transcript
from coach.ui.drawing.ledger import graded_by, short
from coach.ui.drawing.rating import in_a_line
from coach.ui.drawing.strip import strip
from coach.ui.drawing.verdicts import OUTCOMES, anchor, dimension_row, legend

_BANDS = {Band.STRONG: "strong", Band.READY: "ready", Band.CLOSE: "close", Band.NOT_YET: "not yet"}
_KINDS = {
    ResultKind.BASELINE: "Baseline",
    ResultKind.INCOMPLETE: "Incomplete round",
    ResultKind.NOT_GRADED: "Not graded",
}


_NOTICES = {
    "addressed-to-grader": "addressed to grader, so no evidence",
    "canary-failed": "the judge failed its check questions",
    "unsupported": "a quote that you did not say",
}
"""What kinds of notice mean, where their name alone does not tell."""
_ABOUT_THE_JUDGE = frozenset({"canary-failed"})
"""Notices that no words of the candidate gave rise to."""


def head(grade: Grade, round_: Round) -> str:
    """The round as a whole: band or baseline, incomplete or not graded, and why; then who graded it."""
    return (
        f'<p class="coach-over">{escape(about(round_))}</p><h1 class="coach-title">'
        f"{escape(round_.brief.scenario.title)}</h1>{_result(grade, round_.brief.rubric)}"
        f'<p class="coach-small coach-graded-by">{escape(graded_by(grade.judge.model, grade.cost))}</p>'
    )


def held_to(played_for: SeniorityLevel, shown_against: SeniorityLevel) -> str:
    """What is to be known where a grade is shown against the bar of another level than it was given for."""
    if played_for is shown_against:
        return ""
    return (
        f'<p class="coach-ribbon" role="status">Played for {escape(played_for.value)}; shown against '
        f"{escape(shown_against.value)}. Findings and scores are the same. This is only shown: debrief and "
        f"downloads stay those of {escape(played_for.value)}.</p>"
    )


def older(number: int, grades: int) -> str:
    """That the grade which is shown is not the newest."""
    return f'<p class="coach-small">This is grade {number} of {grades}, not the newest.</p>'


def body(
    grade: Grade, round_: Round, review: Review | None = None, ratings: Mapping[str, SelfRating] | None = None
) -> str:
    """Where the evidence is, then each dimension beside the transcript, with a way from every quote to its words
    and back. `review` says which of the grade's verdicts are a person's, `ratings` how candidates rated themselves,
    by dimension."""
    if grade.result.kind is ResultKind.NOT_GRADED:
        return f"{_notices(grade)}<h2>Transcript</h2>{transcript(round_, moves=True)}"
    rated = ratings or {}
    rows = "".join(dimension_row(score, grade, round_, review, rated.get(score.id)) for score in grade.dimensions)
    return (
        f'{strip(grade, round_)}<div class="coach-sheet"><section>'
        f"<h2>{len(grade.dimensions)} dimensions against the bar</h2>"
        f"{in_a_line(rated.values(), grade, round_.brief.rubric)}"
        f"{legend(review, rated=bool(rated))}{rows}"
        f"{_not_reached(grade, round_.brief.rubric)}{_help_used(round_)}{_notices(grade)}"
        f'{_how_sure(grade)}</section><section class="words"><h2>Transcript</h2>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="Transcript">'
        f"{transcript(round_, moves=True, evidence=_evidence(grade, round_))}</div></section></div>"
    )


def not_graded_yet(round_: Round, done: int = 0) -> str:
    """What stands in the grade's place after a grading that failed with so many dimensions `done`."""
    several = len(round_.brief.rubric.dimensions)
    kept = f" {done} of {several} dimensions are judged and kept; trying again goes on from there." if done else ""
    return (
        f'<h1 class="coach-title">{escape(round_.brief.scenario.title)}</h1>'
        f'<section class="coach-result"><h2>Not graded yet</h2><p>The transcript is safe.{kept}</p></section>'
    )


def in_short(grade: Grade) -> str:
    """Who gave a grade and what it came to: `offline, close`."""
    return f"{judge_name(grade)}, {result_name(grade.result)}"


def judge_name(grade: Grade) -> str:
    """Who gave a grade: its model, or `offline`."""
    return short(grade.judge.model) if grade.judge.model else grade.judge.engine


def result_name(found: Result) -> str:
    """The band, or what kind of result stands in its place."""
    return _BANDS[found.band] if found.band else _KINDS.get(found.kind, "Graded").lower()


def in_range(found: Result) -> str:
    """The result with the range that is left open: `close, between not yet and close`."""
    if found.band_low and found.band_high and found.band_low is not found.band_high:
        return f"{result_name(found)}, between {_BANDS[found.band_low]} and {_BANDS[found.band_high]}"
    return result_name(found)


def meter(found: Result) -> str:
    """The four bands in a row: the one reached, and the range that what could not be told leaves open."""
    if found.kind is not ResultKind.GRADED or found.band is None:
        return ""
    order = list(Band)
    low, high = order.index(found.band_low or found.band), order.index(found.band_high or found.band)
    steps = "".join(
        f'<li class="{"is-here" if band is found.band else "is-open" if low <= place <= high else ""}">'
        f"{_BANDS[band]}</li>"
        for place, band in enumerate(order)
    )
    return f'<ol class="coach-meter" aria-hidden="true">{steps}</ol>'


def _result(grade: Grade, rubric: Rubric) -> str:
    found = grade.result
    if found.kind is ResultKind.GRADED and found.band:
        title, means = f"On this round: {_BANDS[found.band]}", rubric.readiness.bands[found.band.value]
    else:
        title, means = _KINDS.get(found.kind, "Graded"), ""
    rule = [f"The rubric's rule for it: {means}."] if means else []
    lines = [*_range(found), *(_sentence(_named(why, rubric)) for why in found.why), *rule]
    return (
        f'<section class="coach-result is-{found.kind.value}"><h2>{escape(title)}</h2>{meter(found)}'
        f"{''.join(f'<p>{escape(line)}</p>' for line in lines)}</section>"
    )


def _not_reached(grade: Grade, rubric: Rubric) -> str:
    """Dimensions the round never opened: blamed on time, never on the candidate."""
    closed = [rubric.dimension(score.id).name for score in grade.dimensions if not score.opened]
    if not closed:
        return ""
    return (
        f'<p class="coach-small"><strong>Not reached:</strong> {escape(", ".join(closed))}. '
        "The round ended before it got there. It counts neither for nor against you.</p>"
    )


def _help_used(round_: Round) -> str:
    """The hints of the round and what they mean for credit."""
    if all(turn.move is None for turn in round_.turns):
        return '<p class="coach-small"><strong>Help used:</strong> not known; the transcript tells no moves.</p>'
    hints = [turn for turn in round_.turns if turn.move is Move.HINT and turn.hint]
    if not hints:
        return '<p class="coach-small"><strong>Help used:</strong> no hints.</p>'
    names = {d.id: d.name for d in round_.brief.rubric.dimensions}
    each = ", ".join(f"level {hint.hint} in {names.get(hint.dimension or '', hint.dimension)}" for hint in hints)
    credit = f"{round_.brief.rubric.help_credit.hinted:.0%}"
    return (
        f'<p class="coach-small"><strong>Help used:</strong> {counted(len(hints), "hint")} ({escape(each)}). '
        f"What a hint gave away earns {credit} of its credit, or none where it told the answer.</p>"
    )


def _notices(grade: Grade) -> str:
    """What a person should know about the transcript and its judging. None of it moves a score."""
    if not grade.notices:
        return ""
    items = "".join(f"<li>{_notice(found)}</li>" for found in grade.notices)
    return (
        '<section class="coach-notices"><h3>Notices</h3><p class="coach-small">Reported, not graded.</p>'
        f'<ul class="coach-list">{items}</ul></section>'
    )


def _notice(found: Notice) -> str:
    """Where it is, what it means, and the words it is about."""
    means = f"<em>{escape(_NOTICES.get(found.kind, found.kind.replace('-', ' ')))}</em>"
    if found.kind in _ABOUT_THE_JUDGE:
        return f"{means}: {escape(found.text)}"
    return f"{_link(found.turn)} {means}: “{escape(found.text)}”"


def _how_sure(grade: Grade) -> str:
    """How much of the round could be judged, and by whom, so that two grades can be told apart."""
    found = [verdict.verdict for verdict in grade.verdicts if verdict.verdict is not Outcome.NOT_REACHED]
    open_ = found.count(Outcome.UNJUDGED)
    missed = found.count(Outcome.MISSED)
    told = f"Of {counted(len(found), 'criterion', 'criteria')} that came up, {len(found) - open_} are decided"
    left = f" and {open_} could not be told: the ranges are what they leave open" if open_ else ""
    silent = (
        " Missed means that no evidence was found by the signs the author listed; other words may have said it."
        if missed and grade.judge.model is None
        else ""
    )
    judge = grade.judge
    model = f" ({judge.model})" if judge.model else ""
    by = f"Graded by the {judge.engine} judge{model}, version {judge.version[:12]}, rubric {judge.rubric}."
    return (
        '<section class="coach-notices"><h3>How sure are we</h3>'
        f'<p class="coach-small">{escape(told + left)}.{silent}</p>'
        f'<p class="coach-small">{escape(by)}</p></section>'
    )


def _evidence(grade: Grade, round_: Round) -> dict[str, list[Evidence]]:
    """By turn id, what was quoted from it."""
    found: dict[str, list[Evidence]] = {}
    for verdict in grade.verdicts:
        label = f"{verdict.criterion.partition('.')[2].replace('-', ' ')} ({OUTCOMES[verdict.verdict][1].lower()})"
        for quote in verdict.quotes:
            found.setdefault(quote.turn, []).append(Evidence(quote, anchor(verdict.criterion), label))
    for flag in grade.flags:
        for quote in flag.quotes if flag.stands is not False else ():
            label = f"⚑ {flag.flag.partition('.')[2].replace('-', ' ')}"
            found.setdefault(quote.turn, []).append(Evidence(quote, anchor(flag.flag), label))
    return found


def _link(turn: str) -> str:
    return f'<a href="#turn-{escape(turn)}">{escape(turn)}</a>'


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


def _named(why: str, rubric: Rubric) -> str:
    """A reason with dimensions called by their names."""
    names = {dimension.id: dimension.name for dimension in rubric.dimensions}
    return re.sub(rf"\b(?:{'|'.join(names)})\b(?!\.\w)", lambda found: names[found[0]], why)


def _sentence(why: str) -> str:
    return f"{why[:1].upper()}{why[1:]}{'' if why.endswith('.') else '.'}"

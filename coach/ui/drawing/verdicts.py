"""A dimension as a row: its score in its range against the bar and, opened, every verdict with the words it rests
on and the way to them."""

from __future__ import annotations

from html import escape

from coach.domain.grade import DimensionScore, FlagFinding, Grade, Quote, Verdict
from coach.domain.review import SELF, LevelFound, Override, Review
from coach.domain.round import Round
from coach.domain.rubric import Help, Rubric
from coach.domain.scenario import Outcome
from coach.domain.self_rating import SelfRating
from coach.ui.drawing.conversation import clock_time

_TOP = 4.0
"""Highest score of a dimension."""

OUTCOMES = {
    Outcome.MET: ("●", "Met"),
    Outcome.PARTIAL: ("◐", "Partly met"),
    Outcome.MISSED: ("○", "Missed"),
    Outcome.UNJUDGED: ("?", "Could not tell"),
    Outcome.NOT_REACHED: ("–", "Not reached"),
}
HELP = {
    Help.UNPROMPTED: "on your own",
    Help.PROBED: "after a question",
    Help.EXPOSED: "after a question that named the problem",
    Help.HINTED: "after a hint",
    Help.TOLD: "after being told: no credit",
}


def dimension_row(
    score: DimensionScore,
    grade: Grade,
    round_: Round,
    review: Review | None = None,
    rated: SelfRating | None = None,
) -> str:
    """A row: name, score in its range against the bar, level. Opened, it shows what was found, and by whom where
    people have found something over the judge's verdicts. `rated` is what the candidate thinks of it."""
    rubric = round_.brief.rubric
    dimension = rubric.dimension(score.id)
    name, level = escape(dimension.name), escape(_level(score, rubric))
    if not score.opened:
        return (
            f'<div class="coach-dimension is-closed"><div class="line"><h3>{name}</h3><span></span>'
            f"<span>Not reached{escape(_by_self(rated))}</span></div></div>"
        )
    mine = [v for v in grade.verdicts if v.criterion.split(".")[0] == score.id]
    looked_at = {each.flag for each in review.flags} if review else set()
    flags = [f for f in grade.flags if f.flag.split(".")[0] == score.id]
    flags = [f for f in flags if f.stands is not False or f.flag in looked_at]
    found = "".join(_verdict(v, round_, review) for v in mine)
    found += "".join(_flag(flag, round_, review) for flag in flags)
    alone = review.alone(score.id) if review else None
    credited = sum(1 for v in mine if v.verdict in {Outcome.MET, Outcome.PARTIAL})
    unknown = sum(1 for v in mine if v.verdict is Outcome.UNJUDGED)
    given = "".join(_level_given(each) for each in (review.levels if review else ()) if each.dimension == score.id)
    tally = f"{credited} of {len(mine)} found in your words" + (f", {unknown} could not tell" if unknown else "")
    return (
        f'<details class="coach-dimension" id="dimension-{escape(score.id)}"><summary><div class="line">'
        f"<h3>{name}</h3>{whisker(score, alone=alone, rated=rated)}<span>{level}</span></div>"
        f'<div class="coach-small">{escape(f"{tally} · {numbers(score, alone)}{_by_self(rated)}")}</div></summary>'
        f"{given}<ul>{found}</ul></details>"
    )


def _level_given(found: LevelFound) -> str:
    told = f"<strong>Level {found.level} by {escape(found.by)}:</strong> {escape(found.note)}"
    return f'<p class="coach-small">{told}</p>'


def who(override: Override) -> str:
    """Who found it, on a page that the candidate reads."""
    return "you" if override.by == SELF else override.by


def judged(verdict: Verdict) -> str:
    """What the judge alone found."""
    return f"The judge alone: {OUTCOMES[verdict.verdict][1].lower()}. {verdict.reason}".strip()


def _verdict(verdict: Verdict, round_: Round, review: Review | None) -> str:
    """A verdict; beneath a person's stands the judge's."""
    criterion = round_.brief.criteria.get(verdict.criterion)
    sign, word = OUTCOMES[verdict.verdict]
    notes = [word, criterion.tier if criterion else "", HELP[verdict.help] if verdict.help else ""]
    reason = f'<p class="coach-small">{escape(verdict.reason)}</p>' if verdict.reason else ""
    if review and (over := review.override(verdict.criterion)):
        notes.append(f"settled by {who(over)}" + (f": {over.reason.replace('-', ' ')}" if over.reason else ""))
        reason += f'<p class="coach-small">{escape(judged(review.judged(verdict.criterion)))}</p>'
    return (
        f'<li class="is-{verdict.verdict.value}" id="{escape(anchor(verdict.criterion))}" tabindex="-1">'
        f'<span class="sign" aria-hidden="true">{sign}</span><div>'
        f"<p>{escape(criterion.text if criterion else verdict.criterion)}</p>"
        f'<p class="coach-small"><strong>{escape(" · ".join(filter(None, notes)))}</strong></p>'
        f"{''.join(quoted(quote, round_) for quote in verdict.quotes)}{reason}</div></li>"
    )


_FLAGS = {
    True: ("is-flag", "⚑", "Held against you"),
    None: ("is-unjudged", "?", "Could not tell whether it stands"),
    False: ("is-met", "–", "Does not stand"),
}


def flag_told(stands: bool | None) -> str:
    """`does not stand`."""
    return {True: "it stands", None: "could not tell", False: "it does not stand"}[stands]


def _flag(finding: FlagFinding, round_: Round, review: Review | None = None) -> str:
    """A flag; beneath a person's finding stands the judge's."""
    flag = round_.brief.flags.get(finding.flag)
    severity = f"{flag.severity} flag" if flag else "flag"
    kind, sign, means = _FLAGS[finding.stands]
    stands, note = f"{means}: {severity}", ""
    if review and (over := review.over_flag(finding.flag)):
        stands += f" · settled by {'you' if over.by == SELF else over.by}"
        judge = f"{over.note} The judge alone: {flag_told(review.judged_flag(finding.flag).stands)}."
        note = f'<p class="coach-small">{escape(judge.strip())}</p>'
    return (
        f'<li class="{kind}" id="{escape(anchor(finding.flag))}" tabindex="-1">'
        f'<span class="sign" aria-hidden="true">{sign}</span><div>'
        f"<p>{escape(flag.text if flag else finding.flag)}</p>"
        f'<p class="coach-small"><strong>{escape(stands)}</strong></p>'
        f"{''.join(quoted(quote, round_) for quote in finding.quotes)}{note}</div></li>"
    )


def _by_self(rated: SelfRating | None) -> str:
    return f" · you: {rated.score}{'' if rated.sure else ', unsure'}" if rated else ""


def legend(review: Review | None = None, *, rated: bool = False) -> str:
    """What the marks of the rows mean; `rated` where the candidate has rated themselves."""
    alone = '<span><i class="range is-alone"></i> the range of the judge alone</span>'
    settled = review is not None and bool(review.overrides or review.flags)
    return (
        '<p class="coach-small coach-legend"><span><i class="dot"></i> '
        f"{'the score with what was settled' if settled else 'the judge&#39;s score'}</span>"
        '<span><i class="range"></i> its range with what could not be told</span>'
        f"{_LEGEND_SELF if rated else ''}"
        f'{alone if settled else ""}<span><i class="bar"></i> the bar you are held to</span></p>'
    )


_LEGEND_SELF = '<span><i class="self"></i> how you rated yourself</span>'


def whisker(
    score: DimensionScore,
    before: float | None = None,
    alone: DimensionScore | None = None,
    rated: SelfRating | None = None,
) -> str:
    """Dot-and-whisker: the score (●) in its range, against the bar (|), on a scale of 0 to 4; what it was `before`
    as an empty dot, the range of the judge `alone` behind, and how candidates `rated` themselves (◇)."""
    if score.low is None or score.high is None:
        return ""
    said = f"range {score.low:.2f} to {score.high:.2f}, bar {score.bar:.2f}, of {_TOP:.0f}"
    dot = ""
    if before is not None:
        said = f"before {before:.2f}, {said}"
        dot = f'<i class="dot is-before" style="left:{_percent(before)}"></i>'
    if score.score is not None:
        said = f"score {score.score:.2f}, {said}"
        dot += f'<i class="dot" style="left:{_percent(score.score)}"></i>'
    if rated:
        said += f"; you rated yourself {rated.score}"
        dot += f'<i class="self" style="left:{_percent(rated.score)}"></i>'
    width = _percent(score.high - score.low)
    behind = ""
    if alone and alone.low is not None and alone.high is not None:
        wide = _percent(alone.high - alone.low)
        behind = f'<i class="range is-alone" style="left:{_percent(alone.low)};width:{wide}"></i>'
    return (
        f'<div class="coach-whisker" role="img" aria-label="{escape(said)}">'
        f'{behind}<i class="range" style="left:{_percent(score.low)};width:{width}"></i>'
        f'<i class="bar" style="left:{_percent(score.bar)}"></i>{dot}</div>'
    )


def anchor(name: str) -> str:
    return f"verdict-{name.replace('.', '-')}"


def quoted(quote: Quote, round_: Round) -> str:
    """The words, and the way to them: click the turn and its time."""
    at = next((turn.at for turn in round_.turns if turn.id == quote.turn), None)
    where = quote.turn if at is None else f"{quote.turn} at {clock_time(at)}"
    link = f'<a href="#turn-{escape(quote.turn)}">{escape(where)}</a>'
    board = " on the board" if quote.source == "board" else ""
    return f"<blockquote>“{escape(quote.text)}” {link}{board}</blockquote>"


def _level(score: DimensionScore, rubric: Rubric) -> str:
    if score.level is None:
        return "Not assessed"
    return f"{rubric.scale[score.level].name} ({score.level})"


def numbers(score: DimensionScore, alone: DimensionScore | None = None) -> str:
    """Score, range and bar in figures, and the range of the judge `alone`."""
    parts = [] if score.score is None else [f"score {score.score:.2f}"]
    if score.low is not None and score.high is not None:
        parts.append(f"range {score.low:.2f}–{score.high:.2f}")
    under = "" if score.score is None or score.score >= score.bar else f", {score.bar - score.score:.2f} below it"
    before = []
    if alone and alone.low is not None and alone.high is not None:
        before = [f"the judge alone: {alone.low:.2f}–{alone.high:.2f}"]
    return " · ".join([*parts, f"bar {score.bar:.2f}{under}", *before])


def _percent(value: float) -> str:
    return f"{100 * min(max(value, 0.0), _TOP) / _TOP:.1f}%"

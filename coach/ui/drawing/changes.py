"""What changed since an earlier grade: where each score stood and stands, and the verdicts that moved it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from coach.domain.changes import Changes, FlagChange, ScoreChange, VerdictChange
from coach.domain.grade import DimensionScore, FlagFinding, Grade, Quote, Verdict
from coach.domain.round import Round
from coach.ui.drawing.cards import counted
from coach.ui.drawing.scorecard import judge_name, result_name
from coach.ui.drawing.verdicts import HELP, OUTCOMES, quoted, whisker

_FLAGS = {True: ("⚑", "Held against you"), False: ("–", "Does not stand"), None: ("?", "Could not tell")}


def changes(found: Changes, before: Grade, after: Grade, round_: Round) -> str:
    """The changes from `before` to `after`, folded under one line that says what they came to."""
    blocks = "".join(_dimension(score, found, round_) for score in after.dimensions)
    return (
        f'<details class="coach-changes"><summary>What changed since the grade by {escape(judge_name(before))}: '
        f"{escape(_came_to(found))}</summary>{_judge(found)}{_result(found)}{_legend(found)}{blocks}"
        f"{_left_over(found)}{_same(found)}</details>"
    )


def _came_to(found: Changes) -> str:
    if found.is_empty:
        return "nothing"
    parts = []
    if found.result and result_name(found.result.before) != result_name(found.result.after):
        parts.append(f"{result_name(found.result.before)} → {result_name(found.result.after)}")
    if found.verdicts:
        parts.append(counted(len(found.verdicts), "verdict"))
    if found.flags:
        parts.append(counted(len(found.flags), "flag"))
    return ", ".join(parts or [counted(len(found.dimensions), "score")])


def _judge(found: Changes) -> str:
    """Who graded then and who now, as far as that differs."""
    if not found.judge:
        return '<p class="coach-small">By the same judge, asked again.</p>'
    each = (f"{d.what} {_shortened(d.what, d.before)} → {_shortened(d.what, d.after)}" for d in found.judge)
    return f'<p class="coach-small">What differs in who judged: {escape("; ".join(each))}.</p>'


def _shortened(what: str, value: str | None) -> str:
    return "none" if value is None else value[:12] if what == "version" else value


def _result(found: Changes) -> str:
    if not found.result:
        return ""
    old, new = found.result.before, found.result.after
    lines = [f"{result_name(old)} → {result_name(new)}".capitalize()]
    if old.gap is not None and new.gap is not None:
        lines.append(f"weighted distance to the bar {old.gap:+.2f} → {new.gap:+.2f}")
    return f"<p>{escape('; '.join(lines))}.</p>"


def _legend(found: Changes) -> str:
    if not found.dimensions:
        return ""
    return (
        '<p class="coach-small coach-legend"><span><i class="dot is-before"></i> before</span>'
        '<span><i class="dot"></i> now</span><span><i class="range"></i> its range now</span>'
        '<span><i class="bar"></i> the bar</span></p>'
    )


def _dimension(score: DimensionScore, found: Changes, round_: Round) -> str:
    """A dimension in which something changed: its score then and now, and what moved it."""
    id_ = score.id
    moved = next((each for each in found.dimensions if each.after.id == id_), None)
    items = [_verdict(each, round_) for each in found.verdicts if _is_of(each.after.criterion, id_)]
    items += [_flag(each, round_) for each in found.flags if _is_of(each.after.flag, id_)]
    if not moved and not items:
        return ""
    name = escape(round_.brief.rubric.dimension(id_).name)
    before = moved.before.score if moved else None
    by = f"{moved.score:+.2f}" if moved and moved.score is not None else ""
    picture = whisker(score, before) or "<span></span>"
    return (
        f'<section class="coach-dimension"><div class="line"><h3>{name}</h3>{picture}'
        f'<span>{by}</span></div><p class="coach-small">{escape(_numbers(moved))}</p><ul>{"".join(items)}</ul>'
        "</section>"
    )


def _numbers(moved: ScoreChange | None) -> str:
    if moved is None:
        return "score and range as before"
    old, new = moved.before, moved.after
    pairs = (
        ("score", _score(old), _score(new)),
        ("range", _range(old), _range(new)),
        ("level", _level(old), _level(new)),
        ("bar", f"{old.bar:.2f}", f"{new.bar:.2f}"),
    )
    return " · ".join(f"{what} {then} → {now}" for what, then, now in pairs if then != now)


def _score(score: DimensionScore) -> str:
    return "not assessed" if score.score is None else f"{score.score:.2f}"


def _range(score: DimensionScore) -> str:
    return "none" if score.low is None or score.high is None else f"{score.low:.2f}–{score.high:.2f}"


def _level(score: DimensionScore) -> str:
    return "none" if score.level is None else str(score.level)


def _verdict(change: VerdictChange, round_: Round) -> str:
    old, new = change.before, change.after
    criterion = round_.brief.criteria.get(new.criterion)
    signs = f"{OUTCOMES[old.verdict][0]} → {OUTCOMES[new.verdict][0]}"
    moved = f"{_found(old)} → {_found(new)}"
    sides = _sides(old.quotes, new.quotes, (old.reason, new.reason), round_)
    return _item(f"is-{new.verdict.value}", signs, criterion.text if criterion else new.criterion, moved, sides)


def _found(verdict: Verdict) -> str:
    word = OUTCOMES[verdict.verdict][1]
    return f"{word}, {HELP[verdict.help]}" if verdict.help else word


def _flag(change: FlagChange, round_: Round) -> str:
    (old_sign, was), (sign, is_) = _FLAGS[change.before.stands], _FLAGS[change.after.stands]
    flag = round_.brief.flags.get(change.after.flag)
    severity = f" ({flag.severity} flag)" if flag else ""
    sides = _sides(_held(change.before), _held(change.after), ("", ""), round_)
    kind = "is-flag" if change.after.stands else "is-unjudged"
    text = flag.text if flag else change.after.flag
    return _item(kind, f"{old_sign} → {sign}", text, f"{was} → {is_}{severity}", sides)


def _held(flag: FlagFinding) -> tuple[Quote, ...]:
    return () if flag.stands is False else flag.quotes


def _item(kind: str, signs: str, text: str, moved: str, sides: str) -> str:
    return (
        f'<li class="{kind}"><span class="sign" aria-hidden="true">{signs}</span><div><p>{escape(text)}</p>'
        f'<p class="coach-small"><strong>{escape(moved)}</strong></p>{sides}</div></li>'
    )


def _sides(old: Sequence[Quote], new: Sequence[Quote], reasons: tuple[str, str], round_: Round) -> str:
    """The words that each finding rests on, and its reason; words both rest on once."""
    why_before, why_now = reasons
    if set(old) == set(new):
        both = _side("On the same words", new, "", round_) if new else ""
        return f"{both}{_side('Before', (), why_before, round_)}{_side('Now', (), why_now, round_)}"
    return f"{_side('Before', old, why_before, round_)}{_side('Now', new, why_now, round_)}"


def _side(label: str, quotes: Iterable[Quote], reason: str, round_: Round) -> str:
    words = "".join(quoted(quote, round_) for quote in quotes)
    if not words and not reason:
        return ""
    return f'<p class="coach-small">{label}: {escape(reason)}</p>{words}'


def _left_over(found: Changes) -> str:
    """What only one of the two grades says anything on, as with another version of the rubric."""
    lines = (("Only in the grade before", found.only_before), ("Only in this grade", found.only_after))
    return "".join(
        f'<p class="coach-small">{what}: {escape(", ".join(names))}.</p>' for what, names in lines if names
    )


def _same(found: Changes) -> str:
    told = f"{counted(found.same, 'verdict')} as before"
    if found.requoted:
        told += f", {found.requoted} of them on other words"
    return f'<p class="coach-small">{told}.</p>'


def _is_of(name: str, dimension: str) -> bool:
    return name.startswith(f"{dimension}.")

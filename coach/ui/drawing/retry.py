"""A moment of a round answered once more: what is asked, then how the two answers stand beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from coach.domain.grade import DimensionScore, Quote, Verdict
from coach.domain.reopening import Question
from coach.domain.retry import Change, Outlook, Retry, answered_then, changed, shown_by
from coach.domain.round import Round
from coach.domain.scenario import Outcome
from coach.ui.drawing.cards import about
from coach.ui.drawing.conversation import clock_time, marked
from coach.ui.drawing.ledger import short
from coach.ui.drawing.verdicts import HELP, OUTCOMES, numbers, quoted, whisker

_ABOVE = 0.005
"""Least change of a score that two decimals show."""


def head(round_: Round, criterion: str, question: Question) -> str:
    """The question, as it was asked or as the scenario has it."""
    name = round_.brief.rubric.dimension(criterion.split(".", maxsplit=1)[0]).name
    where = "once more" if question.turn else "not asked in this round"
    return (
        f'<p class="coach-over">{escape(about(round_))} · {escape(name)}, {where}</p>'
        f'<h1 class="coach-criterion">{escape(question.text)}</h1>'
    )


def beside(round_: Round, criterion: str, question: Question) -> str:
    """What it asks for and what was answered then, closed until somebody wants to look."""
    entry = round_.brief.criteria[criterion]
    near = f'<p class="coach-small">Not enough: “{escape(entry.not_)}”</p>' if entry.not_ else ""
    then = "".join(
        f"<blockquote>{escape(turn.text)}</blockquote>" for turn in answered_then(round_.transcript, question)
    )
    said = f"<details><summary>What you answered then</summary>{then}</details>" if then else ""
    return (
        f'<section class="coach-again"><details><summary>What it asks for</summary>'
        f"<p>{escape(entry.text)}</p>{near}</details>{said}"
        '<p class="coach-small">The judge reads the round up to this question, then your new answer. The round and '
        "its grade stay as they are.</p></section>"
    )


def compared(round_: Round, retry: Retry, outlook: Outlook, earlier: Sequence[Retry]) -> str:
    """Before and after: the criterion, what it does to the dimension, and both answers."""
    changes = changed(outlook, retry.criterion)
    score, was = outlook.now, outlook.was
    name = round_.brief.rubric.dimension(score.id).name
    rest = "".join(_change(each, round_, retry) for each in changes[1:])
    others = f'<h2>What else changed in {escape(name)}</h2><ul class="changes">{rest}</ul>' if rest else ""
    return (
        f'<section class="coach-again"><h2>{escape(_verdict_line(changes[0]))}</h2>'
        f'<ul class="changes">{_change(changes[0], round_, retry)}</ul>'
        f'<div class="score"><h3>{escape(name)}</h3>{whisker(score, before=was.score)}'
        f"<p>{escape(_moved(was, score))}</p></div>{_figures(score)}{others}{_answers(round_, retry, outlook)}"
        f"{_tries(earlier)}{_honestly(outlook)}</section>"
    )


def waiting() -> str:
    return '<p class="coach-small" role="status">Saved ✓ The judge reads your new answer…</p>'


def nothing_to_retry(round_: Round) -> str:
    """Where the address names a criterion that was met, or one that no question leads to."""
    return (
        f'<p class="coach-over">{escape(about(round_))}</p><h1 class="coach-title">Nothing to answer again</h1>'
        '<p class="coach-empty">A retry is for a criterion that the round missed or met in part, under the '
        "question that leads to it. The result lists them.</p>"
    )


def _verdict_line(change: Change) -> str:
    now, then = (_word(each) for each in (change.after, change.before))
    if change.by > 0:
        return f"{now} now, {then.lower()} then"
    if change.after.verdict is Outcome.UNJUDGED:
        return "The judge could not tell this time"
    return f"Still {now.lower()}" if change.by == 0 else f"{now} now, {then.lower()} then"


def _word(verdict: Verdict) -> str:
    return OUTCOMES[verdict.verdict][1]


def _change(change: Change, round_: Round, retry: Retry) -> str:
    """A criterion: its outcome then and now, with the words each rests on."""
    then, now = change.before, change.after
    mine = "".join(
        f"<blockquote>“{escape(quote.text)}” <span>this time</span></blockquote>"
        for quote in shown_by(change, retry)
    )
    kept = "".join(quoted(quote, round_) for quote in now.quotes if quote.turn != retry.turn)
    before = "".join(quoted(quote, round_) for quote in then.quotes) if change.by else ""
    told = f"{_word(then)} then · {_word(now).lower()} now{f', {HELP[now.help]}' if now.help else ''}"
    why = f'<p class="coach-small">{escape(now.reason)}</p>' if now.reason else ""
    return (
        f'<li class="is-{now.verdict.value}"><span class="sign" aria-hidden="true">{OUTCOMES[then.verdict][0]} → '
        f"{OUTCOMES[now.verdict][0]}</span><div><p>{escape(round_.brief.criteria[now.criterion].text)}</p>"
        f'<p class="coach-small"><strong>{escape(told)}</strong></p>{mine}{kept}{why}'
        f"{f'<details><summary>Then</summary>{before}</details>' if before else ''}</div></li>"
    )


def _moved(was: DimensionScore, now: DimensionScore) -> str:
    if was.score is None or now.score is None:
        return "Not assessed" if now.score is None else f"{now.score:.2f}, not assessed then"
    by = now.score - was.score
    return f"{was.score:.2f} → {now.score:.2f} ({by:+.2f})" if abs(by) >= _ABOVE else f"{now.score:.2f}, as before"


def _figures(score: DimensionScore) -> str:
    return f'<p class="coach-small">{escape(numbers(score))}</p>'


def _answers(round_: Round, retry: Retry, outlook: Outlook) -> str:
    """Both answers side by side, what was quoted from them marked."""
    then = "".join(
        f"<p>{marked(turn.text, _quotes(outlook.before, turn.id))}</p>"
        for turn in answered_then(round_.transcript, retry.question)
    )
    now = marked(retry.answer, _quotes(outlook.after, retry.turn))
    return (
        f'<div class="answers"><div><h3>Then</h3>{then or "<p>It was not asked.</p>"}</div>'
        f"<div><h3>Now, in {clock_time(retry.seconds)}</h3><p>{now}</p></div></div>"
    )


def _quotes(verdicts: Iterable[Verdict], turn: str) -> list[Quote]:
    """What was quoted from the words of a turn."""
    return [quote for each in verdicts for quote in each.quotes if quote.turn == turn and quote.source is None]


def _tries(earlier: Sequence[Retry]) -> str:
    """How the criterion stood after each try before this one."""
    signs = [OUTCOMES[changed(each.outlook, each.criterion)[0].after.verdict] for each in earlier if each.outlook]
    if not signs:
        return ""
    told = ", ".join(f"{sign} {word.lower()}" for sign, word in signs)
    return f'<p class="coach-small">Tries before this one: {escape(told)}.</p>'


def _honestly(outlook: Outlook) -> str:
    judge = short(outlook.judge.model) if outlook.judge.model else "the offline judge"
    return (
        '<p class="coach-small">You knew what it asks for: this shows that you can say it, not that you would '
        f"have. The round's grade stays. Judged by {escape(judge)}.</p>"
    )

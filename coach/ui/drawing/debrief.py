"""The debrief: one thing to do first, from the candidate's own words to better ones, with the way to the moment."""

from __future__ import annotations

from html import escape

from coach.domain.debrief import Debrief, Fix, Held, Keep
from coach.domain.round import Round
from coach.domain.scenario import Outcome
from coach.ui.drawing.conversation import clock_time
from coach.ui.drawing.verdicts import OUTCOMES, anchor, quoted


def first(made: Debrief, round_: Round) -> str:
    """What the round comes to and the one fix; where there is none, what to settle. All of it escaped."""
    lead = f'<p class="lead">{escape(made.headline)}</p>' if made.headline else ""
    if made.fixes:
        what = f'<article class="fix"><h2>Fix this first</h2>{_fix(made.fixes[0], round_)}</article>'
    else:
        what = _to_settle(made, round_)
    return f'<section class="coach-debrief" aria-label="Debrief">{lead}{what}</section>'


def rest(made: Debrief, round_: Round) -> str:
    """The other fixes, folded; what was held against the candidate, what to keep, and the moments."""
    then = "".join(_folded(fix, round_) for fix in made.fixes[1:])
    moments = "".join(
        f'<li><a href="#turn-{escape(each.turn)}">{escape(_when(each.turn, each.at))}</a> {escape(each.says)}</li>'
        for each in made.moments
    )
    parts = (
        f"<h3>Then</h3>{then}" if then else "",
        _list("Held against you", "".join(_held(each, round_) for each in made.held)),
        _list("Keep doing", "".join(_keep(each, round_) for each in made.keep)),
        _list("Moments", moments),
        _dropped(made),
        "" if made.by_model else f'<p class="coach-small">{_WITHOUT_A_MODEL}</p>',
    )
    return f'<section class="coach-debrief is-rest" aria-label="More of the debrief">{"".join(parts)}</section>'


_WITHOUT_A_MODEL = "Put together without a model, from your words, the grade and what the scenario's author wrote."


def not_written(line: str) -> str:
    """What is told after a model failed to write it."""
    return f'<p class="coach-small" role="status">Not written: {escape(line)}</p>'


def writing() -> str:
    return '<p class="coach-small" role="status">A model is writing it from the grade…</p>'


def _fix(fix: Fix, round_: Round) -> str:
    """From the candidate's words over what they cost to better ones, and the question to answer again."""
    tier = round_.brief.criteria[fix.criterion].tier
    near_miss = f'<p class="coach-small">Not enough: “{escape(fix.near_miss)}”</p>' if fix.near_miss else ""
    asks = f'<a href="#{escape(anchor(fix.criterion))}">{escape(fix.missing)}</a>'
    better = _better(fix)
    return (
        f'<p class="coach-over">{escape(_dimension(fix, round_))} · {tier} · {OUTCOMES[fix.verdict][1].lower()}</p>'
        f'<div class="steps">{_said(fix, round_)}'
        f"<div><h3>Why it cost</h3><p>{escape(fix.hears)}</p><p>It asks for: {asks}</p>{near_miss}</div>"
        f"{f'<div class=better>{better}</div>' if better else ''}</div>{_again(fix, round_)}"
    )


def _dimension(fix: Fix, round_: Round) -> str:
    return round_.brief.rubric.dimension(fix.criterion.split(".", maxsplit=1)[0]).name


def _said(fix: Fix, round_: Round) -> str:
    """The words it is about, else the question that they do not answer."""
    if fix.quote:
        nearest = fix.verdict is Outcome.MISSED and fix.say is None
        return (
            f"<div><h3>{'Nearest to it, you said' if nearest else 'You said'}</h3>{quoted(fix.quote, round_)}</div>"
        )
    if fix.asked and fix.asked.turn:
        question = f"“{escape(fix.asked.text)}” {_link(fix.asked.turn, round_)}"
        return f"<div><h3>You were asked</h3><blockquote>{question}</blockquote></div>"
    return ""


def _better(fix: Fix) -> str:
    """The answer said better in the candidate's own design; else what the scenario's author would take for it."""
    if fix.say:
        return (
            f'<h3>Say it like this</h3><p class="say">{_marked(fix)}</p>'
            '<p class="coach-small">Your design; what is new is underlined.</p>'
        )
    if fix.hear:
        return (
            f'<h3>Say it like this</h3><p class="say">“{escape(fix.hear)}”</p>'
            '<p class="coach-small">The scenario author\'s words, not a rewrite of yours. Say it with the parts '
            "and numbers of your own design.</p>"
        )
    return ""


def _marked(fix: Fix) -> str:
    """The answer said better, its new phrases marked."""
    text = escape(fix.say or "")
    for phrase in sorted(fix.added, key=len, reverse=True):
        text = text.replace(escape(phrase), f"<ins>{escape(phrase)}</ins>", 1)
    return text


def _again(fix: Fix, round_: Round) -> str:
    """The question for it, where it does not stand there already."""
    asked = fix.asked
    if asked is None or (asked.turn and not fix.quote):
        return ""
    if asked.turn is None:
        return f'<p class="again">The question for it, not asked in this round: “{escape(asked.text)}”</p>'
    link = _link(asked.turn, round_)
    return f'<p class="again">The question to answer again: “{escape(asked.text)}” {link}</p>'


def _link(turn: str, round_: Round) -> str:
    at = next((said.at for said in round_.turns if said.id == turn), None)
    return f'<a href="#turn-{escape(turn)}">{escape(_when(turn, at))}</a>'


def _folded(fix: Fix, round_: Round) -> str:
    summary = f"<strong>{escape(_dimension(fix, round_))}:</strong> {escape(fix.missing)}"
    return f'<details class="fix"><summary>{summary}</summary>{_fix(fix, round_)}</details>'


def _to_settle(made: Debrief, round_: Round) -> str:
    items = "".join(
        f'<li><a href="#{escape(anchor(name))}">{escape(round_.brief.criteria[name].text)}</a></li>'
        for name in made.settle
    )
    return f'<article class="fix"><h2>Settle this first</h2><ul>{items}</ul></article>' if items else ""


def _held(held: Held, round_: Round) -> str:
    said = quoted(held.quote, round_) if held.quote else ""
    severity = round_.brief.flags[held.flag].severity
    link = f'<a href="#{escape(anchor(held.flag))}">{escape(held.says)}</a>'
    return f'<li>{said}<p>{link} <span class="coach-small">{severity}</span></p></li>'


def _keep(keep: Keep, round_: Round) -> str:
    says = escape(keep.says)
    if keep.criterion:
        says = f'What it shows: <a href="#{escape(anchor(keep.criterion))}">{says}</a>'
    return f"<li>{quoted(keep.quote, round_)}<p>{says}</p></li>"


def _list(title: str, items: str) -> str:
    return f"<h3>{title}</h3><ul>{items}</ul>" if items else ""


def _when(turn: str, at: float | None) -> str:
    return turn if at is None else f"{turn} at {clock_time(at)}"


def _dropped(made: Debrief) -> str:
    if not made.dropped:
        return ""
    items = "".join(f"<li>{escape(each)}</li>" for each in made.dropped)
    return (
        f'<details class="coach-small"><summary>{len(made.dropped)} left out: the grade or your words do not '
        f"bear them out</summary><ul>{items}</ul></details>"
    )

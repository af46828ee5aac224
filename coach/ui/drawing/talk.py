"""How somebody talked in a round: a few figures and a small picture, which nothing is scored by."""

from __future__ import annotations

from html import escape

from coach.domain.talk import Monologue, Pace, Talk
from coach.ui.drawing.cards import counted
from coach.ui.drawing.conversation import clock_time

_STEP = 50
"""Words a minute from one line of the picture to the next."""
_LOWEST_TOP = 200
"""Words a minute the picture reaches up to at least, so that an even pace looks even."""


def talk_card(talk: Talk) -> str:
    """The figures of a spoken round; nothing where none of its turns was measured, as in a typed one."""
    if talk.time_share is None and not talk.pace and not talk.thinking:
        return ""
    figures = "".join(f"<dt>{name}</dt><dd>{said}</dd>" for name, said in _figures(talk))
    return (
        '<section class="coach-talk" aria-label="How you talked"><h2>How you talked (never scored)</h2>'
        f"<dl>{figures}</dl>{_paces(talk.pace)}</section>"
    )


def _figures(talk: Talk) -> list[tuple[str, str]]:
    """What is told, in words. Turn ids are the only part of it that comes from outside."""
    told = [("You spoke", _share(talk))] if talk.time_share is not None or talk.word_share is not None else []
    if talk.longest:
        told.append(("Longest answer", _longest(talk.longest)))
    if talk.usual_thinking is not None:
        most = max(talk.thinking, key=lambda each: each.seconds)
        longest = f", at most {_seconds(most.seconds)} before {_link(most.turn)}" if len(talk.thinking) > 1 else ""
        told.append(("Before you spoke", f"{_usually(len(talk.thinking))}{_seconds(talk.usual_thinking)}{longest}"))
    if talk.usual_pace is not None:
        speeds = [each.words_per_minute for each in talk.pace]
        range_ = f", from {min(speeds):.0f} to {max(speeds):.0f}" if len(speeds) > 1 else ""
        told.append(("Pace", f"{_usually(len(speeds))}{talk.usual_pace:.0f} words a minute{range_}"))
    if talk.interrupted is not None:
        links = f": {', '.join(_link(turn) for turn in talk.interrupted)}" if talk.interrupted else ""
        told.append(("Broken off", f"{counted(len(talk.interrupted), 'turn')}{links}"))
    return told


def _share(talk: Talk) -> str:
    shares = ((talk.time_share, "of the speaking time"), (talk.word_share, "of the words"))
    return ", ".join(f"{share:.0%} {what}" for share, what in shares if share is not None)


def _longest(longest: Monologue) -> str:
    lasted = f"{clock_time(longest.seconds)} min, " if longest.seconds is not None else ""
    return f"{lasted}{counted(longest.words, 'word')} ({_link(longest.turn)})"


def _usually(several: int) -> str:
    """Before a median."""
    return "usually " if several > 1 else ""


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s"


def _link(turn: str) -> str:
    return f'<a href="#turn-{escape(turn)}">{escape(turn)}</a>'


def _paces(paces: tuple[Pace, ...]) -> str:
    """Pace over time, once there are two turns to compare: a picture, and the same as a table."""
    if len(paces) < 2:
        return ""
    top = max([_LOWEST_TOP, *(_STEP * (int(each.words_per_minute) // _STEP + 1) for each in paces)])
    columns = "".join(
        f'<span class="col"><i class="dot" style="bottom:{100 * each.words_per_minute / top:.1f}%"></i></span>'
        for each in paces
    )
    said = ", ".join(f"{each.words_per_minute:.0f}" for each in paces)
    lines = f"background-size:100% {100 * _STEP / top:.2f}%"
    rows = "".join(
        f"<tr><td>{_link(each.turn)}</td><td>{'–' if each.at is None else clock_time(each.at)}</td>"
        f"<td>{each.words_per_minute:.0f}</td></tr>"
        for each in paces
    )
    return (
        f'<div class="plot" role="img" aria-label="Words a minute, answer after answer: {said}" style="{lines}">'
        f"{columns}</div>"
        f'<p class="coach-small">Words a minute, answer after answer; a line every {_STEP}, the top is {top}.</p>'
        '<details><summary>As a table</summary><table><thead><tr><th scope="col">Answer</th>'
        '<th scope="col">From</th><th scope="col">Words a minute</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></details>"
    )

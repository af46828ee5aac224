"""The small blocks around a round: a note, a line of the list, the price card, what has come up so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from html import escape

from coach.domain.prices import PriceCard
from coach.domain.round import Round
from coach.domain.rubric import Brief, Rubric
from coach.ports import RoundLine


def _dollars(amount: float) -> str:
    """Two decimals, or three where two would round it."""
    return f"${amount:,.2f}" if round(amount, 2) == round(amount, 4) else f"${amount:,.3f}"


def _milliseconds(amount: float) -> str:
    return f"{amount:,.0f} ms"


_FIGURES: dict[str, tuple[str, Callable[[float], str]]] = {
    "input_per_m": ("in, per million tokens", _dollars),
    "output_per_m": ("out, per million tokens", _dollars),
    "cached_input_per_m": ("cached in", _dollars),
    "cache_write_per_m": ("cache write", _dollars),
    "first_token_ms": ("first token", _milliseconds),
    "tokens_per_s": ("tokens a second", "{:,.0f}".format),
    "query_ms": ("one query", _milliseconds),
}
"""Figures of a model on the price card, in order: what it is called and how it is written."""


def note(line: str) -> str:
    """One thing that went wrong and what to do next."""
    return f'<div class="coach-note" role="alert">{escape(line)}</div>'


def round_line(line: RoundLine, role: str, status: str, began: datetime) -> str:
    """A round as it stands in the list: the role's name, how the round stands, and when it began, in the
    candidate's own time zone."""
    facts = (
        role,
        line.level.capitalize(),
        f"{line.minutes} min",
        "Rehearse" if line.rehearse else "Real",
        counted(line.turns, "answer"),
        f"{began:%d %b %Y, %H:%M %Z}",
    )
    return (
        f'<div class="coach-line"><strong>{escape(line.title)}</strong> '
        f'<span class="coach-chip">{escape(status)}</span>'
        f'<div class="coach-small">{escape(" · ".join(facts))}</div></div>'
    )


def price_card(card: PriceCard) -> str:
    """The price card: a column for each model, then everything else on it."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in card.models)
    rows = ""
    for figure, (label, written) in _FIGURES.items():
        values = [getattr(price, figure) for price in card.models.values()]
        if any(value is not None for value in values):
            cells = "".join(f"<td>{'–' if value is None else written(value)}</td>" for value in values)
            rows += f'<tr><th scope="row">{label}</th>{cells}</tr>'
    rest = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{text}</td></tr>' for name, text in _rest(card))
    small = f'<p class="coach-small">{escape(card.note)}</p>' if card.note else ""
    return (
        f'<table class="coach-prices"><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>'
        f'<table class="coach-prices"><tbody>{rest}</tbody></table>{small}'
    )


def facts_told(round_: Round) -> str:
    """The facts uncovered so far, in the order they were told."""
    known = round_.brief.scenario.facts_by_id
    told = dict.fromkeys(turn.fact for turn in round_.turns if turn.fact in known)
    if not told:
        return '<p class="coach-small">None yet. Ask about users, scale, budget, quality…</p>'
    items = (f"<li>{escape(known[fact].say)}</li>" for fact in told if fact)
    return f'<ul class="coach-list">{"".join(items)}</ul>'


def dimensions_opened(brief: Brief, opened: Iterable[str]) -> str:
    """The dimensions an interviewer can open, those opened so far marked."""
    reached = set(opened)
    names = {dimension.id: dimension.name for dimension in brief.rubric.dimensions}
    items = "".join(
        f'<li class="{"is-open" if id_ in reached else "is-closed"}">'
        f'<span aria-hidden="true">{"●" if id_ in reached else "○"}</span> {escape(names[id_])}'
        f'<span class="coach-hidden">{": opened" if id_ in reached else ": not yet"}</span></li>'
        for id_ in brief.probed_dimensions
    )
    return f'<ul class="coach-ticks">{items}</ul>'


def grading_progress(rubric: Rubric, done: Iterable[str]) -> str:
    """The dimensions while a round is graded, those done ticked."""
    finished = set(done)
    items = "".join(
        f'<li class="{"is-open" if d.id in finished else "is-closed"}">'
        f'<span aria-hidden="true">{"✓" if d.id in finished else "…"}</span> {escape(d.name)}</li>'
        for d in rubric.dimensions
    )
    return (
        '<div class="coach-progress" role="status"><strong>Reading your answers, one dimension at a time</strong>'
        f'<ul class="coach-ticks">{items}</ul></div>'
    )


def counted(number: int, thing: str) -> str:
    """`1 answer`, `2 answers`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _rest(card: PriceCard) -> list[tuple[str, str]]:
    lines = []
    if card.batch_discount is not None:
        lines.append(("batch", f"{card.batch_discount:.0%} off"))
    if card.rerank:
        lines.append((f"rerank {card.rerank.passages} passages", _milliseconds(card.rerank.ms)))
        lines.append(("1,000 reranks", _dollars(card.rerank.per_1000_queries)))
    lines += [(f"{kind} search", _milliseconds(ms)) for kind, ms in card.search_ms.items()]
    if card.gpu_hour is not None:
        lines.append(("GPU hour", _dollars(card.gpu_hour)))
    lines += [(name.replace("_", " "), _dollars(price)) for name, price in card.human.items()]
    return lines

"""The candidate's numbers beside what they should be, each with its working and the way to where it was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from coach.domain.referee import SUM, Ruling, Standing
from coach.domain.round import Round
from coach.ui.drawing.cards import counted
from coach.ui.drawing.verdicts import quoted

_STANDINGS = {
    Standing.CONSISTENT: ("✓", "Consistent"),
    Standing.OFF: ("✗", "Off"),
    Standing.MISSING: ("–", "Not stated"),
    Standing.UNCLEAR: ("?", "Could not tell"),
}


def your_numbers(found: Sequence[Ruling], round_: Round) -> str:
    """The rulings on a round's figures; nothing where there are none."""
    if not found:
        return ""
    estimates = [each for each in found if each.about != SUM]
    sums = [each for each in found if each.about == SUM]
    tables = ""
    if estimates:
        tables += f"<h3>The scenario's arithmetic</h3>{_table(estimates, 'What it asks for', round_)}"
    if sums:
        is_open = " open" if any(each.standing is Standing.OFF for each in sums) else ""
        table = _table(sums, "Your operands", round_)
        tables += f"<details{is_open}><summary><h3>Your own sums, done again</h3></summary>{table}</details>"
    return (
        f'<section class="coach-numbers"><h2>Your numbers</h2><p class="coach-small">{_in_short(estimates, sums)}. '
        f"For learning only: no verdict and no score rests on them.</p>{tables}</section>"
    )


def _in_short(estimates: Sequence[Ruling], sums: Sequence[Ruling]) -> str:
    parts = []
    if estimates:
        how_many = Counter(each.standing for each in estimates)
        told = (f"{how_many[each]} {word.lower()}" for each, (_, word) in _STANDINGS.items() if how_many[each])
        parts.append(f"{counted(len(estimates), 'estimate')}: {', '.join(told)}")
    if sums:
        right = sum(each.standing is Standing.CONSISTENT for each in sums)
        parts.append(f"{right} of {counted(len(sums), 'sum')} of your own right")
    return "; ".join(parts)


def _table(found: Iterable[Ruling], what: str, round_: Round) -> str:
    """A table that stays one on a phone, where its cells stand below one another, each with its column's name."""
    columns = (what, "You said", "It should be", "Outcome")
    head = "".join(f'<th scope="col" role="columnheader">{name}</th>' for name in columns)
    rows = "".join(_row(each, columns, round_) for each in found)
    return (
        f'<table role="table"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )


def _row(ruling: Ruling, columns: Sequence[str], round_: Round) -> str:
    sign, word = _STANDINGS[ruling.standing]
    what = escape(ruling.ask) if ruling.about != SUM else f"<code>{escape(ruling.working)}</code>"
    cells = (
        what,
        _said(ruling, round_),
        _should_be(ruling),
        f'<span aria-hidden="true">{sign}</span> {_outcome(ruling, word)}',
    )
    drawn = "".join(
        f'<td role="cell" data-label="{name}"><div>{cell}</div></td>'
        for name, cell in zip(columns, cells, strict=True)
    )
    return f'<tr role="row" class="is-{ruling.standing.value}">{drawn}</tr>'


def _said(ruling: Ruling, round_: Round) -> str:
    if ruling.quote is None:
        return "–"
    return f'{quoted(ruling.quote, round_)}<span class="coach-small">understood as {escape(ruling.stated)}</span>'


def _should_be(ruling: Ruling) -> str:
    should_be = f"<strong>{escape(ruling.expected)}</strong>"
    if ruling.about == SUM:
        return should_be
    accept = f'<br><span class="coach-small">{escape(ruling.accept)} counts as right</span>'
    return f"{should_be}{accept}<br><code>{escape(ruling.working)}</code>"


def _outcome(ruling: Ruling, word: str) -> str:
    if ruling.factor is None:
        return f"<strong>{word}</strong>"
    side = "high" if ruling.factor >= 1 else "low"
    return f'<strong>{word} {ruling.off_by}</strong><br><span class="coach-small">too {side}</span>'

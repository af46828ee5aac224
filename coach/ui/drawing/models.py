"""Which models are in use and with whose key, whether they answer, and what they cost. Never a key."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from coach.domain.calls import Caps, Spending
from coach.ui.drawing.cards import counted
from coach.ui.drawing.offers import Cost, KeyState

NOT_KNOWN = "not known"


def in_use(roles: Mapping[str, Sequence[tuple[str, KeyState | None]]]) -> str:
    """One line: for each role its models, the first choice first, each with its key; None where it is not even
    written as a model."""
    if not any(roles.values()):
        return _ribbon("Everything runs offline: no key, no network.")
    return _ribbon("".join(_role(role, models) for role, models in roles.items()))


def _role(role: str, models: Sequence[tuple[str, KeyState | None]]) -> str:
    if not models:
        return f"<span><strong>{escape(role)}:</strong> offline</span>"
    (first, key), *others = models
    more = f", then {', '.join(escape(spec) for spec, _ in others)}" if others else ""
    return f"<span><strong>{escape(role)}:</strong> {escape(first)}{more} {_key(key)}</span>"


def _key(state: KeyState | None) -> str:
    if state is None:
        return ""
    kind = " is-missing" if state is KeyState.MISSING else ""
    return f'<span class="coach-chip{kind}">{escape(state.value)}</span>'


def _ribbon(words: str) -> str:
    return f'<div class="coach-ribbon coach-in-use">{words}</div>'


def other_keys(file: str) -> str:
    """Where keys may come from beside this page."""
    return f'<p class="coach-small">A key in the environment or in <code>{escape(file)}</code> is used as well.</p>'


def how_to_choose() -> str:
    """What the prices mean, and how to name a model that is not listed."""
    return (
        '<p class="coach-small">Prices are US dollars for a million tokens. Another model can be typed: '
        "<code>provider:model</code>, or <code>openai:my-model@http://127.0.0.1:8080/v1</code> for a server of "
        "your own.</p>"
    )


def wrong(problems: Iterable[str]) -> str:
    """What is wrong with a field, below it."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in problems)
    return f'<div class="coach-wrong" role="alert">{lines}</div>'


def worked(line: str) -> str:
    """A model has answered."""
    return f'<p class="coach-tried is-good" role="status"><span aria-hidden="true">✓</span> {escape(line)}</p>'


def failed(spec: str, line: str) -> str:
    """A model has not answered, and what to do."""
    named = line if line.startswith(spec) else f"{spec}: {line}"
    return f'<p class="coach-tried" role="status"><span aria-hidden="true">✗</span> {escape(named)}</p>'


def price_table(rows: Sequence[Cost], caps: Caps) -> str:
    """What rounds are expected to cost."""
    body = "".join(
        f'<tr><th scope="row">{row.minutes} minutes</th><td>{_usd(row.interviewer)}</td><td>{_usd(row.judge)}</td>'
        f"<td><strong>{_usd(row.together)}</strong></td></tr>"
        for row in rows
    )
    cap = math.inf if caps.round_usd is None else caps.round_usd
    dear = [row.minutes for row in rows if (row.together or 0.0) > cap]
    warning = (
        f'<p class="coach-small"><strong>{dear[0]} minutes come to more than the cap on a round.</strong></p>'
        if dear
        else ""
    )
    return (
        '<h2>What a round costs</h2><table class="coach-costs">'
        '<thead><tr><th scope="col">A round of</th><th scope="col">Interviewer</th>'
        '<th scope="col">Judge</th><th scope="col">Together</th></tr></thead>'
        f"<tbody>{body}</tbody></table>{warning}"
        '<p class="coach-small">Expected, in US dollars, by the price list that comes with this version; what a '
        "model thinks in silence is not counted. Your provider's bill counts.</p>"
    )


def spending(caps: Caps, month: Spending) -> str:
    """The caps, how much of the month's is spent, and how to set them."""
    unpriced = f"Beside it, {counted(month.unpriced, 'call')} whose price is not known. " if month.unpriced else ""
    return (
        '<h2>Caps</h2><table class="coach-costs"><tbody>'
        f'<tr><th scope="row">At most in a round</th><td>{_cap(caps.round_usd)}</td></tr>'
        f'<tr><th scope="row">At most in a month</th><td>{_cap(caps.month_usd)}</td></tr>'
        f'<tr><th scope="row">Spent this month</th><td>{_spent(month.usd)}</td></tr>'
        f"</tbody></table>{_meter(caps, month)}"
        f'<p class="coach-small">{unpriced}Before a call would go over a cap, the round goes on offline. To change '
        "them, start Coach with <code>COACH_ROUND_CAP=5</code> or <code>COACH_MONTH_CAP=50</code>, in dollars; "
        "<code>none</code> is no cap.</p>"
    )


def _meter(caps: Caps, month: Spending) -> str:
    if not caps.month_usd:
        return ""
    share = min(1.0, month.usd / caps.month_usd)
    return (
        f'<div class="coach-budget" role="img" aria-label="{share:.0%} of the month\'s cap is spent">'
        f'<i style="width:{share:.1%}"></i></div>'
    )


def _usd(amount: float | None) -> str:
    if amount is None:
        return NOT_KNOWN
    if amount == 0:
        return "free"
    return "under $0.01" if amount < 0.005 else f"${amount:,.2f}"


def _spent(amount: float) -> str:
    return "nothing" if amount == 0 else _usd(amount)


def _cap(amount: float | None) -> str:
    return "none" if amount is None else f"${amount:,.2f}"

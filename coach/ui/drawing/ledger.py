"""What models cost: expected before a round, counted while it runs, and in one line below its grade."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from coach.domain.calls import Call, CallOutcome, Caps, Purpose, Spending, Usage
from coach.domain.grade import Cost
from coach.ui.drawing.cards import counted

_PURPOSES = {Purpose.INTERVIEW: "Interviewer", Purpose.JUDGE: "Judge"}
_SPEECH = {Purpose.HEAR: "Hearing you", Purpose.SPEAK: "Speaking"}
_OUTCOMES = {
    None: "under way",
    CallOutcome.REPLIED: "",
    CallOutcome.UNAVAILABLE: "no whole reply",
    CallOutcome.REFUSED: "refused",
    CallOutcome.UNUSABLE: "reply not usable",
    CallOutcome.CLOSED: "heard enough",
}
"""How a call ended, where there is something to say about it."""


def short(model: str) -> str:
    """A model's name for the eye: `openai:qwen3 at localhost:11434` for one on a server of one's own."""
    name, at, address = model.partition("@http")
    return f"{name} at {address.partition('://')[2].partition('/')[0]}" if at else name


def money(usd: float) -> str:
    """`$0.02`; a third decimal below one cent."""
    if 0 < usd < 0.0005:
        return "under $0.001"
    return f"${usd:,.2f}" if usd == 0 or usd >= 0.01 else f"${usd:.3f}"


def tokens(usage: Usage | Spending | Cost) -> str:
    """`41 k tokens (63 % cached)`: all of them, and the share of what was sent that the provider had kept."""
    number = usage.input_tokens + usage.output_tokens
    thousands = f"{number / 1_000:,.0f} k" if number >= 10_000 else f"{number / 1_000:.1f} k"
    kept = f" ({usage.cached_tokens / usage.input_tokens:.0%} cached)" if usage.cached_tokens else ""
    return f"{thousands if number >= 1_000 else number} tokens{kept}".replace("%", " %")


def capped(caps: Caps) -> str:
    """`$2.00 a round, $20.00 a month`, or nothing where there is no cap."""
    both = ((caps.round_usd, "round"), (caps.month_usd, "month"))
    return ", ".join(f"${usd:,.2f} a {span}" for usd, span in both if usd is not None)


def lead(engine_is_live: bool, model: str | None) -> str:
    """Which engine leads a round: `live · openai:gpt-5.4-mini` or `offline`."""
    if not engine_is_live:
        return "offline"
    return f"live · {short(model)}" if model else "live · no model set"


def who(interviewer: str, judge: str | None) -> str:
    """Which model does what, in one sentence."""
    if judge is None:
        return f"{short(interviewer)} interviews; the grade is given offline."
    if judge == interviewer:
        return f"{short(interviewer)} interviews and judges."
    return f"{short(interviewer)} interviews, {short(judge)} judges."


def expected(usd: float | None, caps: Caps) -> str:
    """What a round and its grading are expected to cost, and the most they may."""
    if usd is None:
        return "Price not known."
    cap = "" if caps.round_usd is None else f", at most {money(caps.round_usd)}"
    return f"About {money(usd)} with the grade{cap}."


def graded_by(model: str | None, cost: Cost) -> str:
    """Who gave a grade and what it took, in one line."""
    if model is None:
        return "Graded offline"
    facts = [f"Graded by {short(model)}"]
    if cost.calls:
        facts += [money(cost.usd) if cost.usd else "price not known", tokens(cost), counted(cost.calls, "call")]
    return " · ".join(facts)


def ledger(calls: Sequence[Call], caps: Caps) -> str:
    """A round's calls: what they came to, then each of them, the newest first."""
    cap = f'<p class="coach-small">Cap: {capped(caps) or "none"}.</p>'
    if not calls:
        return (
            '<p class="coach-empty">No call yet. Opening, facts, hints and changes of premise are the words of the '
            f"scenario's author: they need no model and cost nothing.</p>{cap}"
        )
    used = {call.purpose for call in calls}
    shown = _PURPOSES | {purpose: name for purpose, name in _SPEECH.items() if purpose in used}
    groups = {name: [call for call in calls if call.purpose is purpose] for purpose, name in shown.items()}
    rows = "".join(_total(name, group) for name, group in groups.items())
    each = "".join(_call(call) for call in reversed(calls))
    return (
        '<table class="coach-prices"><caption class="coach-hidden">What calls to models came to</caption>'
        '<thead><tr><td></td><th scope="col">calls</th><th scope="col">tokens</th><th scope="col">cost</th></tr>'
        f'</thead><tbody>{rows}{_total("Together", calls)}</tbody></table>{cap}<ol class="coach-calls">{each}</ol>'
    )


def _total(name: str, calls: Sequence[Call]) -> str:
    found = _sum(calls)
    cost = money(found.usd) if found.usd or not found.unpriced else "not known"
    more = " and more" if found.usd and found.unpriced else ""
    size = tokens(found).replace(" tokens", "") if any(call.usage for call in calls) else "–"
    return (
        f'<tr><th scope="row">{name}</th><td>{found.calls}</td><td>{size}</td>'
        f"<td>{cost if calls else '–'}{more}</td></tr>"
    )


def _call(call: Call) -> str:
    """One call: who was asked what for, and what came of it."""
    facts = [_times(call), tokens(call.usage) if call.usage else "", _OUTCOMES[call.outcome]]
    if call.attempts > 1:
        facts.append(f"asked {call.attempts} times")
    most = "at most " if call.usage is None and call.usd else ""
    cost = "price not known" if call.usd is None else f"{most}{money(call.usd)}"
    name = _PURPOSES.get(call.purpose, call.purpose.value.capitalize())
    told = " · ".join(filter(None, facts))
    return (
        f"<li><div><strong>{escape(name)}</strong> <span>{escape(short(call.model))}</span>"
        f'<span class="cost">{cost}</span></div><p class="coach-small">{escape(told)}</p></li>'
    )


def _times(call: Call) -> str:
    if call.seconds is None:
        return ""
    if call.first_seconds is None:
        return f"{call.seconds:.1f} s"
    return f"first word {call.first_seconds:.1f} s, all {call.seconds:.1f} s"


def _sum(calls: Iterable[Call]) -> Spending:
    found = list(calls)
    used = [call.usage or Usage() for call in found]
    return Spending(
        usd=sum(call.usd or 0.0 for call in found),
        unpriced=sum(call.usd is None for call in found),
        input_tokens=sum(usage.input_tokens for usage in used),
        cached_tokens=sum(usage.cached_tokens for usage in used),
        output_tokens=sum(usage.output_tokens for usage in used),
        calls=len(found),
        seconds=sum(call.seconds or 0.0 for call in found),
    )

"""What models cost, by the price list that genai-prices ships: nothing is looked up anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from coach.domain.calls import Usage

if TYPE_CHECKING:
    from genai_prices.types import ModelInfo

FREE = "canned"
"""Provider of replies somebody wrote."""

MOST = 12
"""Models to pick from, at most."""

SMALLEST_WINDOW = 200_000
"""Tokens that today's models take in; those of the past take fewer, those for one purpose alone name no window."""

LINES = {
    "openai": re.compile(r"gpt-(?P<major>\d+)(\.(?P<minor>\d+))?(-(?P<line>[a-z]+))?"),
    "anthropic": re.compile(r"claude-(?P<line>[a-z]+)-(?P<major>\d+)(-(?P<minor>\d+))?"),
}
"""By provider: what the names of its chat models look like. A newer version replaces an older one of its line."""

OTHER_LINES = ("codex", "image", "pro")
"""Made to program, to draw, or to think for minutes."""


class Offer(NamedTuple):
    """A model to pick. Prices are US dollars for a million tokens."""

    model: str
    """As the provider calls it."""
    input_usd: float
    output_usd: float


def price(model: str, usage: Usage) -> float | None:
    """US dollars for `usage` of a model named `provider:model[@base_url]`; None where nobody says, such as for a
    server of one's own. What a provider charges for filling its cache is counted as plain input: with Anthropic a
    quarter of that input less than the bill."""
    provider, _, rest = model.partition(":")
    if provider == FREE:
        return 0.0
    name, at, address = rest.partition("@http")
    by = {"provider_api_url": f"http{address}"} if at else {"provider_id": provider}
    return _price(name, by, usage)


def models(provider: str) -> list[Offer]:
    """The chat models of `provider` to pick from: the newest of each line, the newest and then the largest first.
    Empty for a provider whose models are not listed here."""
    if provider not in LINES:
        return []
    newest: dict[str, tuple[tuple[int, int], Offer]] = {}
    for line, version, offer in _offers(provider):
        if line not in newest or newest[line][0] < version:
            newest[line] = version, offer
    ranked = sorted(newest.values(), key=lambda found: (*found[0], found[1].input_usd), reverse=True)
    return [offer for _, offer in ranked][:MOST]


def _price(name: str, by: dict[str, str], usage: Usage) -> float | None:
    import genai_prices  # noqa: PLC0415 - half a second, and only those who call models need it

    counted = genai_prices.Usage(
        input_tokens=max(usage.input_tokens, usage.cached_tokens),
        cache_read_tokens=usage.cached_tokens,
        output_tokens=usage.output_tokens,
    )
    named: Any = by
    try:
        return float(genai_prices.calc_price(counted, name, **named).total_price)
    except LookupError:
        return None


def _offers(provider: str) -> Iterator[tuple[str, tuple[int, int], Offer]]:
    """Line, version and offer of each chat model."""
    from genai_prices.data_snapshot import get_snapshot  # noqa: PLC0415 - as above

    known = get_snapshot().find_provider(None, provider, None)
    for info in known.models:
        named = LINES[provider].fullmatch(info.id)
        if named is None or named["line"] in OTHER_LINES or (info.context_window or 0) < SMALLEST_WINDOW:
            continue
        version = int(named["major"]), int(named["minor"] or 0)
        if offer := _offer(info):
            yield named["line"] or "", version, offer


def _offer(info: ModelInfo) -> Offer | None:
    prices = info.get_prices(datetime.now(UTC))
    sides = [_usual(side) for side in (prices.input_mtok, prices.output_mtok)]
    if info.deprecated or sides[0] is None or sides[1] is None:
        return None
    return Offer(info.id, sides[0], sides[1])


def _usual(side: Any) -> float | None:
    """Dollars for a million tokens; of prices that rise with the length of the request, the first."""
    return None if side is None else float(getattr(side, "base", side))

"""Prices: by the list that is installed, and never guessed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from coach.chat_models.prices import MOST, models, price
from coach.domain.calls import Usage

FRESH = Usage(input_tokens=100_000, output_tokens=10_000)
CACHED = Usage(input_tokens=100_000, cached_tokens=90_000, output_tokens=10_000)


@pytest.mark.parametrize(
    ("model", "usd"),
    [("openai:gpt-4.1", 0.28), ("anthropic:claude-sonnet-4-5", 0.45), ("openai:gpt-4.1-mini", 0.056)],
)
def test_a_call_costs_what_its_tokens_do(model: str, usd: float) -> None:
    assert price(model, FRESH) == pytest.approx(usd)


def test_a_model_is_known_by_its_dated_name_too() -> None:
    assert price("openai:gpt-4.1-2025-04-14", FRESH) == price("openai:gpt-4.1", FRESH)


@pytest.mark.parametrize(
    ("model", "usd"),
    [("openai:gpt-4.1", 0.02 + 0.045 + 0.08), ("anthropic:claude-sonnet-4-5", 0.03 + 0.027 + 0.15)],
)
def test_tokens_a_provider_had_kept_cost_less(model: str, usd: float) -> None:
    assert price(model, CACHED) == pytest.approx(usd)


@pytest.mark.parametrize(
    "model",
    [
        "openai:qwen3:8b@http://127.0.0.1:11434/v1",
        "openai:gpt-4.1@http://127.0.0.1:11434/v1",
        "openai:no-such-model",
        "openai:",
        "litellm:nobody/nothing",
        "nosuch:model",
        "nothing at all",
    ],
)
def test_what_nobody_says_the_price_of_has_none(model: str) -> None:
    assert price(model, FRESH) is None


def test_an_address_of_a_known_vendor_has_that_vendors_price() -> None:
    hosted = price("openai:llama-3.3-70b-versatile@https://api.groq.com/openai/v1", FRESH)
    assert hosted is not None
    assert hosted == price("litellm:groq/llama-3.3-70b-versatile", FRESH)


def test_written_replies_cost_nothing() -> None:
    assert price("canned:replies.yaml", FRESH) == 0.0


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_models_to_pick_from_are_few_and_each_has_a_price(provider: str) -> None:
    offers = models(provider)
    assert 3 <= len(offers) <= MOST
    assert len({offer.model for offer in offers}) == len(offers)
    for offer in offers:
        assert 0 < offer.input_usd < offer.output_usd
        spent = price(f"{provider}:{offer.model}", Usage(input_tokens=1_000, output_tokens=1_000))
        assert spent == pytest.approx((offer.input_usd + offer.output_usd) / 1_000)


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_every_offer_has_a_price_for_any_usage(provider: str) -> None:
    for offer in models(provider):
        for cached in (0, 1, 500_000):
            used = Usage(input_tokens=500_000, cached_tokens=cached, output_tokens=3)
            assert (price(f"{provider}:{offer.model}", used) or 0.0) > 0.0


def test_only_the_newest_of_each_line_is_offered_and_none_that_cannot_chat() -> None:
    names = [offer.model for offer in models("openai")] + [offer.model for offer in models("anthropic")]
    assert not {"gpt-4.1", "gpt-5", "gpt-5-mini", "claude-opus-4-0", "claude-sonnet-4-5"} & set(names)
    for word in ("image", "audio", "realtime", "codex", "embedding", "search", "turbo"):
        assert not any(word in name for name in names)


def test_nothing_is_offered_for_a_provider_whose_models_are_not_listed() -> None:
    assert models("litellm") == models("canned") == models("nosuch") == []


def test_the_price_list_is_read_only_when_a_price_is_asked_for() -> None:
    program = "import sys, coach.chat_models.prices; sys.exit('genai_prices' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

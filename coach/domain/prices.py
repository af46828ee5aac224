"""The price card shown beside a round (format prices/v1)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from coach.domain.value import Line, Slug, Value

Amount = Annotated[float, Field(ge=0)]


class ModelPrice(Value):
    """Prices in USD per million tokens, times in milliseconds, speed in tokens per second."""

    input_per_m: Amount
    output_per_m: Amount | None = None
    cached_input_per_m: Amount | None = None
    cache_write_per_m: Amount | None = None
    first_token_ms: Amount | None = None
    tokens_per_s: Amount | None = None
    query_ms: Amount | None = None


class Rerank(Value):
    """USD per 1,000 queries of `passages` passages, each taking `ms` milliseconds."""

    per_1000_queries: Amount
    passages: Annotated[int, Field(gt=0)]
    ms: Amount


class PriceCard(Value):
    """Fictional, round and stable on purpose, so that arithmetic never goes out of date."""

    format: Annotated[Literal["prices/v1"], Field(alias="schema")]
    id: Slug
    as_of: Line | None = None
    note: Line | None = None
    models: dict[Slug, ModelPrice]
    batch_discount: Annotated[float, Field(ge=0, le=1)] | None = None
    rerank: Rerank | None = None
    search_ms: dict[Slug, Amount] = Field(default_factory=dict)
    gpu_hour: Amount | None = None
    human: dict[Annotated[str, Field(pattern=r"^[a-z_]+$")], Amount] = Field(default_factory=dict)


def price_names(card: PriceCard) -> dict[str, float]:
    """What a working may use of a price card: `large.input_per_m`, `rerank.ms`, `gpu_hour`."""
    names: dict[str, float] = {}
    for group in (card.models, {"rerank": card.rerank} if card.rerank else {}):
        for name, prices in group.items():
            for key, amount in prices.model_dump(exclude_none=True).items():
                names[f"{name.replace('-', '_')}.{key}"] = amount
    for title, amounts in (("search_ms", card.search_ms), ("human", card.human)):
        names |= {f"{title}.{name.replace('-', '_')}": amount for name, amount in amounts.items()}
    for key in ("batch_discount", "gpu_hour"):
        if (amount := getattr(card, key)) is not None:
            names[key] = amount
    return names

"""What a round is expected to use before it starts."""

from __future__ import annotations

from itertools import pairwise

from coach.domain.calls import Usage
from coach.domain.estimate import EXCHANGE_MINUTES, Estimate, estimate
from coach.domain.round import LONGEST, SHORTEST


def _parts(expected: Estimate) -> tuple[Usage, Usage]:
    return expected.interviewer, expected.judge


def test_a_longer_round_never_uses_less() -> None:
    for shorter, longer in pairwise(estimate(minutes) for minutes in range(SHORTEST, LONGEST + 1)):
        for less, more in zip(_parts(shorter), _parts(longer), strict=True):
            assert less.input_tokens <= more.input_tokens
            assert less.cached_tokens <= more.cached_tokens
            assert less.output_tokens <= more.output_tokens


def test_no_more_is_found_in_the_cache_than_is_sent() -> None:
    for minutes in range(SHORTEST, LONGEST + 1):
        assert all(part.cached_tokens < part.input_tokens for part in _parts(estimate(minutes)))


def test_eight_turns_take_forty_to_sixty_thousand_tokens_and_most_of_them_were_sent_before() -> None:
    parts = _parts(estimate(round(8 * EXCHANGE_MINUTES)))
    sent = sum(part.input_tokens for part in parts)
    assert 40_000 <= sent <= 60_000
    assert sent - sum(part.cached_tokens for part in parts) <= 20_000


def test_only_the_judge_cares_how_many_dimensions_there_are() -> None:
    few, many = estimate(45, dimensions=3), estimate(45, dimensions=9)
    assert few.interviewer == many.interviewer
    assert few.judge.input_tokens < many.judge.input_tokens
    assert few.judge.output_tokens < many.judge.output_tokens

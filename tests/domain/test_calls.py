"""Calls to models."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from coach.domain.calls import CallOutcome, Usage, month_of
from coach.errors import ModelError, ModelRefusedError, ModelReplyError, ModelUnavailableError


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (ModelUnavailableError("busy"), CallOutcome.UNAVAILABLE),
        (ModelRefusedError("no key"), CallOutcome.REFUSED),
        (ModelReplyError("no JSON"), CallOutcome.UNUSABLE),
        (ModelError("anything else"), CallOutcome.UNAVAILABLE),
    ],
)
def test_every_error_of_a_model_is_an_outcome(error: ModelError, outcome: CallOutcome) -> None:
    assert CallOutcome.of(error) is outcome


def test_usage_is_nothing_until_a_provider_says_otherwise() -> None:
    assert Usage() == Usage(input_tokens=0, cached_tokens=0, output_tokens=0)


def test_a_month_begins_at_midnight_of_its_first_day_in_utc() -> None:
    assert month_of(datetime(2026, 11, 29, 9, 30, 15, 1, tzinfo=UTC)) == datetime(2026, 11, 1, tzinfo=UTC)
    still_october = datetime(2026, 11, 1, 3, 0, tzinfo=timezone(timedelta(hours=5)))
    assert month_of(still_october) == datetime(2026, 10, 1, tzinfo=UTC)

from __future__ import annotations

from datetime import timedelta

from coach.ui.components.clock import reading
from tests.archive.builders import NINE, begun_round


def test_the_clock_counts_from_the_start_of_the_round() -> None:
    assert reading(begun_round(minutes=12), NINE + timedelta(seconds=90.5)) == {"gone": 90.5, "total": 720.0}


def test_the_clock_never_runs_backwards_past_the_start() -> None:
    assert reading(begun_round(), NINE - timedelta(hours=1))["gone"] == 0.0


def test_the_clock_of_a_round_that_has_ended_stands_still() -> None:
    over = begun_round().model_copy(update={"ended_at": NINE + timedelta(minutes=3)})
    assert reading(over, NINE + timedelta(hours=1))["gone"] == 180.0

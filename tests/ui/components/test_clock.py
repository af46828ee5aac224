from __future__ import annotations

from datetime import timedelta

from coach.ui.components.clock import reading
from tests.archive.builders import NINE, begun_round


def test_the_clock_counts_from_the_start_of_the_round() -> None:
    shown = reading(begun_round(minutes=12), NINE + timedelta(seconds=90.5))
    assert (shown["gone"], shown["total"], shown["paused"]) == (90.5, 720.0, False)


def test_the_phases_are_due_in_order_over_the_whole_round() -> None:
    phases = reading(begun_round(minutes=10), NINE)["phases"]
    assert [phase["name"] for phase in phases] == ["Clarify", "Design", "Deep-dive", "Operate", "Wrap"]
    assert [phase["from"] for phase in phases] == sorted(phase["from"] for phase in phases)
    assert phases[0]["from"] == 0
    assert phases[-1]["from"] < 600


def test_a_paused_clock_stands_still() -> None:
    paused = begun_round().model_copy(update={"paused_at": NINE + timedelta(seconds=42)})
    shown = reading(paused, NINE + timedelta(hours=2))
    assert (shown["gone"], shown["paused"]) == (42.0, True)


def test_the_clock_never_runs_backwards_past_the_start() -> None:
    assert reading(begun_round(), NINE - timedelta(hours=1))["gone"] == 0.0


def test_the_clock_of_a_round_that_has_ended_stands_still() -> None:
    over = begun_round().model_copy(update={"ended_at": NINE + timedelta(minutes=3)})
    assert reading(over, NINE + timedelta(hours=1))["gone"] == 180.0

"""Measures come with intervals that hold what they should."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain import measures
from coach.domain.measures import Counts, Interval, differences, empty, figures, intervals, total


def rounds(*right_of_ten: int) -> list[dict[str, Counts]]:
    """A round for each number: so many of its ten criteria judged as labelled, half of them met."""
    made = []
    for right in right_of_ten:
        tables = empty()
        for i in range(10):
            label = measures.MET if i % 2 else measures.MISSED
            wrong = measures.MISSED if i % 2 else measures.MET
            tables["verdicts"][label if i < right else wrong, label] += 1
        made.append(tables)
    return made


def test_an_interval_holds_the_figure_and_is_the_same_every_time() -> None:
    known = rounds(6, 7, 8, 9, 10, 5, 8, 7)
    figure, interval = figures(total(known))["accuracy"], intervals(known)["accuracy"]
    assert figure is not None
    assert interval is not None
    assert interval.low < figure < interval.high
    assert intervals(known)["accuracy"] == interval


def test_an_interval_of_shares_is_as_wide_as_resampling_says() -> None:
    """For a mean of round means the bootstrap comes near ± 1.96 standard errors."""
    shares = [0.6, 0.7, 0.8, 0.9, 1.0, 0.5, 0.8, 0.7] * 4
    interval = intervals(rounds(*(round(10 * share) for share in shares)))["accuracy"]
    assert interval is not None
    error = np.std(shares) / np.sqrt(len(shares))
    assert interval.low == pytest.approx(np.mean(shares) - 1.96 * error, abs=0.01)
    assert interval.high == pytest.approx(np.mean(shares) + 1.96 * error, abs=0.01)


def test_one_round_has_no_interval() -> None:
    assert intervals(rounds(7))["accuracy"] is None


def test_rounds_that_are_all_alike_leave_no_doubt() -> None:
    assert intervals(rounds(8, 8, 8))["accuracy"] == Interval(0.8, 0.8)


def test_a_measure_that_most_samples_leave_undefined_has_no_interval() -> None:
    assert intervals(rounds(8, 8, 8))["qwk"] is None


def test_a_judge_differs_from_itself_by_nothing() -> None:
    known = rounds(6, 7, 8, 9)
    assert differences(known, known)["accuracy"] == Interval(0.0, 0.0)


def test_a_judge_that_is_better_on_every_round_is_better_for_sure() -> None:
    interval = differences(rounds(8, 9, 10), rounds(6, 7, 8))["accuracy"]
    assert interval == pytest.approx((0.2, 0.2))


def test_a_difference_is_one_over_the_same_rounds() -> None:
    with pytest.raises(ValueError, match="the same rounds"):
        differences(rounds(8, 9), rounds(8))

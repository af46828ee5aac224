"""Quantities mean the same in words and in digits, and in any unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.figures.digits import shown
from coach.domain.figures.quantities import Kind, quantities


@pytest.mark.parametrize(
    ("text", "value", "kind", "per"),
    [
        ("one point four cents", 0.014, Kind.MONEY, ""),
        ("a third of a cent", 1 / 300, Kind.MONEY, ""),
        ("$2.5M a year", 2.5e6, Kind.MONEY, "year"),
        ("$3/M", 3, Kind.MONEY, "million"),
        ("twenty-five cents a million", 0.25, Kind.MONEY, "million"),
        ("a dollar twenty-five", 1.25, Kind.MONEY, ""),
        ("fifteen thousand dollars a month", 15_000, Kind.MONEY, "month"),
        ("three hundred and twenty dollars a night", 320, Kind.MONEY, "day"),
        ("four kilobytes each", 4_000, Kind.BYTES, "each"),
        ("eighteen gigs", 18e9, Kind.BYTES, ""),
        ("1.5TB", 1.5e12, Kind.BYTES, ""),
        ("a couple of hundred gigs a day", 200e9, Kind.BYTES, "day"),
        ("900 ms", 0.9, Kind.SECONDS, ""),
        ("one and half second", 1.5, Kind.SECONDS, ""),
        ("half a year", 15_768_000, Kind.SECONDS, ""),
        ("around a second", 1, Kind.SECONDS, ""),
        ("two percent", 0.02, Kind.SHARE, ""),
        ("two and half percent", 0.025, Kind.SHARE, ""),
        ("eight in ten thousand", 0.0008, Kind.SHARE, ""),
        ("three out of ten", 0.3, Kind.SHARE, ""),
        ("45k", 45_000, Kind.COUNT, ""),
        ("1.6B tokens", 1.6e9, Kind.COUNT, ""),
        ("$1.6B", 1.6e9, Kind.MONEY, ""),
        ("2B rows", 2e9, Kind.COUNT, ""),
        ("4B", 4, Kind.BYTES, ""),
        ("twenty-odd million", 20e6, Kind.COUNT, ""),
        ("forty or so million a day", 40e6, Kind.COUNT, "day"),
        ("fourteen new ads a second", 14, Kind.COUNT, "second"),
        ("one two eight", 128, Kind.COUNT, ""),
        ("zero seven", 0.7, Kind.COUNT, ""),
        ("six point four times ten to the minus seven", 6.4e-7, Kind.COUNT, ""),
        ("6.4e-7", 6.4e-7, Kind.COUNT, ""),
        ("half of a tenth", 0.05, Kind.COUNT, ""),
    ],
)
def test_a_quantity_has_one_value_however_it_is_said(text: str, value: float, kind: Kind, per: str) -> None:
    (found,) = quantities(text)
    assert found.value == pytest.approx(value)
    assert (found.kind, found.per) == (kind, per)
    assert text[found.start : found.end].strip()


@pytest.mark.parametrize("text", ["p95", "the ninety-fifth percentile", "one of them", "a page", "9" * 400])
def test_ranks_and_words_are_no_quantities(text: str) -> None:
    assert quantities(text) == ()


def test_a_quantity_knows_what_it_counts() -> None:
    assert quantities("three hundred and sixty thousand full scores")[0].nouns == ("full", "score")
    assert quantities("three hundred, then scores")[0].nouns == ()


AMOUNTS = st.integers(min_value=1, max_value=999)


@given(AMOUNTS)
def test_units_convert_into_one_another(amount: int) -> None:
    for small, large, many in (
        ("cents", "dollars", 100),
        ("ms", "seconds", 1_000),
        ("seconds", "minutes", 60),
        ("minutes", "hours", 60),
        ("MB", "GB", 1_000),
        ("GB", "TB", 1_000),
    ):
        (by_small,), (by_large,) = quantities(f"{amount * many:,} {small}"), quantities(f"{amount} {large}")
        assert by_small.value == pytest.approx(by_large.value)
        assert by_small.kind is by_large.kind
        assert by_small.said == pytest.approx(amount * many)
    for short, long in (("k", "thousand"), ("M", "million")):
        assert quantities(f"{amount}{short}")[0].value == quantities(f"{amount} {long}")[0].value


@given(st.floats(min_value=1e-4, max_value=1e14), st.sampled_from([Kind.MONEY, Kind.BYTES, Kind.SHARE, Kind.COUNT]))
def test_a_figure_shown_is_read_as_the_same_to_three_digits(value: float, kind: Kind) -> None:
    value = max(value, 1.0) if kind is Kind.BYTES else min(value, 1e9)
    (found,) = quantities(shown(value, kind))
    assert found.value == pytest.approx(value, rel=1e-3)
    assert found.kind is kind


@given(st.text(max_size=200))
def test_quantities_lie_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for found in quantities(text):
        assert end <= found.start < found.digits_end <= found.end <= len(text)
        end = found.end

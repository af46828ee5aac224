"""Numbers are understood as they are said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.numbers import numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("point nine", [0.9]),
        ("thirty thousand", [30_000]),
        ("four to five million", [4e6, 5e6]),
        ("five or ten thousand", [5_000, 10_000]),
        ("three point two million pages", [3.2e6]),
        ("a third of a cent", [1 / 3]),
        ("two thirds", [2 / 3]),
        ("half a percent", [0.5]),
        ("half a million", [500_000]),
        ("four and a half million", [4.5e6]),
        ("four and a half cents", [4.5]),
        ("three fifty out, one-twenty, seven hundred", [350, 120, 700]),
        ("a hundred and thirty gigabytes", [130]),
        ("six hundred and sixty thousand", [660_000]),
        ("forty-five hundred", [4_500]),
        ("thirty, twenty, forty", [30, 20, 40]),
        ("point six five", [0.65]),
        ("30,000 at $0.021", [30_000, 0.021]),
        ("45k in", [45_000]),
        ("nineteen times in twenty", [19, 20]),
        ("one in ten", [1, 10]),
    ],
)
def test_spoken_and_written_numbers_have_the_same_value(text: str, values: list[float]) -> None:
    assert [number.value for number in numbers(text)] == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("2%", "percent"),
        ("two percent", "percent"),
        ("p95", "percentile"),
        ("the ninety-fifth percentile", "percentile"),
        ("95th percentile", "percentile"),
        ("eight seconds", None),
    ],
)
def test_a_number_knows_percent_and_percentile(text: str, unit: str | None) -> None:
    assert [number.unit for number in numbers(text)] == [unit]


@pytest.mark.parametrize("text", ["this one is fine", "a person, a file", "one of them", "nothing to count"])
def test_a_lone_one_or_article_is_no_number(text: str) -> None:
    assert numbers(text) == ()


@given(st.text(max_size=200))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for number in numbers(text):
        assert end <= number.start < number.end <= len(text)
        end = number.end


@given(st.integers(min_value=2, max_value=999_999_999))
def test_figures_with_thousands_commas_are_read(value: int) -> None:
    assert [number.value for number in numbers(f"about {value:,} pages")] == [value]

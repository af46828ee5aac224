"""Sums said aloud come out right, or off by what they are off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.figures.sums import sums


@pytest.mark.parametrize(
    ("text", "comes_to"),
    [
        ("Four hundred thousand times eight is three point two million pages.", 3.2e6),
        ("Twenty-five times twenty, five hundred million, fine.", 500e6),
        ("Thirty thousand times twenty-two days, six hundred and sixty thousand.", 660_000),
        ("That's twenty-five million tiles over 1.2 million ads, about twenty each.", 20.83),
        ("Point nine two to the fifth is about two thirds.", 0.659),
        ("16*0.04*0.96/0.0008^2 = 960,000", 960_000),
        ("6,000 people * 5 = 30k/day", 30_000),
        ("400k docs x 8 pages x 500 tokens = 1.6B tokens", 1.6e9),
        ("8M x 768 x 4B = 25 GB", 24.576e9),
        ("1.6 billion divided by four hundred gives four million", 4e6),
        ("10+10+50+5+60+40+20 is 195.", 195),
        ("45k x $3/M = 0.135.", 0.135),
        ("Fifty four thousand, by three dollar, sixteen cent.", 0.162),
        ("Six pieces of four hundred, twenty-four hundred.", 2_400),
        ("Point nine of a cent and point four five, so one point three five.", 0.0135),
        (
            "Four hundred for taste, two hundred near, fifty close by. So a million to six hundred and fifty.",
            650,
        ),
        ("A third of a cent, near enough. 660,000 of those a month, so twenty-two hundred dollars.", 2_200),
        (
            "300 tokens in at 25 cents a million, and thirty out at a dollar twenty-five, that's about $0.0001.",
            1.125e-4,
        ),
        ("Three hundred tokens at sixty a second, five seconds.", 5),
        ("Twelve thousand a month, a fifth of the sixty.", 0.2),
        ("At a quarter percent of 500 million that's twelve million, no, one and a quarter million a day.", 1.25e6),
    ],
)
def test_a_right_sum_is_recognised(text: str, comes_to: float) -> None:
    found = sums(text)[-1]
    assert found.is_right
    assert found.comes_to == pytest.approx(comes_to, rel=1e-3)


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("Forty thousand times thirty is twelve million.", 10),
        ("45k x $3/M = 0.5.", 3.70),
        ("8 million products, 768 dimensions, four bytes, that's two and a half gigabytes.", 0.102),
        ("Ten thousand tokens at three dollars a million, that's three tenths of a cent.", 0.1),
        ("A reply is three fifty, tokens come at sixty a second, so that's around a second.", 0.171),
    ],
)
def test_a_wrong_sum_is_off_by_its_factor(text: str, factor: float) -> None:
    found = sums(text)[-1]
    assert not found.is_right
    assert found.factor == pytest.approx(factor, rel=0.01)


@pytest.mark.parametrize(
    "text",
    [
        "We retry three times, two seconds apart, so it is fast.",
        "Ninety-five percent per step over eight steps is two thirds of the jobs.",
        "Cut the 200 by 30 percent, so 90 people are happy.",
        "Seven hundred milliseconds plus thirty tokens, about one point two.",
        "A loss from 2021 is settled on the 2021 wording, gone in a minute.",
        "Thirty million one-off things, over a million arrive daily and most are gone in nine days.",
        "Two experts mark 120, and a third decides, at point six five or better.",
        "",
    ],
)
def test_what_is_no_sum_is_none(text: str) -> None:
    assert [found for found in sums(text) if not found.is_right] == []


@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("Thirty million by 128 by four bytes is fifteen gigs.", "30,000,000 × 128 × 4 bytes"),
        ("Twenty-five times twenty, five hundred million.", "25 × 20 × 1,000,000"),
        ("54,000 by three dollars, sixteen cents.", "54,000 × $3 ÷ 1,000,000"),
        ("45k x $3/M = $0.135.", "45,000 × $3 per million"),
        ("Point nine two to the fifth is about two thirds.", "0.92^5"),
    ],
)
def test_the_working_shows_the_operands_and_what_was_left_unsaid(text: str, working: str) -> None:
    assert [found.working for found in sums(text)] == [working]


WHOLE = st.integers(min_value=2, max_value=9_999)


@given(WHOLE, WHOLE)
def test_a_product_said_in_figures_is_right_and_ten_times_it_is_off(left: int, right: int) -> None:
    (found,) = sums(f"{left:,} times {right:,} is {left * right:,}.")
    assert found.is_right
    (wrong,) = sums(f"{left:,} times {right:,} is {left * right * 10:,}.")
    assert not wrong.is_right
    assert wrong.factor == pytest.approx(10)


@given(st.text(alphabet="0123456789 .,$%xk+=/times over is so gb cents", max_size=300))
def test_results_lie_in_the_text_and_come_to_something(text: str) -> None:
    for found in sums(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.comes_to > 0
        assert found.result.value > 0

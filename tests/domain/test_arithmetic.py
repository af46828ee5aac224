"""A working is arithmetic and nothing else."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coach.domain.arithmetic import DEEPEST, HIGHEST_POWER, LARGEST, LONGEST, WorkingError, evaluate

NUMBERS = st.one_of(
    st.integers(0, 10**9).map(str),
    st.integers(1_000, 10**9).map(lambda number: f"{number:_}"),
    st.floats(0, 1e6, allow_nan=False).map(lambda number: f"{number:.3f}"),
    st.sampled_from(["1e9", "2.5e-3", "1E6", "3.", ".5"]),
)
WORKINGS = st.recursive(
    NUMBERS,
    lambda inner: st.one_of(
        st.builds("{} {} {}".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("({})".format, inner),
        st.builds("-{}".format, inner),
        st.builds("{} ** {}".format, inner, st.integers(0, 4).map(str)),
    ),
    max_leaves=12,
)


def python(working: str) -> float:
    """What Python makes of a working, in floats: a tower of whole powers would fill the memory."""
    floats = re.sub(r"(?<![\w.])(?<![eE][-+])(\d[\d_]*)(?![\w.])", r"\1.0", working)
    return float(eval(floats, {"__builtins__": {}}))


def outcome(working: str) -> float | WorkingError:
    try:
        return evaluate(working, {"gpu_hour": 2.5})
    except WorkingError as error:
        return error


@given(WORKINGS)
def test_agrees_with_python_on_every_working_of_literals(working: str) -> None:
    assume(len(working) <= LONGEST)
    try:
        expected = python(working)
    except (ZeroDivisionError, OverflowError):
        with pytest.raises(WorkingError):
            evaluate(working, {})
        return
    value = outcome(working)
    if isinstance(value, WorkingError):
        assert "too large" in str(value) or "levels" in str(value) or "at most" in str(value)
    else:
        assert math.isclose(value, expected, rel_tol=1e-12, abs_tol=0)


@given(st.text(max_size=60))
def test_any_text_gives_a_number_or_an_error_with_a_column(text: str) -> None:
    value = outcome(text)
    if isinstance(value, WorkingError):
        assert 1 <= value.column <= len(text) + 1
    else:
        assert abs(value) <= LARGEST


@pytest.mark.parametrize(
    ("working", "value"),
    [
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("8 / 4 / 2", 1),
        ("10 - 4 - 3", 3),
        ("2 ** 3 ** 2", 512),
        ("-2 ** 2", -4),
        ("2 ** -1", 0.5),
        ("--3", 3),
        ("400_000 * 8 * 500 / 1e9", 1.6),
        ("0.95 ** 8", 0.95**8),
    ],
)
def test_follows_the_usual_order_of_operations(working: str, value: float) -> None:
    assert evaluate(working, {}) == pytest.approx(value)


def test_names_stand_for_the_prices_on_the_card() -> None:
    names = {"large.input_per_m": 3.0, "gpu_hour": 2.5}
    assert evaluate("1_000 * large.input_per_m / 1e6 + gpu_hour", names) == pytest.approx(2.503)


@pytest.mark.parametrize(
    ("working", "column", "message"),
    [
        ("", 1, "belongs here"),
        ("2 +", 4, "line ends"),
        ("2 3", 3, "not expected"),
        ("2 * (2 + 3", 5, "not closed"),
        ("2 + )", 5, "belongs here"),
        ("4 / (2 - 2)", 3, "divides by zero"),
        ("0 ** -1", 3, "divides by zero"),
        ("2 * larg", 5, "not on the price card"),
        ("10 ** 65", 4, f"at most {HIGHEST_POWER}"),
        ("9e9 ** 60", 5, "too large"),
        ("1e400", 1, "too large"),
        ("(-8) ** 0.5", 6, "fractional power"),
        ("2 # 3", 3, "'#'"),
        ("1__0", 1, "'1__0'"),
        ("0x10", 1, "'0x10'"),
        ("2 * '3'", 5, "\"'3'\""),
    ],
)
def test_says_what_is_wrong_and_in_which_column(working: str, column: int, message: str) -> None:
    with pytest.raises(WorkingError, match=r".") as caught:
        evaluate(working, {})
    assert message in str(caught.value)
    assert caught.value.column == column


@pytest.mark.parametrize(
    "working",
    [
        "__import__('os').system('true')",
        "[].append(1)",
        "lambda: 1",
        "(1).__class__",
        "1 if 2 else 3",
        "9 ** 9 ** 9 ** 9",
        "(" * 200,
        "-" * 250 + "1",
        "(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1),
        "1 + " * 100 + "1",
    ],
)
def test_nothing_but_bounded_arithmetic_is_carried_out(working: str) -> None:
    with pytest.raises(WorkingError):
        evaluate(working, {})

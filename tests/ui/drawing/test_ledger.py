from __future__ import annotations

from datetime import UTC, datetime

import pytest

from coach.domain.calls import Call, CallOutcome, Caps, Purpose, Spending, Usage
from coach.domain.grade import Cost
from coach.ui.drawing.ledger import capped, expected, graded_by, lead, ledger, money, short, tokens, who

CAPS = Caps(round_usd=2.0, month_usd=20.0)
USED = Usage(input_tokens=2_000, cached_tokens=1_500, output_tokens=100)


def _call(**changes: object) -> Call:
    call = Call(
        purpose=Purpose.INTERVIEW,
        model="openai:gpt-5-mini",
        prompt="abc",
        at=datetime(2026, 11, 1, tzinfo=UTC),
        outcome=CallOutcome.REPLIED,
        usage=USED,
        usd=0.004,
        first_seconds=0.42,
        seconds=1.26,
    )
    return call.model_copy(update=changes)


@pytest.mark.parametrize(
    ("usd", "written"),
    [(0.0, "$0.00"), (0.0002, "under $0.001"), (0.0042, "$0.004"), (0.0213, "$0.02"), (3, "$3.00")],
)
def test_money_has_as_many_decimals_as_it_needs(usd: float, written: str) -> None:
    assert money(usd) == written


@pytest.mark.parametrize(
    ("used", "written"),
    [
        (Usage(input_tokens=900, output_tokens=50), "950 tokens"),
        (USED, "2.1 k tokens (75 % cached)"),
        (Spending(input_tokens=40_000, cached_tokens=25_200, output_tokens=1_000), "41 k tokens (63 % cached)"),
    ],
)
def test_tokens_are_rounded_and_tell_how_many_the_provider_had_kept(used: Usage, written: str) -> None:
    assert tokens(used) == written


def test_a_model_on_a_server_of_ones_own_is_named_with_its_address() -> None:
    assert short("openai:qwen3@http://localhost:11434/v1") == "openai:qwen3 at localhost:11434"
    assert short("litellm:vertex/claude@2025") == "litellm:vertex/claude@2025"


def test_who_leads_is_live_with_the_model_or_offline() -> None:
    assert lead(True, "openai:gpt-5-mini") == "live · openai:gpt-5-mini"
    assert lead(True, None) == "live · no model set"
    assert lead(False, "openai:gpt-5-mini") == "offline"


def test_what_is_expected_is_a_sum_and_the_most_it_may_be() -> None:
    assert who("a:b", "a:b") == "a:b interviews and judges."
    assert who("a:b", "c:d") == "a:b interviews, c:d judges."
    assert who("a:b", None) == "a:b interviews; the grade is given offline."
    assert expected(0.041, CAPS) == "About $0.04 with the grade, at most $2.00."
    assert expected(0.041, Caps()) == "About $0.04 with the grade."
    assert expected(None, CAPS) == "Price not known."
    assert capped(Caps(month_usd=20.0)) == "$20.00 a month"


def test_a_grade_says_who_gave_it_and_what_it_took() -> None:
    cost = Cost(usd=0.021, input_tokens=40_000, cached_tokens=25_200, output_tokens=1_000, calls=12)
    assert graded_by("openai:gpt-5-mini", cost) == (
        "Graded by openai:gpt-5-mini · $0.02 · 41 k tokens (63 % cached) · 12 calls"
    )
    assert "price not known" in graded_by("openai:mine", cost.model_copy(update={"usd": 0.0}))
    assert graded_by("openai:mine", Cost()) == "Graded by openai:mine"
    assert graded_by(None, Cost()) == "Graded offline"


def test_the_ledger_splits_interviewer_and_judge_and_lists_the_newest_call_first() -> None:
    drawn = ledger([_call(), _call(), _call(purpose=Purpose.JUDGE, usd=0.02)], CAPS)
    for row in (
        '<th scope="row">Interviewer</th><td>2</td><td>4.2 k (75 % cached)</td><td>$0.008</td>',
        '<th scope="row">Judge</th><td>1</td><td>2.1 k (75 % cached)</td><td>$0.02</td>',
        '<th scope="row">Together</th><td>3</td><td>6.3 k (75 % cached)</td><td>$0.03</td>',
        "Cap: $2.00 a round, $20.00 a month.",
        "first word 0.4 s, all 1.3 s · 2.1 k tokens (75 % cached)",
    ):
        assert row in drawn
    assert drawn.index("<strong>Judge</strong>") < drawn.index("<strong>Interviewer</strong>")


def test_a_call_says_what_was_not_as_usual() -> None:
    lost = _call(outcome=CallOutcome.UNAVAILABLE, usage=None, first_seconds=None, attempts=3)
    drawn = ledger([lost], Caps())
    assert "1.3 s · no whole reply · asked 3 times" in drawn
    assert "at most $0.004" in drawn
    assert "Cap: none." in drawn
    assert "under way" in ledger([_call(outcome=None, seconds=None, usage=None)], CAPS)
    assert "price not known" in ledger([_call(usd=None)], CAPS)
    assert "<td>$0.004 and more</td>" in ledger([_call(), _call(usd=None)], CAPS)


def test_before_the_first_call_the_ledger_says_why_it_is_empty() -> None:
    assert "No call yet." in ledger([], CAPS)


def test_a_models_name_is_text() -> None:
    assert "<script" not in ledger([_call(model="openai:<script>alert(1)</script>")], CAPS)

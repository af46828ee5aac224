from __future__ import annotations

from coach.domain.calls import Caps, Spending
from coach.ui.drawing.models import failed, in_use, other_keys, price_table, spending, worked, wrong
from coach.ui.drawing.offers import Cost, KeyState

MARKUP = "<b onclick=x>"
ESCAPED = "&lt;b onclick=x&gt;"


def test_offline_is_said_in_one_line() -> None:
    assert "Everything runs offline: no key, no network." in in_use({"Interviewer": [], "Judge": []})


def test_each_role_says_its_models_and_the_key_of_the_first() -> None:
    line = in_use({"Interviewer": [("openai:a", KeyState.PAGE), ("openai:b", KeyState.PAGE)], "Judge": []})
    assert "openai:a, then openai:b" in line
    assert line.count(KeyState.PAGE.value) == 1
    assert "<strong>Judge:</strong> offline" in line


def test_a_key_that_is_missing_stands_out() -> None:
    assert "is-missing" in in_use({"Judge": [("openai:a", KeyState.MISSING)]})


def test_whatever_is_named_is_escaped() -> None:
    drawn = (
        in_use({"Judge": [(MARKUP, None), (MARKUP, None)]}),
        wrong([MARKUP]),
        worked(MARKUP),
        failed("openai:a", MARKUP),
        other_keys(MARKUP),
    )
    for html in drawn:
        assert MARKUP not in html
        assert ESCAPED in html


def test_a_failure_names_its_model_once() -> None:
    assert failed("openai:a", "openai:a: no answer.").count("openai:a") == 1
    assert failed("openai:a", "No answer.").count("openai:a") == 1


def test_a_price_is_free_known_or_not_known() -> None:
    table = price_table([Cost(12, 0.0, 0.012), Cost(35, None, 0.001)], Caps())
    assert "free" in table
    assert "$0.01" in table
    assert table.count("not known") == 2
    assert "under $0.01" in table


def test_a_round_that_costs_more_than_its_cap_is_told() -> None:
    rows = [Cost(12, 0.5, 0.4), Cost(35, 1.5, 1.4)]
    assert "35 minutes come to more than the cap" in price_table(rows, Caps(round_usd=2.0))
    assert "more than the cap" not in price_table(rows, Caps())


def test_the_caps_are_told_with_what_is_spent_and_how_to_set_them() -> None:
    drawn = spending(Caps(round_usd=2.0, month_usd=20.0), Spending(usd=5.0, unpriced=2))
    assert all(part in drawn for part in ("$2.00", "$20.00", "$5.00", "25% of the month", "2 calls whose price"))
    assert all(name in drawn for name in ("COACH_ROUND_CAP", "COACH_MONTH_CAP"))


def test_without_caps_there_is_no_meter() -> None:
    drawn = spending(Caps(), Spending())
    assert "none" in drawn
    assert "coach-budget" not in drawn

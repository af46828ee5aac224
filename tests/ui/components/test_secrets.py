from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coach.ui.components.secrets import LONGEST, MOST_MODELS, VARIABLES, read_keys, read_models

KEY = "sk-test-RECOGNISABLE"

junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def test_a_key_is_read_without_the_blanks_it_was_copied_with() -> None:
    assert read_keys({"OPENAI_API_KEY": f" {KEY}\n"}) == {"OPENAI_API_KEY": KEY}


def test_what_is_no_key_is_left_out() -> None:
    assert read_keys({"PATH": KEY, "COACH_HOME": KEY, "OPENAI_API_KEY": "", "ANTHROPIC_API_KEY": 3}) == {}
    assert read_keys({"OPENAI_API_KEY": "x" * (LONGEST + 1), "lower_API_KEY": KEY, 4: KEY}) == {}


@given(st.dictionaries(st.text() | st.sampled_from(VARIABLES), junk), junk)
def test_whatever_a_browser_sends_is_read_as_keys_and_models_or_left_out(
    keys: dict[object, object], models: object
) -> None:
    assert all(name.endswith("_API_KEY") and key for name, key in read_keys(keys).items())
    assert all(spec and len(spec) <= LONGEST for spec in read_models(models))


def test_models_are_read_in_their_order_and_not_without_end() -> None:
    assert read_models(["openai:a", "", 5, "anthropic:b"]) == ("openai:a", "anthropic:b")
    assert len(read_models(["openai:a"] * 1_000)) == MOST_MODELS
    assert read_models("openai:a") == read_models(None) == ()

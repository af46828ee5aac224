from __future__ import annotations

from pathlib import Path

import pytest

from coach.keys import Keys
from coach.ui.drawing.offers import LENGTHS, OFFLINE, KeyState, costs, key_state, line_of, offers, picked, problem

OWN = "openai:qwen3@http://127.0.0.1:8080/v1"


def test_offline_stands_first_and_every_other_line_has_a_price() -> None:
    first, *others = offers(Keys())
    assert first == OFFLINE
    assert len(others) > 4
    assert all("$" in line and " in, $" in line for line in others)


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_the_models_there_is_a_key_for_come_first(provider: str) -> None:
    lines = offers(Keys({provider: "sk-test"}))
    assert lines[1].startswith(f"{provider}:")
    assert {line.partition(":")[0] for line in lines[1:]} == {"openai", "anthropic"}


def test_a_key_changes_the_order_of_the_lines_and_none_of_their_words() -> None:
    assert sorted(offers(Keys())) == sorted(offers(Keys({"anthropic": "sk-test"})))


def test_a_line_names_the_model_it_was_made_from() -> None:
    lines = offers(Keys(), also=(OWN,))
    assert OWN in lines
    for line in lines[1:]:
        (spec,) = picked(line)
        assert line_of(spec, lines) == line
        assert problem(spec) is None


def test_a_listed_model_that_is_in_use_is_listed_once() -> None:
    (spec,) = picked(offers(Keys())[1])
    assert len(offers(Keys(), also=(spec, spec))) == len(offers(Keys()))


@pytest.mark.parametrize("line", [OFFLINE, None, "", " ", ",", "offline", "Offline"])
def test_no_model_is_offline_whatever_the_fallbacks_say(line: str | None) -> None:
    assert picked(line, "openai:a") == ()
    assert line_of(None, offers(Keys())) == OFFLINE


def test_fallbacks_are_taken_in_their_order_and_once() -> None:
    assert picked("openai:a", " anthropic:b,, openai:a , openai:c") == ("openai:a", "anthropic:b", "openai:c")


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("gpt-5", "names no model"),
        ("open ai:gpt", "blanks"),
        ("nobody:gpt-5", "There is no provider 'nobody'"),
        ("openai:a@http://", "no address after @"),
        ("openai:a@127.0.0.1:8080/v1", "no address after @"),
        ("openai:a@http://me:secret@host/v1", "holds more than host and path"),
    ],
)
def test_what_names_no_model_is_told_in_one_line(spec: str, said: str) -> None:
    line = problem(spec)
    assert line
    assert said in line
    assert "\n" not in line
    assert "secret" not in line


def test_an_at_sign_may_belong_to_a_models_name() -> None:
    assert problem("litellm:vertex_ai/claude@20260101") is None
    assert problem(OWN) is None


def test_a_key_typed_in_a_models_place_is_not_repeated() -> None:
    assert "RECOGNISABLE" not in str(problem("sk-test-RECOGNISABLE"))


def test_every_model_says_where_its_key_is_from(tmp_path: Path) -> None:
    file = tmp_path / "secrets.toml"
    file.write_text('anthropic = "sk-file"\n', encoding="utf-8")
    keys = Keys.read({"OPENAI_API_KEY": "sk-environment"}, file)
    assert key_state("openai:gpt-5.5", keys) is KeyState.ENVIRONMENT
    assert key_state("anthropic:claude-haiku-5-5", keys) is KeyState.FILE
    typed = keys.with_page_keys({"OPENAI_API_KEY": "sk-page"})
    assert key_state("openai:gpt-5.5", typed) is KeyState.PAGE


def test_a_server_of_ones_own_is_not_given_the_vendors_key() -> None:
    assert key_state(OWN, Keys({"OPENAI_API_KEY": "sk"})) is KeyState.GOES_WITHOUT
    assert key_state(OWN, Keys({"OPENAI_COMPATIBLE_API_KEY": "sk"})) is KeyState.PAGE


def test_a_missing_key_is_told_from_one_that_is_not_needed() -> None:
    assert key_state("openai:gpt-5.5", Keys()) is KeyState.MISSING
    assert key_state("canned:replies.yaml", Keys()) is KeyState.NEEDS_NONE


def test_a_longer_round_costs_more_and_an_unknown_price_stays_unknown() -> None:
    (spec,) = picked(offers(Keys())[1])
    rows = costs(spec, None)
    assert [row.minutes for row in rows] == list(LENGTHS)
    together = [row.together or 0.0 for row in rows]
    assert 0 < together[0] < together[1] < together[2]
    assert {row.together for row in costs(spec, OWN)} == {None}
    assert {row.together for row in costs(None, None)} == {0.0}

"""What is sent to each provider."""

from __future__ import annotations

from typing import Any

import pytest

from coach.chat_models import connect
from coach.chat_models.forms import strict
from coach.domain.calls import Message, Request
from coach.ports import ChatModel
from tests.chat_models.asking import FORM, KEY, asked, hear
from tests.doubles.models import Double


def system(text: str, *, stable: bool = True) -> Message:
    return Message(role="system", text=text, stable=stable)


def user(text: str, *, stable: bool = False) -> Message:
    return Message(role="user", text=text, stable=stable)


def assistant(text: str, *, stable: bool = False) -> Message:
    return Message(role="assistant", text=text, stable=stable)


def sent(double: Double, model: ChatModel, request: Request) -> dict[str, Any]:
    """The body of the one request that `model` sends."""
    hear(model, request)
    (seen,) = double.requests
    return dict(seen.body)


def sent_to_claude(double: Double, *messages: Message, **more: Any) -> dict[str, Any]:
    model = connect(f"anthropic:claude-test@{double.url}", {})
    return sent(double, model, Request(messages=messages, max_tokens=100, **more))


def marked(body: dict[str, Any]) -> list[str]:
    """The texts up to which a provider is asked to keep what it read."""
    blocks = [*body.get("system", []), *(block for message in body["messages"] for block in message["content"])]
    return [block["text"] for block in blocks if "cache_control" in block]


@pytest.fixture
def responses(double: Double, monkeypatch: pytest.MonkeyPatch) -> ChatModel:
    monkeypatch.setenv("OPENAI_BASE_URL", f"{double.url}/v1")
    return connect("openai:gpt-test", {"OPENAI_API_KEY": KEY})


def test_openai_is_asked_to_store_nothing(double: Double, responses: ChatModel) -> None:
    body = sent(double, responses, asked("Go.", cache_key="round-1", form=FORM))
    assert double.requests[0].path == "/v1/responses"
    assert body == {
        "model": "gpt-test",
        "input": [{"role": "system", "content": "You interview."}, {"role": "user", "content": "Go."}],
        "max_output_tokens": 200,
        "prompt_cache_key": "round-1",
        "store": False,
        "stream": True,
        "text": {"format": {"type": "json_schema", "name": "reply", "strict": True, "schema": strict(FORM)}},
    }


def test_openai_is_never_asked_for_fewer_tokens_than_it_gives(double: Double, responses: ChatModel) -> None:
    assert sent(double, responses, asked(max_tokens=1))["max_output_tokens"] == 16


def test_another_server_is_sent_only_what_every_server_knows(double: Double) -> None:
    model = connect(f"openai:qwen-test@{double.url}/v1", {})
    body = sent(double, model, asked("Go.", cache_key="round-1"))
    assert double.requests[0].path == "/v1/chat/completions"
    assert body == {
        "model": "qwen-test",
        "messages": [{"role": "system", "content": "You interview."}, {"role": "user", "content": "Go."}],
        "max_tokens": 200,
        "stream": True,
        "stream_options": {"include_usage": True},
    }


def test_another_server_is_asked_for_a_form_strictly(double: Double) -> None:
    body = sent(double, connect(f"openai:qwen-test@{double.url}/v1", {}), asked(form=FORM))
    form = {"name": "reply", "strict": True, "schema": strict(FORM)}
    assert body["response_format"] == {"type": "json_schema", "json_schema": form}


def test_claude_is_sent_no_temperature(double: Double) -> None:
    body = sent_to_claude(double, system("You interview.", stable=False), user("Go."))
    assert body == {
        "model": "claude-test",
        "max_tokens": 100,
        "system": [{"type": "text", "text": "You interview."}],
        "messages": [{"role": "user", "content": [{"type": "text", "text": "Go."}]}],
        "stream": True,
    }


def test_claude_is_asked_for_a_form_in_its_own_way(double: Double) -> None:
    body = sent_to_claude(double, user("Go."), form={**FORM, "minProperties": 1})
    form = body["output_config"]["format"]
    assert form["type"] == "json_schema"
    assert form["schema"]["additionalProperties"] is False
    assert "minProperties" not in form["schema"]


def test_claude_keeps_stable_system_messages_and_the_last_stable_turn(double: Double) -> None:
    body = sent_to_claude(
        double,
        system("Rules"),
        system("Today", stable=False),
        user("U1", stable=True),
        assistant("A1", stable=True),
        user("U2", stable=True),
        user("Now ask."),
    )
    assert marked(body) == ["Rules", "U2"]


def test_claude_marks_the_last_four_places_where_there_are_more(double: Double) -> None:
    body = sent_to_claude(
        double, *(system(f"S{number}") for number in range(5)), user("U", stable=True), user("Go")
    )
    assert marked(body) == ["S2", "S3", "S4", "U"]


def test_claude_hears_neighbours_of_one_role_as_one_message(double: Double) -> None:
    body = sent_to_claude(double, user("One"), user("Two"), assistant("Three"), user("Four"))
    assert [(message["role"], len(message["content"])) for message in body["messages"]] == [
        ("user", 2),
        ("assistant", 1),
        ("user", 1),
    ]


@pytest.mark.parametrize("messages", [(system("Rules"),), (system("Rules"), assistant("Hello."))])
def test_claude_is_always_spoken_to_first(double: Double, messages: tuple[Message, ...]) -> None:
    assert sent_to_claude(double, *messages)["messages"][0]["role"] == "user"


def test_a_late_system_message_keeps_its_place(double: Double) -> None:
    body = sent_to_claude(double, system("Rules"), user("One"), assistant("Two"), system("Be brief."))
    assert [block["text"] for block in body["system"]] == ["Rules"]
    assert body["messages"][-1]["role"] == "user"
    assert body["messages"][-1]["content"][0]["text"] == "Be brief."


def test_claude_is_sent_no_empty_block(double: Double) -> None:
    body = sent_to_claude(double, system("", stable=True), user("  "), user("Go."))
    assert "system" not in body
    assert body["messages"] == [{"role": "user", "content": [{"type": "text", "text": "Go."}]}]


def test_a_strict_form_is_closed_at_every_depth() -> None:
    inner = {
        "type": "object",
        "title": "Inner",
        "properties": {"n": {"type": "integer", "minimum": 1, "default": 2}},
    }
    form = {
        "title": "Outer",
        "type": "object",
        "$defs": {"Inner": inner},
        "properties": {
            "title": {"type": "string", "minLength": 3},
            "one": {"$ref": "#/$defs/Inner", "description": "Beside a reference nothing may stand."},
            "many": {"type": "array", "items": inner},
            "either": {"anyOf": [inner, {"type": "null"}], "default": None},
        },
        "required": ["one"],
    }
    closed = {
        "type": "object",
        "properties": {"n": {"type": "integer", "minimum": 1}},
        "required": ["n"],
        "additionalProperties": False,
    }
    assert strict(form) == {
        "type": "object",
        "$defs": {"Inner": closed},
        "properties": {
            "title": {"type": "string"},
            "one": {"$ref": "#/$defs/Inner"},
            "many": {"type": "array", "items": closed},
            "either": {"anyOf": [closed, {"type": "null"}]},
        },
        "required": ["title", "one", "many", "either"],
        "additionalProperties": False,
    }

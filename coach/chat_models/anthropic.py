"""Anthropic by its Messages API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from weakref import finalize

from coach.chat_models.door import CONNECT_SECONDS, Door, Ending, Pieces, Reason
from coach.domain.calls import Message, Request, Usage
from coach.ports import ChatModel

if TYPE_CHECKING:
    from anthropic import Anthropic

KEY = "ANTHROPIC_API_KEY"
KEY_NEEDED = True
DEFAULT_MODEL = "claude-sonnet-5-5"
MOST_MARKS = 4
"""A request may mark this many places up to which it is kept."""
FIRST_WORDS = "Please begin."
"""A conversation must open with the user."""
_ENDINGS = {
    "end_turn": Reason.WHOLE,
    "stop_sequence": Reason.WHOLE,
    "refusal": Reason.REFUSED,
    "max_tokens": Reason.LENGTH,
    "model_context_window_exceeded": Reason.LENGTH,
}


def connect(model: str, key: str | None, base_url: str | None) -> ChatModel:
    """With a `base_url`, a gateway that speaks the same protocol."""
    import anthropic  # noqa: PLC0415 - two seconds, and only those who call it need it

    client = anthropic.Anthropic(api_key=key or "none", base_url=base_url, max_retries=0)
    host = client.base_url.netloc.decode("ascii")
    ask = MessagesApi(client, model).ask
    if base_url is None:
        door = Door(f"anthropic:{model}", host, KEY, ask, key)
    else:
        door = Door(f"anthropic:{model}@{base_url}", host, "ANTHROPIC_COMPATIBLE_API_KEY", ask, key)
    finalize(door, client.close)
    return door


class MessagesApi:
    """A model of Anthropic. It takes no temperature."""

    def __init__(self, client: Anthropic, model: str) -> None:
        self._client = client
        self._model = model

    def ask(self, request: Request) -> Pieces:
        """See Door."""
        stop: str | None = None
        counted: dict[str, int] = {}
        with self._client.messages.create(**self._arguments(request)) as events:
            for event in events:
                match event.type:
                    case "message_start":
                        counted |= _counts(event.message.usage)
                        yield ""
                    case "content_block_delta" if event.delta.type == "text_delta":
                        yield event.delta.text
                    case "message_delta":
                        stop = event.delta.stop_reason or stop
                        counted |= _counts(event.usage)
                        yield ""
                    case "message_stop" if stop is not None:
                        yield Ending(_ENDINGS.get(stop, Reason.WHOLE), _usage(counted))
                        return
                    case _:
                        yield ""

    def _arguments(self, request: Request) -> dict[str, Any]:
        import anthropic  # noqa: PLC0415 - as above

        system, conversation = _split(request.messages)
        arguments: dict[str, Any] = {
            "model": self._model,
            "max_tokens": request.max_tokens,
            "messages": conversation,
            "stream": True,
            "timeout": anthropic.Timeout(request.timeout, connect=CONNECT_SECONDS),
        }
        if system:
            arguments["system"] = system
        if request.form is not None:
            schema = anthropic.transform_schema(dict(request.form))
            arguments["output_config"] = {"format": {"type": "json_schema", "schema": schema}}
        return arguments


def _split(messages: Sequence[Message]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """System blocks and the conversation. A system message that comes later keeps its place there, as the user's:
    moved to the front, it would change what is kept. Neighbours of one role become one message."""
    marked = places_to_keep(messages)
    system: list[dict[str, Any]] = []
    conversation: list[dict[str, Any]] = []
    for place, message in enumerate(messages):
        if not message.text.strip():
            continue
        block: dict[str, Any] = {"type": "text", "text": message.text}
        if place in marked:
            block["cache_control"] = {"type": "ephemeral"}
        if message.role == "system" and not conversation:
            system.append(block)
            continue
        role = "assistant" if message.role == "assistant" else "user"
        if not conversation and role == "assistant":
            conversation.append(_said("user", {"type": "text", "text": FIRST_WORDS}))
        if conversation and conversation[-1]["role"] == role:
            conversation[-1]["content"].append(block)
        else:
            conversation.append(_said(role, block))
    return system, conversation or [_said("user", {"type": "text", "text": FIRST_WORDS})]


def _said(role: str, block: dict[str, Any]) -> dict[str, Any]:
    return {"role": role, "content": [block]}


def places_to_keep(messages: Sequence[Message]) -> frozenset[int]:
    """Places of the messages that end a stable start: stable system messages, and the last stable one of the
    conversation; the last ones where there are too many."""
    stable = [place for place, message in enumerate(messages) if message.stable and message.text.strip()]
    system = [place for place in stable if messages[place].role == "system"]
    spoken = [place for place in stable if messages[place].role != "system"]
    return frozenset(sorted([*system, *spoken[-1:]])[-MOST_MARKS:])


def _counts(usage: Any) -> dict[str, int]:
    names = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens", "output_tokens")
    return {name: count for name in names if (count := getattr(usage, name, None)) is not None}


def _usage(counted: dict[str, int]) -> Usage:
    """Anthropic's `input_tokens` are only those that were neither read from the cache nor written to it."""
    cached = counted.get("cache_read_input_tokens", 0)
    written = counted.get("cache_creation_input_tokens", 0)
    return Usage(
        input_tokens=counted.get("input_tokens", 0) + cached + written,
        cached_tokens=cached,
        output_tokens=counted.get("output_tokens", 0),
    )

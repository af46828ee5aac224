"""Three protocols of model servers, as their vendors' SDKs read them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Literal, Protocol

Body = Mapping[str, Any]
End = Literal["whole", "length", "refused"]


@dataclass(frozen=True)
class Counted:
    """Tokens. `cached` are those of `given` that were sent before."""

    given: int
    cached: int
    said: int


@dataclass(frozen=True)
class Block:
    """A piece of what a model is sent. Up to the end of a `kept` one, a later request may find it cached."""

    text: bytes
    kept: bool = True


class Wire(Protocol):
    """How one kind of server is spoken to."""

    path: str

    def form(self, body: Body) -> Mapping[str, Any] | None:
        """The JSON Schema a request asks for."""
        ...

    def blocks(self, body: Body) -> list[Block]:
        """What the model is sent, in order."""
        ...

    def refusal(self, status: int, message: str) -> Mapping[str, Any]:
        """The body of an answer that is an error."""
        ...

    def opening(self, body: Body, tokens: Counted) -> Iterator[str]: ...

    def word(self, text: str) -> str: ...

    def closing(self, body: Body, text: str, end: End, tokens: Counted | None) -> Iterator[str]: ...

    def garbled(self) -> str: ...

    def error(self) -> str: ...


def frame(data: Any, event: str | None = None) -> str:
    """One server-sent event."""
    return (f"event: {event}\n" if event else "") + f"data: {json.dumps(data)}\n\n"


def _plain(role: str, text: str) -> Block:
    return Block(f"<{role}>{text}".encode())


def _openai_error(status: int, message: str) -> dict[str, Any]:
    kinds = {401: "invalid_api_key", 404: "model_not_found", 429: "rate_limit_exceeded"}
    return {"error": {"message": message, "type": "error", "code": kinds.get(status), "param": None}}


class Chat:
    """OpenAI's Chat Completions."""

    path = "/v1/chat/completions"

    def form(self, body: Body) -> Mapping[str, Any] | None:
        asked = (body.get("response_format") or {}).get("json_schema") or {}
        found: Mapping[str, Any] | None = asked.get("schema")
        return found

    def blocks(self, body: Body) -> list[Block]:
        return [_plain(message["role"], message["content"]) for message in body["messages"]]

    def refusal(self, status: int, message: str) -> Mapping[str, Any]:
        return _openai_error(status, message)

    def opening(self, body: Body, tokens: Counted) -> Iterator[str]:
        yield self._chunk({"role": "assistant", "content": ""})

    def word(self, text: str) -> str:
        return self._chunk({"content": text})

    def closing(self, body: Body, text: str, end: End, tokens: Counted | None) -> Iterator[str]:
        reason = {"whole": "stop", "length": "length", "refused": "content_filter"}[end]
        yield self._chunk({}, reason)
        if tokens and (body.get("stream_options") or {}).get("include_usage"):
            usage = {
                "prompt_tokens": tokens.given,
                "completion_tokens": tokens.said,
                "total_tokens": tokens.given + tokens.said,
                "prompt_tokens_details": {"cached_tokens": tokens.cached},
            }
            yield frame({**self._base(), "choices": [], "usage": usage})
        yield "data: [DONE]\n\n"

    def garbled(self) -> str:
        return 'data: {"id": "chatcmpl-1", "choi\n\n'

    def error(self) -> str:
        return frame({"error": {"message": "The server had an error.", "type": "server_error", "code": None}})

    def _base(self) -> dict[str, Any]:
        return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 0, "model": "double"}

    def _chunk(self, delta: Body, reason: str | None = None) -> str:
        return frame({**self._base(), "choices": [{"index": 0, "delta": delta, "finish_reason": reason}]})


class Responses:
    """OpenAI's Responses."""

    path = "/v1/responses"

    def __init__(self) -> None:
        self._numbers = count()

    def form(self, body: Body) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = ((body.get("text") or {}).get("format") or {}).get("schema")
        return found

    def blocks(self, body: Body) -> list[Block]:
        return [_plain(message["role"], message["content"]) for message in body["input"]]

    def refusal(self, status: int, message: str) -> Mapping[str, Any]:
        return _openai_error(status, message)

    def opening(self, body: Body, tokens: Counted) -> Iterator[str]:
        yield self._event("response.created", response=self._response(body, "in_progress"))
        yield self._event("response.output_item.added", output_index=0, item=self._item("in_progress"))
        yield self._event("response.content_part.added", **self._place(), part=self._part(""))

    def word(self, text: str) -> str:
        return self._event("response.output_text.delta", **self._place(), delta=text, logprobs=[])

    def closing(self, body: Body, text: str, end: End, tokens: Counted | None) -> Iterator[str]:
        yield self._event("response.output_text.done", **self._place(), text=text, logprobs=[])
        yield self._event("response.output_item.done", output_index=0, item=self._item("completed", text))
        response = self._response(body, "completed" if end == "whole" else "incomplete")
        response["output"] = [self._item("completed", text)]
        if end != "whole":
            reason = {"length": "max_output_tokens", "refused": "content_filter"}[end]
            response["incomplete_details"] = {"reason": reason}
        if tokens:
            response["usage"] = {
                "input_tokens": tokens.given,
                "input_tokens_details": {"cached_tokens": tokens.cached, "cache_write_tokens": 0},
                "output_tokens": tokens.said,
                "output_tokens_details": {"reasoning_tokens": 0},
                "total_tokens": tokens.given + tokens.said,
            }
        yield self._event(f"response.{response['status']}", response=response)

    def garbled(self) -> str:
        return 'event: response.output_text.delta\ndata: {"type": "response.outp\n\n'

    def error(self) -> str:
        return self._event("error", code="server_error", message="The server had an error.", param=None)

    def _event(self, kind: str, **rest: Any) -> str:
        return frame({"type": kind, "sequence_number": next(self._numbers), **rest}, kind)

    def _place(self) -> dict[str, Any]:
        return {"item_id": "msg_1", "output_index": 0, "content_index": 0}

    def _part(self, text: str) -> dict[str, Any]:
        return {"type": "output_text", "text": text, "annotations": [], "logprobs": []}

    def _item(self, status: str, text: str | None = None) -> dict[str, Any]:
        content = [] if text is None else [self._part(text)]
        return {"id": "msg_1", "type": "message", "role": "assistant", "status": status, "content": content}

    def _response(self, body: Body, status: str) -> dict[str, Any]:
        nothing = ("usage", "error", "incomplete_details", "instructions")
        return {
            "id": "resp_1",
            "object": "response",
            "created_at": 0,
            "status": status,
            "model": body["model"],
            "output": [],
            "parallel_tool_calls": True,
            "tool_choice": "auto",
            "tools": [],
            "metadata": {},
            **dict.fromkeys(nothing),
        }


class Messages:
    """Anthropic's Messages."""

    path = "/v1/messages"

    def form(self, body: Body) -> Mapping[str, Any] | None:
        asked = (body.get("output_config") or {}).get("format") or body.get("output_format") or {}
        found: Mapping[str, Any] | None = asked.get("schema")
        return found

    def blocks(self, body: Body) -> list[Block]:
        system = [{"role": "system", "content": body.get("system") or []}]
        return [block for message in (*system, *body["messages"]) for block in self._blocks(message)]

    def _blocks(self, message: Body) -> Iterator[Block]:
        content = message["content"]
        for part in [{"text": content}] if isinstance(content, str) else content:
            yield Block(f"<{message['role']}>{part['text']}".encode(), "cache_control" in part)

    def refusal(self, status: int, message: str) -> Mapping[str, Any]:
        kinds = {
            401: "authentication_error",
            404: "not_found_error",
            429: "rate_limit_error",
            529: "overloaded_error",
        }
        kind = kinds.get(status, "api_error" if status >= 500 else "invalid_request_error")
        return {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_1"}

    def opening(self, body: Body, tokens: Counted) -> Iterator[str]:
        usage = {
            "input_tokens": tokens.given - tokens.cached,
            "cache_read_input_tokens": tokens.cached,
            "cache_creation_input_tokens": 0,
            "output_tokens": 1,
        }
        message = {"id": "msg_1", "type": "message", "role": "assistant", "model": body["model"], "content": []}
        message |= {"stop_reason": None, "stop_sequence": None, "usage": usage}
        yield self._event("message_start", message=message)
        yield self._event("content_block_start", index=0, content_block={"type": "text", "text": ""})
        yield self._event("ping")

    def word(self, text: str) -> str:
        return self._event("content_block_delta", index=0, delta={"type": "text_delta", "text": text})

    def closing(self, body: Body, text: str, end: End, tokens: Counted | None) -> Iterator[str]:
        reason = {"whole": "end_turn", "length": "max_tokens", "refused": "refusal"}[end]
        yield self._event("content_block_stop", index=0)
        said = tokens.said if tokens else 0
        delta = {"stop_reason": reason, "stop_sequence": None}
        yield self._event("message_delta", delta=delta, usage={"output_tokens": said})
        yield self._event("message_stop")

    def garbled(self) -> str:
        return 'event: content_block_delta\ndata: {"type": "content_bl\n\n'

    def error(self) -> str:
        return self._event("error", error={"type": "overloaded_error", "message": "Overloaded"})

    def _event(self, kind: str, **rest: Any) -> str:
        return frame({"type": kind, **rest}, kind)


WIRES: tuple[type[Wire], ...] = (Chat, Responses, Messages)

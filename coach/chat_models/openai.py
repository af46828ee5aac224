"""OpenAI by its Responses API; with a base URL, any server that speaks Chat Completions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from weakref import finalize

from coach.chat_models.door import CONNECT_SECONDS, Door, Ending, FailedError, Pieces, Reason
from coach.chat_models.forms import NAME, strict
from coach.domain.calls import Request, Usage
from coach.ports import ChatModel

if TYPE_CHECKING:
    from openai import OpenAI

KEY = "OPENAI_API_KEY"
KEY_NEEDED = True
DEFAULT_MODEL = "gpt-6.1-terra"
FEWEST_TOKENS = 16
"""The Responses API refuses a smaller maximum."""
_ENDINGS = {"stop": Reason.WHOLE, "length": Reason.LENGTH, "content_filter": Reason.REFUSED}


def connect(model: str, key: str | None, base_url: str | None) -> ChatModel:
    """`base_url` also chooses the API: Chat Completions with one, Responses without."""
    import openai  # noqa: PLC0415 - a second, and only those who call it need it

    client = openai.OpenAI(api_key=key or "none", base_url=base_url, max_retries=0)
    host = client.base_url.netloc.decode("ascii")
    if base_url is None:
        door = Door(f"openai:{model}", host, KEY, ResponsesApi(client, model).ask, key)
    else:
        ask = ChatCompletionsApi(client, model).ask
        door = Door(f"openai:{model}@{base_url}", host, "OPENAI_COMPATIBLE_API_KEY", ask, key)
    finalize(door, client.close)
    return door


def _timeout(request: Request) -> Any:
    import openai  # noqa: PLC0415 - as above

    return openai.Timeout(request.timeout, connect=CONNECT_SECONDS)


class ResponsesApi:
    """A model of OpenAI itself. Nothing is stored there."""

    def __init__(self, client: OpenAI, model: str) -> None:
        self._client = client
        self._model = model

    def ask(self, request: Request) -> Pieces:
        """See Door."""
        refused = False
        with self._client.responses.create(**self._arguments(request)) as events:
            for event in events:
                match event.type:
                    case "response.output_text.delta":
                        yield event.delta
                    case "response.refusal.delta":
                        refused = True
                    case "response.completed" | "response.incomplete":
                        yield _ending(event.response, refused)
                        return
                    case "response.failed":
                        error = event.response.error
                        raise FailedError(error and error.code, error and error.message)
                    case "error":
                        raise FailedError(event.code, event.message)
                    case _:
                        yield ""

    def _arguments(self, request: Request) -> dict[str, Any]:
        arguments: dict[str, Any] = {
            "model": self._model,
            "input": [{"role": message.role, "content": message.text} for message in request.messages],
            "max_output_tokens": max(FEWEST_TOKENS, request.max_tokens),
            "store": False,
            "stream": True,
            "timeout": _timeout(request),
        }
        if request.form is not None:
            form = {"type": "json_schema", "name": NAME, "strict": True, "schema": strict(request.form)}
            arguments["text"] = {"format": form}
        if request.cache_key is not None:
            arguments["prompt_cache_key"] = request.cache_key
        return arguments


def _ending(response: Any, refused: bool) -> Ending:
    details = response.incomplete_details
    if response.status == "incomplete":
        filtered = details is not None and details.reason == "content_filter"
        reason = Reason.REFUSED if filtered else Reason.LENGTH
    else:
        reason = Reason.REFUSED if refused else Reason.WHOLE
    if response.usage is None:
        return Ending(reason)
    cached = getattr(response.usage.input_tokens_details, "cached_tokens", None)
    return Ending(reason, usage_of(response.usage.input_tokens, cached, response.usage.output_tokens))


class ChatCompletionsApi:
    """A model on a server that speaks OpenAI's older protocol, as nearly all do. Only what every such server
    understands is sent: some refuse a request for one unknown word."""

    def __init__(self, client: OpenAI, model: str) -> None:
        self._client = client
        self._model = model

    def ask(self, request: Request) -> Pieces:
        """See Door."""
        with self._client.chat.completions.create(**self._arguments(request)) as chunks:
            yield from chat_pieces(chunks)

    def _arguments(self, request: Request) -> dict[str, Any]:
        arguments: dict[str, Any] = {
            "model": self._model,
            "messages": [{"role": message.role, "content": message.text} for message in request.messages],
            "stream": True,
            "stream_options": {"include_usage": True},
            "timeout": _timeout(request),
        }
        ours = self._client.base_url.host.endswith((".openai.com", ".openai.azure.com"))
        arguments["max_completion_tokens" if ours else "max_tokens"] = request.max_tokens
        if ours and request.cache_key is not None:
            arguments["prompt_cache_key"] = request.cache_key
        if request.form is not None:
            arguments["response_format"] = chat_form(request)
        return arguments


def chat_form(request: Request) -> dict[str, Any]:
    """A request's form as Chat Completions takes it."""
    schema = strict(request.form or {})
    return {"type": "json_schema", "json_schema": {"name": NAME, "strict": True, "schema": schema}}


def chat_pieces(chunks: Iterable[Any]) -> Pieces:
    """The pieces in the chunks of a chat completion. Usage comes after the end, in a chunk without words."""
    reason: Reason | None = None
    usage: Usage | None = None
    for chunk in chunks:
        counted = getattr(chunk, "usage", None)
        if counted is not None:
            cached = getattr(counted.prompt_tokens_details, "cached_tokens", None)
            usage = usage_of(counted.prompt_tokens, cached, counted.completion_tokens)
        for choice in chunk.choices:
            if getattr(choice.delta, "refusal", None):
                reason = Reason.REFUSED
            if choice.finish_reason and reason is None:
                reason = _ENDINGS.get(choice.finish_reason, Reason.WHOLE)
            if choice.delta.content or reason is None:
                yield choice.delta.content or ""
    if reason is not None:
        yield Ending(reason, usage)


def usage_of(input_tokens: int | None, cached_tokens: int | None, output_tokens: int | None) -> Usage:
    """Tokens as a provider counts them, where it leaves some out."""
    given = input_tokens or 0
    return Usage(input_tokens=given, cached_tokens=min(cached_tokens or 0, given), output_tokens=output_tokens or 0)

"""Every provider that LiteLLM knows, `litellm:groq/…` or `litellm:bedrock/…`, by the same port.

An extra: it is large, slow to import, and holds OpenAI's SDK at its former major. It looks for keys in the
environment itself, under each vendor's own names.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from coach.chat_models.anthropic import places_to_keep
from coach.chat_models.door import Door, Ending, Pieces
from coach.chat_models.openai import chat_form, chat_pieces
from coach.domain.calls import Message, Request
from coach.errors import SetupError
from coach.ports import ChatModel

KEY = "{vendor}_API_KEY"
KEY_NEEDED = False
DEFAULT_MODEL = ""
_OFFLINE = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",
    "LITELLM_OFFLINE_MODE": "true",
}
"""Must be set before the import, which otherwise fetches price lists from the network."""


def connect(model: str, key: str | None, base_url: str | None) -> ChatModel:
    """`model` is LiteLLM's name for it, `vendor/model`. Raises SetupError."""
    if not model:
        raise SetupError("litellm: names no model: write litellm:VENDOR/MODEL, such as litellm:groq/llama-3.3-70b.")
    for name, value in _OFFLINE.items():
        os.environ.setdefault(name, value)
    import litellm  # noqa: PLC0415 - six seconds, and most do without

    litellm.disable_hf_tokenizer_download = True
    litellm.suppress_debug_info = True
    ask = LiteLlmApi(litellm, model, key, base_url).ask
    vendor = model.partition("/")[0]
    if base_url is None:
        return Door(f"litellm:{model}", vendor, KEY.format(vendor=vendor.upper()), ask, key)
    host = urlsplit(base_url).netloc
    return Door(f"litellm:{model}@{base_url}", host, "LITELLM_COMPATIBLE_API_KEY", ask, key)


class LiteLlmApi:
    """A model that LiteLLM reaches."""

    def __init__(self, litellm: Any, model: str, key: str | None, base_url: str | None) -> None:
        self._litellm = litellm
        self._model = model
        self._key = key
        self._base_url = base_url

    def ask(self, request: Request) -> Pieces:
        """See Door."""
        chunks = self._litellm.completion(**self._arguments(request))
        try:
            for piece in chat_pieces(chunks):
                if isinstance(piece, Ending) and _was_cut(chunks):
                    return
                yield piece
        finally:
            _close(getattr(chunks, "completion_stream", None))

    def _arguments(self, request: Request) -> dict[str, Any]:
        arguments: dict[str, Any] = {
            "model": self._model,
            "messages": _messages(request.messages, marked="claude" in self._model),
            "max_tokens": request.max_tokens,
            "stream": True,
            "stream_options": {"include_usage": True},
            "timeout": request.timeout,
            "num_retries": 0,
            "max_retries": 0,
        }
        if self._key is not None:
            arguments["api_key"] = self._key
        if self._base_url is not None:
            arguments |= {"api_base": self._base_url, "api_key": self._key or "none"}
        if request.cache_key is not None and self._model.startswith("openai/"):
            arguments["prompt_cache_key"] = request.cache_key
        if request.form is not None:
            arguments["response_format"] = chat_form(request)
        return arguments


def _messages(messages: Sequence[Message], *, marked: bool) -> list[dict[str, Any]]:
    kept = places_to_keep(messages) if marked else frozenset()
    return [
        {"role": message.role, "content": _kept(message) if place in kept else message.text}
        for place, message in enumerate(messages)
    ]


def _kept(message: Message) -> list[dict[str, Any]]:
    return [{"type": "text", "text": message.text, "cache_control": {"type": "ephemeral"}}]


def _was_cut(chunks: Any) -> bool:
    """LiteLLM makes up an end where the provider told of none."""
    told = ("received_finish_reason", "intermittent_finish_reason")
    return all(getattr(chunks, name, "unknown") is None for name in told)


def _close(stream: Any) -> None:
    """Cancel what is still being sent. LiteLLM's own stream cannot be closed; what it reads from can."""
    for part in (stream, *(getattr(stream, name, None) for name in ("streaming_response", "response"))):
        if callable(close := getattr(part, "close", None)):
            close()

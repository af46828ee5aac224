"""Requests to models, and what comes of them."""

from __future__ import annotations

import traceback
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, cast

from coach.domain.calls import Message, Request, Usage
from coach.errors import ModelError
from coach.ports import ChatModel

KEY = "sk-never-to-be-seen-0123456789"
FORM: dict[str, Any] = {
    "type": "object",
    "properties": {
        "verdict": {"type": "string", "enum": ["met", "missed"]},
        "quotes": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["verdict", "quotes"],
}


def asked(*texts: str, **more: Any) -> Request:
    """A request of a system message and what was said since, the user first."""
    spoken = [
        Message(role="assistant" if place % 2 else "user", text=text)
        for place, text in enumerate(texts or ("Ask me something.",))
    ]
    system = Message(role="system", text="You interview.", stable=True)
    return Request(messages=(system, *spoken), **{"max_tokens": 200, "timeout": 5.0, **more})


@dataclass
class Heard:
    """What came of a request."""

    text: str
    pieces: int
    usage: Usage | None
    error: ModelError | None

    @property
    def shown(self) -> str:
        """All that an error could show to anybody."""
        error = self.error
        return "".join(traceback.format_exception(error)) + repr(error) + str(error) if error else ""


def hear(model: ChatModel, request: Request | None = None) -> Heard:
    """The whole reply, or as much as there was of it."""
    heard = Heard("", 0, None, None)
    try:
        for piece in model.stream(request or asked()):
            assert heard.usage is None, "Something came after the usage."
            if isinstance(piece, Usage):
                heard.usage = piece
            else:
                heard.text += piece
                heard.pieces += 1
    except ModelError as error:
        heard.error = error
    return heard


def opened(model: ChatModel, request: Request | None = None) -> Generator[str | Usage, None, None]:
    """A reply that can be closed."""
    return cast("Generator[str | Usage, None, None]", model.stream(request or asked()))

"""Trying whether a model answers at all."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from coach.chat_models.prices import price
from coach.domain.calls import Call, CallOutcome, Message, Purpose, Request, Usage
from coach.errors import ModelError, ModelReplyError
from coach.ports import CallLog, ChatModel

TRY = Request(messages=(Message(role="user", text="Say OK."),), max_tokens=500, timeout=20.0)
"""Two words are wanted; the rest is room for models that think before they speak."""

VERSION = "trial"
"""Stands in the ledger where others name the version of their prompt."""


def trial(model: ChatModel, log: CallLog | None = None) -> str:
    """One tiny call, kept in `log`: a line that says that the model works, and how fast. Raises ModelError."""
    most = price(model.name, Usage(input_tokens=len(TRY.messages[0].text), output_tokens=TRY.max_tokens))
    call = Call(purpose=Purpose.TRIAL, model=model.name, prompt=VERSION, at=datetime.now(UTC), usd=most)
    number = log.begin_call(call, None) if log else None
    began = time.monotonic()
    update: dict[str, Any] = {"outcome": CallOutcome.CLOSED}
    try:
        usage = _listen(model)
        update = {"outcome": CallOutcome.REPLIED}
        if usage is not None:
            update |= {"usage": usage, "usd": price(model.name, usage)}
    except ModelError as error:
        update = {"outcome": CallOutcome.of(error)}
        raise
    finally:
        if log is not None and number is not None:
            log.end_call(number, call.model_copy(update=update | {"seconds": time.monotonic() - began}))
    return f"{model.name} works, in {time.monotonic() - began:.1f} s"


def _listen(model: ChatModel) -> Usage | None:
    """What the whole reply took. Raises ModelError."""
    usage, said = None, ""
    for piece in model.stream(TRY):
        if isinstance(piece, Usage):
            usage = piece
        else:
            said += piece
    if not said.strip():
        raise ModelReplyError(f"{model.name} answers, and says nothing: try another model.")
    return usage

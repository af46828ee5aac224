"""Replies somebody wrote beforehand, for demonstrations and tests."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import TypeAdapter

from coach.chat_models.door import Door, Ending, Pieces, Reason
from coach.domain.calls import Request, Usage
from coach.domain.value import Value
from coach.errors import ModelReplyError
from coach.ports import ChatModel
from coach.written import read_list

KEY = None
KEY_NEEDED = False
DEFAULT_MODEL = ""
_ADVICE = "write a list of `- reply: TEXT`, with `when: TEXT` where it fits one request."
_WORDS = re.compile(r"\S+\s*|\s+")


class CannedReply(Value):
    """One reply, and which request it is for."""

    reply: str
    when: str | None = None
    """Must occur in the last user message. Such a reply is given as often as it fits; one without is given once."""


class CannedModel:
    """Gives the first reply whose `when` fits, else the next of those without. Safe to share between threads."""

    def __init__(self, replies: Iterable[CannedReply | str], name: str = "canned:") -> None:
        written = [CannedReply(reply=reply) if isinstance(reply, str) else reply for reply in replies]
        self._fitting = [reply for reply in written if reply.when is not None]
        self._waiting = [reply for reply in written if reply.when is None]
        self._lock = threading.Lock()
        self._door = Door(name, "this machine", None, self._pieces)

    @property
    def name(self) -> str:
        return self._door.name

    def stream(self, request: Request) -> Iterator[str | Usage]:
        """Word by word; Usage is an estimate."""
        return self._door.stream(request)

    def _pieces(self, request: Request) -> Pieces:
        yield from _WORDS.findall(self._reply(request))
        yield Ending(Reason.WHOLE)

    def _reply(self, request: Request) -> str:
        asked = next((message.text for message in reversed(request.messages) if message.role == "user"), "")
        for written in self._fitting:
            if written.when is not None and written.when in asked:
                return written.reply
        with self._lock:
            if self._waiting:
                return self._waiting.pop(0).reply
        raise ModelReplyError(f"{self.name}: no written reply is left for this request. Write one more.")


def connect(model: str, key: str | None = None, base_url: str | None = None) -> ChatModel:
    """`model` is the path of a YAML or JSON file: a list of texts, or of `reply` with or without `when`."""
    path = Path(model).expanduser()
    replies = read_list(path, TypeAdapter(list[CannedReply | str]), "reply", _ADVICE) if model else ()
    return CannedModel(replies, f"canned:{path.name}")

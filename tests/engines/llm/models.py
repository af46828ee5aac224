"""Models for tests: they say what they are told to, or fail as told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from coach.domain.calls import Call, Request, Spending, Usage

Part = str | Exception


class ScriptedModel:
    """Each reply is the next of `replies`: a text, or parts of which an exception is raised where it stands. The
    last one repeats."""

    def __init__(self, *replies: str | Sequence[Part], name: str = "test:model") -> None:
        self._replies = [[reply] if isinstance(reply, str) else list(reply) for reply in replies]
        self.name = name
        self.requests: list[Request] = []
        self.closed = 0

    def stream(self, request: Request) -> Iterator[str | Usage]:
        self.requests.append(request)
        parts = self._replies[min(len(self.requests), len(self._replies)) - 1]
        try:
            for part in parts:
                if isinstance(part, Exception):
                    raise part
                yield from pieces(part)
            yield Usage(input_tokens=100, cached_tokens=60, output_tokens=10)
        except GeneratorExit:
            self.closed += 1
            raise


def pieces(text: str) -> Iterator[str]:
    """As models send them: words with the space before them."""
    for number, word in enumerate(text.split(" ")):
        yield f" {word}" if number else word


class ListedCalls:
    """A call log in memory."""

    def __init__(self, spent: float = 0.0) -> None:
        self.entries: list[Call] = []
        self.replies: dict[tuple[str, str], str] = {}
        self._spent = spent

    def begin_call(self, call: Call, round_id: str | None) -> int:
        self.entries.append(call)
        return len(self.entries) - 1

    def end_call(self, number: int, call: Call) -> None:
        self.entries[number] = call

    def keep_reply(self, round_id: str, key: str, reply: str) -> None:
        self.replies.setdefault((round_id, key), reply)

    def reply(self, round_id: str, key: str) -> str | None:
        return self.replies.get((round_id, key))

    def spent(self, round_id: str | None = None, since: datetime | None = None) -> Spending:
        return Spending(usd=self._spent + sum(call.usd or 0.0 for call in self.entries), calls=len(self.entries))

    def calls(self, round_id: str) -> list[Call]:
        return self.entries

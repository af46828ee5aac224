"""A model server on loopback that does as it is told: OpenAI's two protocols and Anthropic's.

In a test: `with serving() as double: …`. As a process of its own: `python -m tests.doubles.models --port N`, then

    POST   /double  {"faults": [{"kind": "status", "status": 429, "retry_after": "1"}, {"kind": "cut"}],
                     "replies": ["…"], "first_seconds": 0.2, "word_seconds": 0.02}
    GET    /double  the requests so far, oldest first
    DELETE /double  forget all it was told and has seen
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.doubles.loopback import on_loopback
from tests.doubles.wire import WIRES, Block, Body, Counted, End, Wire

QUESTION = "How would you notice that an answer is wrong?"
"""Said where nothing else is wanted."""
STEP = 64
"""Bytes; what is cached is known to this many."""

Kind = Literal[
    "status", "slow", "stall", "cut", "end", "garble", "error", "broken", "empty", "long", "length", "refused"
]


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one request. A fault in mid-reply comes once `after` words are sent."""

    kind: Kind
    after: int = 3
    status: int = 500
    retry_after: str | None = None
    message: str = "The double was told to fail."
    seconds: float = 30.0
    """Of a slow start or a stall."""


@dataclass
class Seen:
    """A request, and how far its reply got."""

    path: str
    body: Mapping[str, Any]
    headers: Mapping[str, str]
    at: float
    """Seconds on the clock of the operating system, as `time.time`."""
    words: int = 0
    whole: bool = False
    ended: bool = False


@dataclass
class Double:
    """What the server is told, and what it has seen. Safe to use from another thread than the server's."""

    faults: deque[Fault] = field(default_factory=deque)
    """One for each request to come; None of them left, all is well."""
    replies: deque[str] = field(default_factory=deque)
    """One for each request to come, before `answer` is asked."""
    answer: Callable[[Body], str | None] | None = None
    """Makes a reply from the body of a request; None for one that fits by default."""
    first_seconds: float = 0.0
    word_seconds: float = 0.0
    requests: list[Seen] = field(default_factory=list)
    port: int = 0
    _kept: dict[str, set[int]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Anthropic's base URL; OpenAI's has `/v1` behind it."""
        return f"http://127.0.0.1:{self.port}"

    def forget(self) -> None:
        """All it was told, and all it has seen."""
        self.answer, self.first_seconds, self.word_seconds = None, 0.0, 0.0
        self.faults.clear()
        self.replies.clear()
        self.requests.clear()
        self._kept.clear()

    def reply_to(self, body: Body, form: Mapping[str, Any] | None) -> str:
        """What the model says."""
        if self.replies:
            return self.replies.popleft()
        if self.answer is not None and (said := self.answer(body)) is not None:
            return said
        return QUESTION if form is None else json.dumps(sample(form))

    def count(self, wire: Wire, body: Body, reply: str) -> Counted:
        """Tokens: bytes / 4. Cached are those of the longest start that an earlier request to the same model had
        in common, byte for byte, and kept; a form comes before all else, as it does with real providers."""
        form = json.dumps(wire.form(body)).encode()
        blocks = [Block(form, kept=False), *wire.blocks(body)]
        text = b"".join(block.text for block in blocks)
        kept = self._kept.setdefault(str(body["model"]), set())
        cached, to_keep = 0, set()
        ends = _ends(blocks)
        for end, mark in _marks(text):
            if mark in kept:
                cached = end
            if end <= ends:
                to_keep.add(mark)
        kept |= to_keep
        return Counted(len(text) // 4, min(cached, ends) // 4, -(-len(reply.encode()) // 4))


def _ends(blocks: list[Block]) -> int:
    """Bytes up to the end of the last block that is kept."""
    sizes = [len(block.text) for block in blocks]
    return max((sum(sizes[: place + 1]) for place, block in enumerate(blocks) if block.kept), default=0)


def _marks(text: bytes) -> Iterator[tuple[int, int]]:
    """Every start of the text that can be told from others: its length, and a number for its content."""
    mark = 0
    for end in range(STEP, len(text) + 1, STEP):
        mark = hash((mark, text[end - STEP : end]))
        yield end, mark


def sample(form: Mapping[str, Any], root: Mapping[str, Any] | None = None) -> Any:
    """The smallest value a JSON Schema allows, for the schemas that pydantic writes."""
    root = form if root is None else root
    if "$ref" in form:
        return sample(root["$defs"][form["$ref"].rpartition("/")[2]], root)
    if "const" in form or "enum" in form:
        return form["const"] if "const" in form else form["enum"][0]
    for several in ("anyOf", "oneOf", "allOf"):
        if several in form:
            return sample(form[several][0], root)
    if form.get("type") == "object":
        return {name: sample(form["properties"][name], root) for name in form.get("required", ())}
    if form.get("type") == "array":
        return [sample(form["items"], root) for _ in range(form.get("minItems", 0))]
    least = form.get("minimum", form.get("exclusiveMinimum", -1) + 1)
    simple = {"string": "x" * form.get("minLength", 1), "integer": least, "number": least, "boolean": False}
    return simple.get(form.get("type", "null"))


class _CutError(Exception):
    """Makes the server drop the connection."""


def application(double: Double) -> Starlette:
    """The server itself."""

    def endpoint(kind: type[Wire]) -> Route:
        async def asked(request: Request) -> Response:
            return await _answer(double, kind(), request)

        return Route(kind.path, asked, methods=["POST"])

    async def control(request: Request) -> Response:
        if request.method == "GET":
            return JSONResponse([asdict(seen) for seen in double.requests])
        if request.method == "DELETE":
            double.forget()
        else:
            _script(double, await request.json())
        return JSONResponse({})

    routes = [endpoint(kind) for kind in WIRES]
    return Starlette(routes=[*routes, Route("/double", control, methods=["GET", "POST", "DELETE"])])


def _script(double: Double, script: Mapping[str, Any]) -> None:
    double.faults.extend(Fault(**fault) for fault in script.get("faults", ()))
    double.replies.extend(script.get("replies", ()))
    double.first_seconds = script.get("first_seconds", double.first_seconds)
    double.word_seconds = script.get("word_seconds", double.word_seconds)


async def _answer(double: Double, wire: Wire, request: Request) -> Response:
    body = await request.json()
    seen = Seen(request.url.path, body, dict(request.headers), time.time())
    double.requests.append(seen)
    fault = double.faults.popleft() if double.faults else None
    kind = fault.kind if fault else None
    if fault and kind == "status":
        headers = {"retry-after": fault.retry_after} if fault.retry_after else {}
        return JSONResponse(wire.refusal(fault.status, fault.message), fault.status, headers)
    if kind == "broken":
        return Response('{"id": "x", "cho', media_type="application/json")
    reply = double.reply_to(body, wire.form(body))
    if kind in ("empty", "long"):
        reply = "" if kind == "empty" else " ".join(f"{number:050}" for number in range(2_000))
    return StreamingResponse(_sent(double, wire, seen, reply, fault), media_type="text/event-stream")


async def _sent(double: Double, wire: Wire, seen: Seen, reply: str, fault: Fault | None) -> AsyncIterator[str]:
    """The frames of a reply, at the double's pace."""
    tokens = double.count(wire, seen.body, reply)
    try:
        await asyncio.sleep(fault.seconds if fault and fault.kind == "slow" else double.first_seconds)
        for opening in wire.opening(seen.body, tokens):
            yield opening
        for place, word in enumerate(re.findall(r"\S+\s*|\s+", reply)):
            if fault and place == fault.after and fault.kind in ("stall", "cut", "end", "garble", "error"):
                async for last in _failing(wire, fault):
                    yield last
                return
            yield wire.word(word)
            seen.words += 1
            await asyncio.sleep(double.word_seconds)
        end: End = fault.kind if fault and fault.kind in ("length", "refused") else "whole"
        for closing in wire.closing(seen.body, reply, end, tokens):
            yield closing
        seen.whole = True
    finally:
        seen.ended = True


async def _failing(wire: Wire, fault: Fault) -> AsyncIterator[str]:
    match fault.kind:
        case "stall":
            await asyncio.sleep(fault.seconds)
        case "cut":
            raise _CutError
        case "garble":
            yield wire.garbled()
        case "error":
            yield wire.error()


@contextmanager
def serving() -> Iterator[Double]:
    """A double on a free port of loopback, for as long as the context is open."""
    double = Double()
    with on_loopback(application(double)) as double.port:
        yield double


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description="A scriptable model server on loopback.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--first-seconds", type=float, default=0.0)
    parser.add_argument("--word-seconds", type=float, default=0.0)
    asked = parser.parse_args()
    double = Double(first_seconds=asked.first_seconds, word_seconds=asked.word_seconds, port=asked.port)
    uvicorn.run(application(double), host="127.0.0.1", port=asked.port, log_level="error")


if __name__ == "__main__":
    main()

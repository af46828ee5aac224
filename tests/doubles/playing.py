"""A model that plays its part: it asks the question an interviewer is told to, and judges in the form given.

As a process of its own, for `make bench`: `python -m tests.doubles.playing --port N`. Beside what `models` answers,
`GET /said` gives its replies, oldest first, with the time at which each piece of one was given to the network.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

import uvicorn
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coach.content.prompts import FilePrompts
from tests.doubles.models import Double, application
from tests.doubles.wire import Body

_ENTRY = re.compile(r"^([KF]\d+) (.+)$", re.MULTILINE)
_QUESTION = re.compile(r'The question to ask, in your words or these: "(.+)"$', re.MULTILINE)
_AGAIN = re.compile(r"^Answer (.+) again", re.MULTILINE)
WORDS = 6
"""Of a quote."""
Entry = dict[str, Any]


def play(body: Body) -> str | None:
    """What a well-behaved model says to a request of ours; None to any other."""
    texts = texts_of(body)
    if question := _QUESTION.search(texts[-1]):
        return f'Okay. {question[1]}\n{{"move": "probe", "facts": []}}'
    if texts[-1].startswith("Minute "):
        return 'What would you assume, and why?\n{"move": "clarify", "facts": []}'
    if any(text.startswith("Dimension: ") for text in texts):
        return json.dumps(judged(texts))
    if texts[0].startswith("You write the debrief"):
        return json.dumps({"headline": "You measure first.", "keep": [], "fixes": [], "moments": []})
    return None


UNSURE = ("Data", "Evaluation")
"""Dimensions in which a usual judge is not sure. By the labels of the golden rounds, 20 of 108 dimensions score so
near to a level's edge that they are read again: 1.7 a round."""


def usual(body: Body) -> str | None:
    """As `play`, but a judge that finds nothing and is sure of it, but for some dimensions: how often it is asked
    does not hang on what was said."""
    texts = texts_of(body)
    if not any(text.startswith("Dimension: ") for text in texts):
        return play(body)
    is_unsure = texts[-1].startswith(tuple(f"Dimension: {name}" for name in UNSURE))
    confidence = "low" if is_unsure else "high"
    return json.dumps(judged(texts, quotes=[], verdict="missed", confidence=confidence))


def doubt(body: Body) -> str | None:
    """As `play`, but a judge that is never sure and never quotes right: everything is asked that can be asked."""
    texts = texts_of(body)
    if not any(text.startswith("Dimension: ") for text in texts):
        return play(body)
    misquoted = [{**_first_words("\n".join(texts)), "text": "words that nobody has said"}]
    return json.dumps(judged(texts, quotes=misquoted, verdict="met", confidence="low"))


PARTS = (play, usual, doubt)


def texts_of(body: Body) -> list[str]:
    """The messages' texts, in order, whatever the protocol."""
    system = body.get("system")
    messages = [{"content": system}] if system else []
    messages += body.get("messages") or body.get("input") or []
    return ["\n".join(_parts(message["content"])) for message in messages]


def _parts(content: str | list[Mapping[str, Any]]) -> list[str]:
    return [content] if isinstance(content, str) else [str(part["text"]) for part in content]


def judged(texts: Iterable[str], **changed: object) -> dict[str, list[Entry]]:
    """An honest reply to a judge's request: what is always true is met with the candidate's first words, and so is
    the first criterion asked; everything else is missed. `changed` changes every criterion's entry."""
    texts = "\n".join(texts)
    asked = dict(_ENTRY.findall(texts[texts.rindex("Dimension: ") :]))
    if again := _AGAIN.search(texts):
        asked = {id_: text for id_, text in asked.items() if id_ in again[1].split(", ")}
    quote = _first_words(texts)
    known = canaries()
    first = next((id_ for id_, text in asked.items() if id_[0] == "K" and text not in known), None)
    criteria = []
    for id_, text in asked.items():
        if id_[0] == "K":
            is_met = known.get(text, id_ == first)
            entry = _entry(id_, quote if is_met else None)
            criteria.append(entry | ({} if text in known else changed))
    flags = [{"flag": id_, "quotes": [], "reason": "Not held.", "stands": False} for id_ in asked if id_[0] == "F"]
    return {"criteria": criteria, "flags": flags}


def _entry(id_: str, quote: Entry | None) -> Entry:
    return {
        "criterion": id_,
        "quotes": [quote] if quote else [],
        "against": [],
        "reason": "It is said." if quote else "Nothing of it is said.",
        "verdict": "met" if quote else "missed",
        "confidence": "high",
    }


def _first_words(texts: str) -> Entry:
    turn = next(match for match in re.finditer(r'\{"id":"(C\d+)","text":"([^"\\]+)', texts))
    return {"turn": turn[1], "text": " ".join(turn[2].split()[:WORDS])}


@cache
def canaries() -> dict[str, bool]:
    """Whether each canary's text is always true."""
    return {
        line.split("|")[0].strip(): block == "always"
        for block in ("always", "never")
        for line in FilePrompts().render("judge/canaries", block).splitlines()
        if line.strip()
    }


@dataclass
class Reply:
    """A reply on its way out. Times are seconds as `time.time` has them."""

    asked: list[str]
    """The last two texts of the request: what was said last, and the instruction."""
    began: float
    pieces: list[tuple[float, str]] = field(default_factory=list)
    """When each was given to the network, and its words."""
    ended: float | None = None


class Timed:
    """Notes when each piece of a reply goes out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._replies: list[Reply] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == "/double":
            await self._app(scope, receive, send)
        elif scope["path"] == "/said":
            await JSONResponse([asdict(reply) for reply in self._replies])(scope, receive, send)
        else:
            await self._reply(scope, receive, send)

    async def _reply(self, scope: Scope, receive: Receive, send: Send) -> None:
        reply = Reply([], time.time())
        try:
            body = await Request(scope, receive).body()
        except ClientDisconnect:
            return
        reply.asked = texts_of(json.loads(body))[-2:]
        self._replies.append(reply)
        given = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def received() -> Message:
            return next(given, None) or await receive()

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.body" and (words := _words(message["body"])):
                reply.pieces.append((time.time(), words))
            await send(message)

        await self._app(scope, received, sent)
        reply.ended = time.time()


def _words(frame: bytes) -> str:
    """What a frame of Chat Completions says."""
    data = frame.decode().strip().removeprefix("data: ")
    if not data.startswith("{"):
        return ""
    choices = json.loads(data)["choices"]
    return "".join(choice["delta"].get("content", "") for choice in choices)


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description="A model server on loopback that plays its part.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--first-seconds", type=float, default=0.0)
    parser.add_argument("--word-seconds", type=float, default=0.0)
    parser.add_argument("--judge", choices=[each.__name__ for each in PARTS], default=usual.__name__)
    asked = parser.parse_args()
    answer = next(each for each in PARTS if each.__name__ == asked.judge)
    double = Double(
        answer=answer, first_seconds=asked.first_seconds, word_seconds=asked.word_seconds, port=asked.port
    )
    uvicorn.run(Timed(application(double)), host="127.0.0.1", port=asked.port, log_level="error")


if __name__ == "__main__":
    main()

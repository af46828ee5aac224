"""A speech service on loopback that does as it is told, by OpenAI's audio protocol. It decodes the sound it gets.

In a test: `with serving_speech() as double: …`. As a process: `python -m tests.doubles.speech --port N`, then

    POST   /double  {"faults": [{"kind": "status", "status": 429, "retry_after": "1"}, {"kind": "cut"}],
                     "texts": ["…"], "first_seconds": 0.2, "piece_seconds": 0.02, "hallucinates": true}
    GET    /double  the requests so far, oldest first
    DELETE /double  forget all it was told and has seen
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import wave
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from coach.voices.tones import fingerprint
from tests.doubles.loopback import on_loopback
from tests.doubles.speech_script import IN_MID_STREAM, THANKS, Fault, Seen, SpeechDouble, tokens_of, tone_for

PIECE_BYTES = 4_801
"""Odd, so that samples are torn."""


class _CutError(Exception):
    """Makes the server drop the connection."""


def application(double: SpeechDouble) -> Starlette:
    """The server itself."""

    async def transcribe(request: Request) -> Response:
        return await _transcribed(double, request)

    async def speak(request: Request) -> Response:
        return await _spoken(double, request)

    async def control(request: Request) -> Response:
        if request.method == "GET":
            return JSONResponse([asdict(seen) for seen in double.requests])
        if request.method == "DELETE":
            double.forget()
        else:
            double.script(await request.json())
        return JSONResponse({})

    return Starlette(
        routes=[
            Route("/v1/audio/transcriptions", transcribe, methods=["POST"]),
            Route("/v1/audio/speech", speak, methods=["POST"]),
            Route("/double", control, methods=["GET", "POST", "DELETE"]),
        ]
    )


class _Dropped(Response):
    """No answer at all. The connection can be reached through what the server sends with, and in no other way."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cycle: Any = scope["state"]["cycle"]
        cycle.transport.abort()


def _reachable(application: Starlette) -> Any:
    """The application, to which each request says how its connection is reached."""

    async def called(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["state"] = {"cycle": getattr(send, "__self__", None)}
        await application(scope, receive, send)

    return called


async def _transcribed(double: SpeechDouble, request: Request) -> Response:
    async with request.form() as form:
        fields: dict[str, Any] = {
            name: form.getlist(name) if name.endswith("[]") else form[name] for name in form if name != "file"
        }
        file = form["file"]
        assert isinstance(file, UploadFile), "The recording is no file."
        sound, rate = _decoded(await file.read())
    seen = _seen(double, request, fields)
    heard = fingerprint(sound, rate)
    seen.seconds, seen.energy, seen.voiced, seen.hertz = heard
    fault = double.faults.popleft() if double.faults else None
    if (answer := await _failed(double, fault)) is not None:
        return answer
    text = double.texts.popleft() if double.texts else heard.words
    if not text and double.hallucinates:
        text = THANKS
    if fault and fault.kind == "empty":
        text = ""
    tokens = tokens_of(text, double.doubted)
    if seen.fields.get("stream") == "true" and not seen.model.startswith("whisper"):
        return StreamingResponse(_frames(double, seen, text, tokens, fault), media_type="text/event-stream")
    body = json.dumps({"text": text, "usage": {"type": "duration", "seconds": seen.seconds}})
    seen.whole = seen.ended = True
    return _cut_short(body.encode(), fault) or Response(body, media_type="application/json")


def _decoded(file: bytes) -> tuple[bytes, int]:
    """The samples of a WAV file, and how many there are a second."""
    with wave.open(io.BytesIO(file)) as reading:
        assert (reading.getnchannels(), reading.getsampwidth()) == (1, 2), "Not one channel of 16 bits."
        return reading.readframes(reading.getnframes()), reading.getframerate()


def _seen(double: SpeechDouble, request: Request, fields: dict[str, Any]) -> Seen:
    keyed = request.headers.get("authorization", "").removeprefix("Bearer ") not in ("", "none")
    seen = Seen(request.url.path, fields.pop("model"), keyed, fields)
    double.requests.append(seen)
    return seen


async def _failed(double: SpeechDouble, fault: Fault | None) -> Response | None:
    """The answer to a request that fails at once, after the time that any answer takes."""
    await asyncio.sleep(fault.seconds if fault and fault.kind == "slow" else double.first_seconds)
    match fault.kind if fault else None:
        case "status":
            assert fault is not None
            headers = {"retry-after": fault.retry_after} if fault.retry_after else {}
            error = {"message": fault.message, "type": "error", "code": fault.code, "param": None}
            return JSONResponse({"error": error}, fault.status, headers)
        case "drop":
            return _Dropped()
        case "broken":
            return Response('{"text": "A to', media_type="application/json")
        case "page":
            return Response("<p>It works!</p>", media_type="text/html")
    return None


def _cut_short(body: bytes, fault: Fault | None) -> Response | None:
    """An answer in one piece that is not whole."""
    if fault is None or fault.kind not in ("stall", "cut", "short"):
        return None

    async def sent() -> AsyncIterator[bytes]:
        yield body[: len(body) // 2]
        if fault.kind == "stall":
            await asyncio.sleep(fault.seconds)
        raise _CutError

    return StreamingResponse(sent(), headers={"content-length": str(len(body))}, media_type="application/json")


def _frame(kind: str, **rest: Any) -> str:
    return f"data: {json.dumps({'type': kind, **rest})}\n\n"


async def _frames(
    double: SpeechDouble, seen: Seen, text: str, tokens: list[dict[str, Any]], fault: Fault | None
) -> AsyncIterator[str]:
    tells_in = double.tells_in if "logprobs" in seen.fields.get("include[]", ()) else frozenset()
    try:
        for place, token in enumerate([*tokens, None]):
            if fault and (place == fault.after or token is None) and fault.kind in IN_MID_STREAM:
                async for last in _failing(fault):
                    yield last
                return
            if token is not None:
                told = {"logprobs": [token]} if "delta" in tells_in else {}
                yield _frame("transcript.text.delta", delta=token["token"], **told)
                seen.pieces += 1
                await asyncio.sleep(double.piece_seconds)
        yield _frame("transcript.text.done", text=text, **({"logprobs": tokens} if "done" in tells_in else {}))
        yield "data: [DONE]\n\n"
        seen.whole = True
    finally:
        seen.ended = True


async def _failing(fault: Fault) -> AsyncIterator[str]:
    """A stream of words that goes wrong."""
    match fault.kind:
        case "stall":
            await asyncio.sleep(fault.seconds)
        case "cut":
            raise _CutError
        case "garble":
            yield 'data: {"type": "transcript.text.del\n\n'
        case "error":
            yield f"data: {json.dumps({'error': {'message': fault.message, 'type': 'server_error'}})}\n\n"
        case "event":
            yield _frame("error", code="server_error", message=fault.message)


async def _stopping(fault: Fault) -> None:
    """Sound that stops too early."""
    if fault.kind == "stall":
        await asyncio.sleep(fault.seconds)
    if fault.kind == "cut":
        raise _CutError


async def _spoken(double: SpeechDouble, request: Request) -> Response:
    seen = _seen(double, request, await request.json())
    fault = double.faults.popleft() if double.faults else None
    if (answer := await _failed(double, fault)) is not None:
        return answer
    sound = tone_for(seen.fields["input"], float(seen.fields.get("speed", 1.0)), double.word_seconds)
    headers = {}
    match fault.kind if fault else None:
        case "empty":
            sound = b""
        case "odd":
            sound = sound[:-1]
        case "file":
            sound = b"RIFF" + sound
        case "short":
            headers = {"content-length": str(len(sound) + 2)}
    return StreamingResponse(_pieces(double, seen, sound, fault), media_type="audio/pcm", headers=headers)


async def _pieces(double: SpeechDouble, seen: Seen, sound: bytes, fault: Fault | None) -> AsyncIterator[bytes]:
    try:
        for place, start in enumerate(range(0, len(sound), PIECE_BYTES)):
            if fault and place == fault.after and fault.kind in ("stall", "cut", "end"):
                await _stopping(fault)
                return
            yield sound[start : start + PIECE_BYTES]
            seen.pieces += 1
            await asyncio.sleep(double.piece_seconds)
        if fault and fault.kind == "short":
            raise _CutError
        seen.whole = True
    finally:
        seen.ended = True


@contextmanager
def serving_speech() -> Iterator[SpeechDouble]:
    """A double on a free port of loopback, for as long as the context is open."""
    double = SpeechDouble()
    with on_loopback(_reachable(application(double))) as double.port:
        yield double


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description="A scriptable speech service on loopback.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--first-seconds", type=float, default=0.0)
    parser.add_argument("--piece-seconds", type=float, default=0.0)
    asked = parser.parse_args()
    double = SpeechDouble(first_seconds=asked.first_seconds, piece_seconds=asked.piece_seconds, port=asked.port)
    served = _reachable(application(double))
    uvicorn.run(served, host="127.0.0.1", port=asked.port, log_level="error", lifespan="off")


if __name__ == "__main__":
    main()

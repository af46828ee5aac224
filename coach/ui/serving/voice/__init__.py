"""The line between a browser's microphone and a spoken round: a WebSocket of our own beside Streamlit's.

Streamlit checks neither origin nor person for routes that are not its own: here the origin must be this server, and
the first message a token that a page of this process has made for this very seat.
"""

from __future__ import annotations

import asyncio
import io
import json
import struct
import wave
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from coach.domain.interview.agenda import Wish
from coach.domain.speech import HEARD_RATE, SAMPLE_BYTES
from coach.errors import CoachError, NotFoundError
from coach.ui.serving.voice.messages import Hello, MalformedError, read, read_sound
from coach.ui.serving.voice.seats import SEATS, Seat
from coach.ui.serving.voice.steps import on_thread

PATH = "/voice"
WAITS_FOR_HELLO = 5.0
"""Seconds."""
REFUSED = 1008
ELSEWHERE = 4409
"""The round was opened in another tab, which speaks from now on."""
GONE = 4404
"""The round was deleted."""
FAILED = 1011
"""It cannot be read just now; the browser tries again by itself."""


async def voice(socket: WebSocket) -> None:
    """One connection, from its greeting to its end."""
    if not _is_from_here(socket):
        await socket.close(REFUSED)
        return
    await socket.accept()
    seat = await _seat(socket)
    if seat is None:
        await _hang_up(socket, REFUSED, "Reload the page: its pass is not good here.")
        return
    line = _Line(socket, seat)
    for other in SEATS.connect(seat, line):
        if isinstance(other, _Line):
            await other.hang_up(ELSEWHERE)
    try:
        await line.run()
    finally:
        SEATS.disconnect(seat, line)


def _is_from_here(socket: WebSocket) -> bool:
    """Whether a page of this server asks. Every browser says from where; what is no browser may say nothing."""
    origin = socket.headers.get("origin")
    try:
        return origin is None or urlsplit(origin).netloc == socket.headers.get("host")
    except ValueError:
        return False  # no address at all


async def _seat(socket: WebSocket) -> Seat | None:
    try:
        hello = read(await asyncio.wait_for(socket.receive_text(), WAITS_FOR_HELLO))
    except (MalformedError, TimeoutError, WebSocketDisconnect, KeyError):
        return None
    return SEATS.find(hello.token) if isinstance(hello, Hello) else None


async def _hang_up(socket: WebSocket, code: int, why: str = "") -> None:
    """End a connection, unless the browser has gone already."""
    if WebSocketState.DISCONNECTED in (socket.client_state, socket.application_state):
        return
    with suppress(WebSocketDisconnect, RuntimeError):  # it goes just now
        await socket.close(code, why)


class _Line:
    """An open connection."""

    def __init__(self, socket: WebSocket, seat: Seat) -> None:
        from coach.ui.serving.voice.conversation import Conversation  # noqa: PLC0415 - not before it is used
        from coach.ui.serving.voice.trial import Trial  # noqa: PLC0415 - as above

        self._socket = socket
        self._loop = asyncio.get_running_loop()
        self._sending = asyncio.Lock()
        self._talk = Conversation(seat, seat.round_id, self._send) if seat.round_id else Trial(seat, self._send)

    def wake(self, wish: Wish | None) -> None:
        """Safe from any thread."""
        self._loop.call_soon_threadsafe(self._talk.wake, wish)

    def take_failure(self) -> CoachError | None:
        """Safe from any thread."""
        return self._talk.take_failure()

    async def hang_up(self, code: int, why: str = "") -> None:
        await _hang_up(self._socket, code, why)

    async def run(self) -> None:
        """Until either side hangs up."""
        try:
            await self._talk.greet()
            while (message := await self._socket.receive())["type"] != "websocket.disconnect":
                await self._take(message)
        except MalformedError as error:
            await self.hang_up(REFUSED, str(error)[:100])
        except (WebSocketDisconnect, RuntimeError):
            pass  # the browser is gone; it comes back with a new line
        except NotFoundError as error:
            await self._send({"t": "gone", "why": str(error)}, None)
            await self.hang_up(GONE)
        except CoachError as error:
            await self._send({"t": "refused", "why": str(error)}, None)
            await self.hang_up(FAILED)
        finally:
            await self._talk.close()

    async def _take(self, message: Any) -> None:
        try:
            if (data := message.get("bytes")) is not None:
                await self._talk.keep(read_sound(data))
            else:
                await self._talk.take(read(message.get("text") or ""))
        except MalformedError:
            raise
        except CoachError as error:
            if isinstance(error, NotFoundError):
                await self._talk.see_that_it_is_there()
            await self._send({"t": "refused", "why": str(error)}, None)

    async def _send(self, head: dict[str, Any], sound: bytes | None) -> None:
        """A message, or one with sound: 4 bytes of the head's length (little-endian), the head, the samples."""
        text = json.dumps(head)
        async with self._sending:
            if self._socket.application_state is not WebSocketState.CONNECTED:
                return
            if sound is None:
                await self._socket.send_text(text)
            else:
                packed = text.encode()
                await self._socket.send_bytes(struct.pack("<I", len(packed)) + packed + sound)


async def sound(request: Request) -> Response:
    """The sound of a turn as a WAV file, for who holds a pass to its round."""
    from coach import talking  # noqa: PLC0415 - not before it is used

    seat = SEATS.find(request.headers.get("authorization", "").removeprefix("Bearer "))
    if seat is None or seat.round_id is None:
        return Response(status_code=403)
    samples = await on_thread(talking.sound_of, seat.desk, seat.round_id, request.path_params["turn"])
    if not samples:
        return Response(status_code=404)
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setparams((1, SAMPLE_BYTES, HEARD_RATE, 0, "NONE", ""))
        written.writeframes(samples)
    return Response(file.getvalue(), media_type="audio/wav", headers={"Cache-Control": "no-store"})


ROUTES = (WebSocketRoute(PATH, voice), Route(f"{PATH}/sound/{{turn}}", sound))

"""Microphone and voice tried over a line, before a round."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from coach.domain.interview.agenda import Wish
from coach.domain.speech import Heard, seconds_of
from coach.domain.unclear import voiced_seconds, why_unclear
from coach.errors import CoachError
from coach.ui.drawing.sound import WORDS
from coach.ui.serving.voice.messages import Begin, End, Message, Piece, Send, Test
from coach.ui.serving.voice.seats import Seat
from coach.ui.serving.voice.steps import on_thread, steps

LONGEST = 30.0
"""Seconds of sound, which is held in memory."""


class Trial:
    """Microphone and voice tried before a round: nothing is kept."""

    def __init__(self, seat: Seat, send: Send) -> None:
        self._seat = seat
        self._send = send
        self._sound: dict[str, dict[int, bytes]] = {}
        self._task: asyncio.Task[None] | None = None

    async def greet(self) -> None:
        await self._send({"t": "ready", "over": False, "turn": None, "text": None, "left": []}, None)

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def see_that_it_is_there(self) -> None:
        """A trial is of no round."""

    def wake(self, wish: Wish | None) -> None:
        """Nothing is owed in a trial."""

    def take_failure(self) -> None:
        """Nothing is said in one either."""

    async def keep(self, piece: Piece) -> None:
        kept = self._sound.get(piece.utterance)
        if kept is None or seconds_of(sum(map(len, kept.values()))) > LONGEST:
            await self._send({"t": "refused", "why": "That is no part of a trial, or too long for one."}, None)
            return
        kept[piece.seq] = piece.sound
        await self._send({"t": "stored", "u": piece.utterance, "seq": piece.seq}, None)

    async def take(self, message: Message) -> None:
        match message:
            case Begin(u=id_):
                self._sound = {id_: {}}
            case End():
                self._do(self._hear(message), message.u)
            case Test(text=text):
                self._do(self._speak(text), "")
            case _:
                pass

    def _do(self, work: Coroutine[Any, Any, None], id_: str) -> None:
        """In the place of what was being done."""
        if self._task is not None:
            self._task.cancel()
        self._task = asyncio.create_task(self._told(work, id_))

    async def _told(self, work: Coroutine[Any, Any, None], id_: str) -> None:
        try:
            await work
        except CoachError as error:
            await self._send({"t": "unheard" if id_ else "mute", "u": id_, "why": str(error)}, None)

    async def _hear(self, ended: End) -> None:
        pieces = self._sound.pop(ended.u, {})
        sound = b"".join(pieces[seq] for seq in sorted(pieces))
        heard = Heard(text=(ended.text or "").strip())
        voice = self._seat.voice
        if ended.text is None and voice is not None and seconds_of(len(sound)):
            async for piece in steps(lambda: voice.transcribe(sound, WORDS)):
                if isinstance(piece, Heard):
                    heard = piece
        why = None if ended.text else why_unclear(heard, await on_thread(voiced_seconds, sound))
        await self._send({"t": "heard", "u": ended.u, "text": "" if why else heard.text, "why": why}, None)

    async def _speak(self, text: str) -> None:
        voice = self._seat.voice
        await self._send({"t": "sentence", "turn": "T1", "n": 0, "text": text, "spoken": text}, None)
        if voice is not None:
            async for sound in steps(lambda: voice.speak(text)):
                await self._send({"t": "sound", "turn": "T1", "n": 0}, sound)
        await self._send({"t": "spoken", "turn": "T1", "n": 0}, None)
        await self._send({"t": "quiet", "turn": "T1"}, None)

"""A browser's end of the line, in a test."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient, WebSocketTestSession

from coach import practice
from coach.archive.archive import SqlArchive
from coach.domain.round import Round, Setup
from coach.ports import Voice
from coach.practice import Desk
from coach.settings import Settings
from coach.ui.serving.voice import PATH, ROUTES
from coach.ui.serving.voice.seats import SEATS
from coach.voices.tones import tone
from coach.wiring import build_desk
from tests.databases import lay

ID, OTHER = "a" * 32, "b" * 32
SPEECH = (tone(180.0, 0.2, rate=16_000) + bytes(3_200)) * 12
"""Twelve syllables, 3.6 s."""
PIECE = 16_000
TROUBLES = {"unclear", "unheard", "refused", "failed", "missing", "gone", "mute"}
ANSWER = "We chunk by heading and keep the page number with each chunk."


class Browser:
    """One connection."""

    def __init__(self, socket: WebSocketTestSession) -> None:
        self._socket = socket
        self.sound: dict[int, bytes] = {}
        """By the number of the sentence."""

    def send(self, t: str, **what: Any) -> None:
        self._socket.send_text(json.dumps({"t": t, **what}))

    def send_sound(self, id_: str, seq: int, sound: bytes) -> None:
        self._socket.send_bytes(struct.pack("<16sI", bytes.fromhex(id_), seq) + sound)

    def raw(self, message: str | bytes) -> None:
        if isinstance(message, str):
            self._socket.send_text(message)
        else:
            self._socket.send_bytes(message)

    def hear(self, *t: str) -> dict[str, Any]:
        """The next message called one of `t`; sound on the way to it is kept."""
        while True:
            message = self._socket.receive()
            if message["type"] == "websocket.close":
                raise ConnectionError(message["code"])
            if (data := message.get("bytes")) is not None:
                length = struct.unpack_from("<I", data)[0]
                said = json.loads(data[4 : 4 + length])
                self.sound[said["n"]] = self.sound.get(said["n"], b"") + data[4 + length :]
            else:
                said = json.loads(message["text"])
            if said["t"] in t:
                return dict(said)
            if said["t"] in TROUBLES:
                raise AssertionError(f"{t} were awaited, and {said} came")

    def say(self, id_: str = ID, sound: bytes = SPEECH, **end: Any) -> None:
        """A whole utterance."""
        self.send("begin", u=id_)
        pieces = [sound[at : at + PIECE] for at in range(0, len(sound), PIECE)]
        for seq, piece in enumerate(pieces):
            self.send_sound(id_, seq, piece)
        self.send("end", u=id_, **{"pieces": len(pieces), **end})


class House:
    """A server with one desk on an empty home, and a round on it."""

    def __init__(self, home: Path) -> None:
        lay(home)
        self.desk: Desk = build_desk(Settings(home=home))
        assert isinstance(self.desk.archive, SqlArchive)
        self._archive = self.desk.archive
        self.client = TestClient(Starlette(routes=list(ROUTES)))
        setup = Setup(scenario="document-qa", minutes=12, mode="voice", rehearse=True)
        practice.begin(self.desk, "r1", setup, datetime.now(UTC))

    def close(self) -> None:
        """Let go of the database."""
        self._archive.close()

    @property
    def round(self) -> Round:
        return self.desk.archive.round("r1")

    @property
    def said(self) -> list[str]:
        """What the candidate has said."""
        return [turn.text for turn in self.round.transcript.candidate]

    def token(self, voice: Voice | None, round_id: str | None = "r1") -> str:
        return SEATS.token(SEATS.take(None, self.desk, round_id, voice))

    @contextmanager
    def line(self, voice: Voice | None = None, round_id: str | None = "r1") -> Iterator[Browser]:
        """A connection that has been greeted."""
        with self.client.websocket_connect(PATH) as socket:
            browser = Browser(socket)
            browser.send("hello", token=self.token(voice, round_id))
            browser.hear("ready")
            yield browser

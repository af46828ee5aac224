"""People in spoken rounds of their own, without browsers: each speaks the protocol of the voice room's line.

`python -m tests.bench.talkers URL --people 19` takes a seat for each at `spoken_app`, says `ready` once all have
been answered, and talks until its standard input is closed; then it tells what was done as JSON. What they say goes
to a speech double in this process.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import secrets
import struct
import time
import urllib.parse
import urllib.request

import websockets
from websockets.asyncio.client import ClientConnection

from coach.domain.speech import HEARD_RATE, SAMPLE_BYTES, SPOKEN_RATE
from coach.voices.tones import tone
from tests.bench.company import Company
from tests.doubles.speech import serving_speech

PIECE_SECONDS = 0.5
"""As a browser sends it."""
PATIENCE = 2.0
HANGS = 60.0
"""Seconds for one reply; only a hang reaches it."""
TROUBLES = {"unclear", "unheard", "refused", "failed", "gone", "mute"}
_SECOND = HEARD_RATE * SAMPLE_BYTES
_SYLLABLE = tone(180.0, 0.2, rate=HEARD_RATE) + bytes(_SECOND // 10)


class Talker:
    """One seat: what is said in it and what comes back."""

    def __init__(self, line: ClientConnection) -> None:
        self._line = line
        self._is_said = asyncio.Event()
        self._spoken = 0
        self.first: float | None = None
        """When the first sound of the reply came."""

    async def hear_on(self) -> None:
        """Take in what the server says, until it hangs up."""
        async for message in self._line:
            if isinstance(message, bytes):
                self.first = self.first or time.monotonic()
                self._spoken += len(message)
                continue
            said = json.loads(message)
            if said["t"] in TROUBLES:
                raise RuntimeError(message)
            if said["t"] == "quiet":
                self._is_said.set()

    async def greet(self, token: str) -> None:
        await self._say("hello", token=token)

    async def talk(self, seconds: float) -> float:
        """Say something as long as that, and wait for the whole reply. Seconds from its end to the first sound."""
        utterance = secrets.token_bytes(16)
        self._is_said.clear()
        self._spoken, self.first = 0, None
        await self._say("begin", u=utterance.hex())
        voiced = _SYLLABLE * round(seconds * _SECOND / len(_SYLLABLE))
        sound = voiced + bytes(round(PATIENCE * _SECOND))
        size = round(PIECE_SECONDS * _SECOND)
        pieces = [sound[at : at + size] for at in range(0, len(sound), size)]
        for seq, piece in enumerate(pieces):
            await asyncio.sleep(PIECE_SECONDS)
            await self._line.send(struct.pack("<16sI", utterance, seq) + piece)
        ended = time.monotonic()
        await self._say("end", u=utterance.hex(), pieces=len(pieces))
        async with asyncio.timeout(HANGS):
            await self._is_said.wait()
        return (self.first or time.monotonic()) - ended

    @property
    def reply_seconds(self) -> float:
        """How long the reply takes to be heard."""
        return self._spoken / (SPOKEN_RATE * SAMPLE_BYTES)

    async def _say(self, t: str, **what: object) -> None:
        await self._line.send(json.dumps({"t": t, **what}))


class Talkers(Company):
    """People who talk."""

    did_what = "turns"
    apart = 0.3

    def __init__(self, url: str, spec: str, seconds: float) -> None:
        super().__init__()
        self._url = url
        self._spec = spec
        self._seconds = seconds

    async def round(self, number: int, begun: asyncio.Event, chance: random.Random) -> None:
        token = await asyncio.to_thread(self._token)
        address = f"{self._url.replace('http', 'ws', 1)}/voice"
        async with websockets.connect(address, max_size=None) as line, asyncio.TaskGroup() as tasks:
            talker = Talker(line)
            tasks.create_task(talker.hear_on())
            await talker.greet(token)
            while True:
                wait = await talker.talk(chance.uniform(0.5, 1.5) * self._seconds)
                self.waits.append(wait)
                self.did["turns"] += 1
                begun.set()
                await asyncio.sleep(talker.reply_seconds)

    def _token(self) -> str:
        address = f"{self._url}/bench/seat?{urllib.parse.urlencode({'voice': self._spec})}"
        with urllib.request.urlopen(urllib.request.Request(address, method="POST"), timeout=HANGS) as answer:
            return str(answer.read().decode())


def main() -> None:
    parser = argparse.ArgumentParser(description="People in spoken rounds, without browsers.")
    parser.add_argument("url")
    parser.add_argument("--people", type=int, default=19)
    parser.add_argument("--seconds", type=float, default=6.0, help="of an utterance, half to one and a half")
    parser.add_argument("--first-seconds", type=float, default=0.2, help="that the speech service takes")
    asked = parser.parse_args()
    with serving_speech() as service:
        service.first_seconds = asked.first_seconds
        spec = f"openai:whisper-1/tts-1@{service.url}/v1"
        asyncio.run(Talkers(asked.url, spec, asked.seconds).go(asked.people))


if __name__ == "__main__":
    main()

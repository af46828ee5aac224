"""People beside the one who is measured, each in rounds of their own."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

import websockets


class Company(ABC):
    """People who go on at their own pace, until nobody listens any more."""

    did_what: str
    """What `pace` counts, of `did`."""
    apart: float
    """Seconds between one person's start and the next one's."""

    def __init__(self) -> None:
        self.did = Counter[str]()
        self.waits: list[float] = []
        """Seconds that each of it took."""
        self.troubles: list[str] = []

    @abstractmethod
    async def round(self, number: int, begun: asyncio.Event, chance: random.Random) -> None:
        """One round of one person, who sets the event once it is under way."""

    async def go(self, people: int) -> None:
        """All of them. Says `ready` once all are under way and, when standard input is closed, what they did as
        JSON: `pace` is what they did a minute since then, `wait` the median of the waits."""
        begun = [asyncio.Event() for _ in range(people)]
        tasks = [asyncio.create_task(self._person(number, event)) for number, event in enumerate(begun)]
        await asyncio.gather(*(event.wait() for event in begun))
        print("ready", flush=True)
        began, before = time.monotonic(), self.did[self.did_what]
        await asyncio.to_thread(sys.stdin.read)
        pace = 60 * (self.did[self.did_what] - before) / (time.monotonic() - began)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        told = {**self.did, "pace": pace, "wait": median(self.waits or [0]), "troubles": self.troubles[:5]}
        print(json.dumps(told), flush=True)

    async def _person(self, number: int, begun: asyncio.Event) -> None:
        chance = random.Random(number)
        await asyncio.sleep(self.apart * number)
        while True:
            try:
                await self.round(number, begun, chance)
            except* (OSError, RuntimeError, TimeoutError, websockets.WebSocketException) as group:
                self.troubles += [f"{type(error).__name__}: {error}" for error in group.exceptions]
                await asyncio.sleep(1)


@contextmanager
def beside(module: str, *arguments: object) -> Iterator[dict[str, Any]]:
    """A module's company in a process of its own, all of it under way. Once it has left, the value holds what it
    did."""
    did: dict[str, Any] = {}
    command = [sys.executable, "-m", module, *map(str, arguments)]
    company = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert company.stdout
    try:
        company.stdout.readline()
        yield did
        told, _ = company.communicate(timeout=60)
        did |= json.loads(told)
        if did["troubles"]:
            print(f"the others had trouble: {did['troubles']}", file=sys.stderr)
    finally:
        company.kill()

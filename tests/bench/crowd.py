"""People in rounds of their own, without browsers: each speaks Streamlit's websocket protocol.

`python -m tests.bench.crowd URL --people 19 --pause 6` begins a live round for each, says `ready` once all have
heard the first question, and answers until its standard input is closed; then it tells what was done as JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
from collections.abc import Mapping

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection
from websockets.typing import Subprotocol

from tests.bench.answers import answers
from tests.bench.company import Company

HANGS = 60.0
"""Seconds for one run of the script; only a hang reaches it."""


class Person:
    """One tab: what Streamlit has drawn in it, and what its person does there."""

    def __init__(self, url: str, connection: ClientConnection) -> None:
        self._url = url
        self._connection = connection
        self._page = ""
        self._query = ""
        self._pages: dict[str, str] = {}
        self._drawn: dict[str, Element] = {}
        """Boxes, choices and buttons of the last run, by their key."""

    async def open(self, page: str, query: str) -> None:
        """Go to a page by its address."""
        self._query = query
        if page not in self._pages:
            await self._run()
        self._page = self._pages[page]
        await self._run()

    async def begin(self, scenario: str) -> None:
        """Begin a whole round, otherwise as the page offers it, and hear the first question."""
        await self.open("choose", f"scenario={scenario}")
        length = next(key for key in self._drawn if key.startswith("length-"))
        longest: str = self._drawn[length].button_group.options[-1].content
        await self._run({length: longest})
        await self._run({length: longest, "start": True})

    @property
    def box(self) -> str | None:
        """Key of the answer box; None where the round has none any more."""
        return next((key for key in self._drawn if key.startswith("answer-")), None)

    async def say(self, text: str) -> None:
        """Send an answer and wait until the question after it stands."""
        if self.box is None:
            raise RuntimeError(f"no answer box, only {sorted(self._drawn)}")
        await self._run({self.box: text, "send": True})

    async def _run(self, done: Mapping[str, str | bool] | None = None) -> None:
        """Have the script run and read what it draws. `done`: by its key, a text for a box, an option for a choice,
        True for a button."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash = self._query, self._page
        asked.context_info.url, asked.context_info.timezone = self._url, "UTC"
        for key, value in (done or {}).items():
            element = self._drawn[key]
            kind = str(element.WhichOneof("type"))
            state = asked.widget_states.widgets.add(id=getattr(element, kind).id)
            match kind:
                case "button":
                    state.trigger_value = bool(value)
                case "button_group":
                    state.string_array_value.data.append(str(value))
                case _:
                    state.string_value = str(value)
        await self._connection.send(message.SerializeToString())
        async with asyncio.timeout(HANGS):
            while not self._take(ForwardMsg.FromString(await self._received())):
                pass

    async def _received(self) -> bytes:
        data = await self._connection.recv(decode=False)
        return data if isinstance(data, bytes) else data.encode()

    def _take(self, message: ForwardMsg) -> bool:
        """Take in what the script sends. True once a whole run has ended."""
        match message.WhichOneof("type"):
            case "new_session":
                self._page = message.new_session.page_script_hash
                self._drawn = {}
            case "navigation":
                self._pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
            case "page_info_changed":
                self._query = message.page_info_changed.query_string
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                self._see(message.delta.new_element)
            case "script_finished":
                return message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        return False

    def _see(self, element: Element) -> None:
        kind = element.WhichOneof("type")
        if kind in ("button", "button_group", "text_area"):
            self._drawn[getattr(element, kind).id.split("-", 2)[2]] = element


class Crowd(Company):
    """People who type their answers."""

    did_what = "answers"
    apart = 0.5

    def __init__(self, url: str, scenario: str, pause: float) -> None:
        super().__init__()
        self._url = url
        self._scenario = scenario
        self._pause = pause

    async def round(self, number: int, begun: asyncio.Event, chance: random.Random) -> None:
        address = f"{self._url.replace('http', 'ws', 1)}/_stcore/stream"
        async with websockets.connect(
            address, subprotocols=[Subprotocol("streamlit")], max_size=None
        ) as connection:
            person = Person(self._url, connection)
            await person.begin(self._scenario)
            self.did["rounds"] += 1
            begun.set()
            for text in answers(f"person {number}"):
                await asyncio.sleep(chance.uniform(0.5, 1.5) * self._pause)
                if person.box is None:
                    return
                began = time.monotonic()
                await person.say(text)
                self.waits.append(time.monotonic() - began)
                self.did["answers"] += 1


def main() -> None:
    parser = argparse.ArgumentParser(description="People in live rounds, without browsers.")
    parser.add_argument("url")
    parser.add_argument("--people", type=int, default=19)
    parser.add_argument("--pause", type=float, default=6.0, help="seconds between a question and the answer, about")
    parser.add_argument("--scenario", default="document-qa")
    asked = parser.parse_args()
    asyncio.run(Crowd(asked.url, asked.scenario, asked.pause).go(asked.people))


if __name__ == "__main__":
    main()

"""How quickly a spoken round answers and falls silent, in a real Chromium, alone and among other rounds.

Sound is noted where it sounds: see `ears.py`. The speech service is a double on this machine which notes how long
its answers took; that and the patience are taken off.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from tests.bench.company import beside
from tests.bench.ears import EARS, Sounds
from tests.bench.processes import wait_for
from tests.bench.speech_times import Service, timed_speech
from tests.bench.telling import tell
from tests.journeys import chromium
from tests.journeys.server import Server
from tests.journeys.spoken import SpokenRoom
from tests.ui.components.voice import clips
from tests.ui.components.voice.clips import Speaker

PEOPLE = 19
"""With the browser's round, twenty at once."""
SECONDS = 6.0
"""Of each of their utterances, half to one and a half: people talk five to ten times as long."""
PLAIN, INTERRUPTED, EARLY, AMONG = 4, 10, 3, 12
"""Turns: heard to the end, broken into, gone on with, and among others."""
PATIENCE = 2
FIRST_SECONDS = 0.2
"""That the speech service takes for an answer, at least."""
QUICK, SLOW = 0.03, 0.4
"""Seconds that a spoken word takes: a reply that is heard to its end, and one that there is time to break into."""
HEARD = 2.3
PREMATURE = 0.6
"""Seconds of a reply that are heard before somebody breaks in, and before they go on with what they were saying."""
START, SILENCE, TIMES = 150.0, 200.0, 2.0
"""Milliseconds to the first sound and to silence, and how many times as long among others, at most."""
SPEAKERS = (Speaker("en-gb-x-rp", 165), Speaker("en-us+f2", 180), Speaker("en-029+m7", 170))
TEXTS = (
    "Start with a simple baseline.",
    "We can batch the requests overnight.",
    "Each answer has to name its source.",
    "Yes, and the budget is fixed.",
    "A smaller model is good enough here.",
)


class Clip(NamedTuple):
    text: str
    wav: bytes


class Talk:
    """A spoken round in a tab, hands-free."""

    def __init__(self, browser: Browser, server: str, service: Service, said: Iterator[Clip]) -> None:
        page = browser.new_page()
        page.add_init_script(EARS)
        self._room = SpokenRoom(page)
        self._service = service
        self._said = said
        service.double.word_seconds = QUICK
        self._room.speak(_At(server))
        self._room.free(PATIENCE)
        self._room.page.wait_for_timeout(500)

    def close(self) -> None:
        self._room.page.close()

    def answered(self) -> float:
        """Say something and hear the reply to its end. Milliseconds, as `_started`."""
        delay = self._started(QUICK)
        self._room.is_my_turn()
        return delay

    def begin(self) -> float:
        """Say something whose reply takes its time. Milliseconds, as `_started`."""
        return self._started(SLOW)

    def broken_into(self, after: float) -> tuple[float | None, float]:
        """Say something once the reply has been heard for so many seconds. Milliseconds from then to silence, None
        where the reply was over by itself; and as `_started`."""
        self._room.page.wait_for_timeout(1_000 * after)
        said = len(self._sounds.mouth)
        delay = self._started(SLOW)
        mouth, output = self._sounds
        onset, ended = mouth[said][0], mouth[-1][0]
        silent = next(span[1] for span in reversed(output) if span[0] < ended)
        return (None if silent is None or silent < onset else silent - onset), delay

    def turns(self) -> int:
        """How many turns of the candidate are kept, once nobody speaks."""
        self._room.is_my_turn()
        self._room.settle()
        return self._room.answers.count()

    def _started(self, word_seconds: float) -> float:
        """Say something and wait until the reply sounds. Milliseconds from the last sound said to the first of the
        reply, without the patience and the service's own time."""
        clip = next(self._said)
        self._service.double.word_seconds = word_seconds
        self._service.double.texts.append(clip.text)
        began = time.monotonic()
        self._room.mouth.say(clip.wav)
        self._room.page.wait_for_timeout(100)
        ended = self._sounds.mouth[-1][1]
        assert ended is not None, "The clip has not ended."
        soonest = ended + 1_000 * PATIENCE  # what sounds before is no reply
        replied = "(soonest) => window.heard.output.find(([began]) => began > soonest)?.[0]"
        at = float(self._room.page.wait_for_function(replied, arg=soonest, polling=50).json_value())
        return at - ended - 1_000 * (PATIENCE + self._service.seconds_for(began))

    @property
    def _sounds(self) -> Sounds:
        mouth, output = self._room.page.evaluate("() => [window.heard.mouth, window.heard.output]")
        return Sounds(mouth, output)


class _At(Server):
    """A server that was started otherwise."""

    def __init__(self, url: str) -> None:
        self._url = url

    @property
    def url(self) -> str:
        return self._url


def measure() -> None:
    """Tell of a round alone, then of one among others. Nothing is measured without Chromium and espeak-ng."""
    path = chromium.found()
    if path is None or not clips.can_speak():
        tell("end of speech to audio, p50", None, "ms", START)
        print(chromium.NONE if path is None else clips.NONE, file=sys.stderr)
        return
    tell("load average before, over a minute", os.getloadavg()[0], "processes")
    with tempfile.TemporaryDirectory() as home, timed_speech(FIRST_SECONDS) as service, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=chromium.FLAGS)
        with _app(Path(home), service) as address:
            said = _clips()
            alone = _alone(Talk(browser, address, service, said))
            _early(Talk(browser, address, service, said))
            pace = ("--people", PEOPLE, "--seconds", SECONDS, "--first-seconds", FIRST_SECONDS)
            with beside("tests.bench.talkers", address, *pace) as others:
                among = _among(Talk(browser, address, service, said))
        browser.close()
    middle, middle_among = median(alone), median(among)
    tell(f"end of speech to audio, {PEOPLE} more rounds, p50 of {len(among)}", middle_among, "ms")
    tell(f"end of speech to audio, {PEOPLE} more rounds, p95 of {len(among)}", _at(among, 95), "ms")
    tell(f"the same p50, {PEOPLE} more rounds to none", middle_among / middle, "times", TIMES)
    tell(f"pace of the {PEOPLE} more rounds together", others.get("pace"), "turns/min")
    tell("load average after, over a minute", os.getloadavg()[0], "processes")


def _alone(talk: Talk) -> list[float]:
    """Tell of a round by itself. Milliseconds of each start."""
    starts = [talk.answered() for _ in range(PLAIN)]
    starts.append(talk.begin())
    broken = [talk.broken_into(HEARD) for _ in range(INTERRUPTED)]
    starts += [start for _, start in broken]
    silences = [silence for silence, _ in broken if silence is not None]
    tell(f"end of speech to audio, p50 of {len(starts)}", _at(starts, 50), "ms", START)
    tell(f"end of speech to audio, p95 of {len(starts)}", _at(starts, 95), "ms")
    tell(f"onset of speech to silence, p50 of {len(silences)}", _at(silences, 50), "ms", SILENCE)
    tell(f"onset of speech to silence, p95 of {len(silences)}", _at(silences, 95), "ms", SILENCE)
    talk.close()
    return starts


def _early(talk: Talk) -> None:
    """Tell of replies that start while somebody only pauses, each after the other in one turn."""
    before = talk.turns()
    talk.begin()
    gone_on = [silence for silence, _ in (talk.broken_into(PREMATURE) for _ in range(EARLY))]
    silences = [silence for silence in gone_on if silence is not None]
    tell(
        f"a reply that starts early, to silence, longest of {len(silences)}",
        max(silences, default=None),
        "ms",
        SILENCE,
    )
    tell(f"turns made too many by {EARLY} such replies", talk.turns() - before - 1, "turns", 0)
    talk.close()


def _at(values: Sequence[float], percent: int) -> float | None:
    """The smallest value that so many percent do not exceed."""
    ranked = sorted(values)
    return ranked[-(-len(ranked) * percent // 100) - 1] if ranked else None


def _among(talk: Talk) -> list[float]:
    starts = [talk.answered() for _ in range(AMONG)]
    talk.close()
    return starts


def _clips() -> Iterator[Clip]:
    """Without end, one after the other."""
    pairs = islice(zip(cycle(TEXTS), cycle(SPEAKERS), strict=False), len(TEXTS) * len(SPEAKERS))
    return cycle([Clip(text, clips.as_wav(clips.spoken(text, speaker))) for text, speaker in pairs])


@contextmanager
def _app(home: Path, service: Service) -> Iterator[str]:
    """The app in a process of its own, with a door for those who have no browser; gives its address."""
    port = Server(home).port
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("COACH_", "STREAMLIT_"))}
    environment |= {"COACH_HOME": str(home), "COACH_VOICE": service.spec, "STREAMLIT_SERVER_HEADLESS": "true"}
    script = Path(__file__).with_name("spoken_app.py")
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    with (home / "app.log").open("ab") as log:
        server = subprocess.Popen(command, env=environment, cwd=Server.checkout, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/_stcore/health")
        yield address
    finally:
        server.kill()
        server.wait()

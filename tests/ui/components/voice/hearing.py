"""The voice room's scripts in a page, and clips played to its turn detection 20 ms at a time."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page

from coach.ui import components
from tests.ui.components.voice.clips import RATE, Sound, as_pcm

FRAMES = 50
"""A second."""
_SCRIPTS = Path(components.__file__).parent / "voice"
_HEAR = """
([pcm, patience, speaking, held]) => {
  const samples = new Int16Array(Uint8Array.from(atob(pcm), (letter) => letter.charCodeAt(0)).buffer);
  const detection = new Detection({ patience });
  detection.speaking = speaking;
  if (held) detection.hold();
  const events = [];
  let loudest = 0;
  const stirs = [];
  for (let at = 0; at + 320 <= samples.length; at += 320) {
    const event = detection.hear(samples.slice(at, at + 320));
    loudest = Math.max(loudest, detection.level);
    stirs.push(detection.stirs);
    if (event) events.push({ ...event, at: (at + 320) / 16_000, frames: event.frames?.length ?? 0 });
  }
  return { events, loudest, stirs };
}
"""


class Event(NamedTuple):
    """What the detection told, and where in the clip. Seconds."""

    kind: str
    at: float
    """When it told."""
    since: float
    """The onset of a turn, or the end of its speech."""
    kept: float
    """What it handed over with a turn's start."""


class Heard(NamedTuple):
    """What came of a clip."""

    events: tuple[Event, ...]
    loudest: float
    """The meter's highest reading."""
    stirs: tuple[int, ...]
    """How likely speech was before it was decided, after each 20 ms."""

    @property
    def kinds(self) -> list[str]:
        return [event.kind for event in self.events]


def scripts() -> str:
    """The worklet as text, the detection and the microphone, in the order of the room's script."""
    texts = {
        name: (_SCRIPTS / f"{name}.js").read_text(encoding="utf-8")
        for name in ("worklet", "detection", "microphone")
    }
    return f"const WORKLET = {json.dumps(texts['worklet'])};\n{texts['detection']}\n{texts['microphone']}"


def prepare(page: Page) -> Page:
    """A page that knows the scripts."""
    page.add_script_tag(content=scripts())
    return page


def hear(page: Page, sound: Sound, *, patience: float = 4.0, speaking: bool = False, held: bool = False) -> Heard:
    """Play a sound to a new detection, at once."""
    pcm = base64.b64encode(as_pcm(sound)).decode()
    told: dict[str, Any] = page.evaluate(_HEAR, [pcm, patience, speaking, held])
    events = (
        Event(each["kind"], each["at"], each.get("onset", each.get("ended")), each["frames"] * 320 / RATE)
        for each in told["events"]
    )
    return Heard(tuple(events), told["loudest"], tuple(told["stirs"]))

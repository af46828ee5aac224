"""How fast and how surely the voice room tells speech from other sounds, in a real Chromium.

The voices, words and seeds here are held out: the detection was tuned on others (en-us, en-gb, Scottish, +f1, +f3).
They are still one synthesizer's voices and made-up noises, without a room, a loudspeaker's echo or a browser's own
noise suppression: a check against mistakes, not a claim about people. Onset is the first 10 ms that reach 3 % of
the loudest, so a faint first consonant counts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from tests.bench.telling import tell
from tests.journeys import chromium
from tests.ui.components.voice import clips
from tests.ui.components.voice.clips import RATE, Clip, Sound, Speaker, amid, noise, placed, silence, spoken
from tests.ui.components.voice.hearing import FRAMES, Event, Heard, hear, prepare

SPEAKERS = (
    Speaker("en-gb-x-rp", 155),
    Speaker("en-us+f2", 170),
    Speaker("en-029+m7", 160),
    Speaker("en-gb-x-gbclan+f5", 145),
    Speaker("en-us+klatt4", 180),
)
TEXTS = (
    "I would begin with the documents and their owners.",
    "Start with a simple baseline.",
    "We can batch the requests overnight.",
    "Each answer has to name its source.",
    "Maybe a smaller model is good enough here.",
    "The permissions are checked at query time.",
    "Caching helps only for common questions.",
    "Yes, and the budget is fixed.",
)
PAUSED = (
    ("There are two ways to do it,", "and I would take the cheaper one."),
    ("Um, the index", "has to be built again every night."),
    ("For evaluation", "people label a few hundred answers."),
)
BACKCHANNELS = ("uh-huh", "[[Vh'V]]", "[[@h'V]]")
PAUSES = (0.8, 1.2, 1.6, 2.0, 2.5, 3.0, 3.5, 3.8, 4.3, 5.0, 6.0, 7.0, 8.0)
PATIENCE = 4.0
SILENCE = 180.0
"""Milliseconds; a sound card adds its own to the 200 that a person may wait."""
SEED = 60_000
ROOMS = ("white", "pink", "babble")


class Found(NamedTuple):
    """What came of spoken clips at one loudness of noise."""

    delays: list[float]
    """Milliseconds from each caught onset to the decision."""
    silences: list[float]
    """The same to the interviewer's silence, which does not wait for the decision."""
    missed: int
    early: int
    """Turns that began before anybody spoke."""


def measure() -> None:
    """Tell of speech, of all that is none, and of pauses. Nothing is measured without Chromium and espeak-ng."""
    path = chromium.found()
    if path is None or not clips.can_speak():
        tell("speech onset to silence, p95", None, "ms", SILENCE)
        print(chromium.NONE if path is None else clips.NONE, file=sys.stderr)
        return
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=chromium.FLAGS)
        page = prepare(browser.new_page())
        early = _speech(page)
        _others(page, early)
        _pauses(page)
        browser.close()


def _speech(page: Page) -> int:
    """Tell how fast and how often speech over the interviewer is heard; the turns that began before it."""
    early = 0
    for decibels, goal in ((20, SILENCE), (10, SILENCE), (5, None)):
        found = _found(page, decibels)
        early += found.early
        where = f"at {decibels} dB"
        total = len(found.delays) + found.missed
        tell(f"speech onset to silence, p50 {where}", _at(found.silences, 50), "ms", goal)
        tell(f"speech onset to silence, p95 {where}", _at(found.silences, 95), "ms", goal)
        tell(f"speech onset to decision, p50 {where}", _at(found.delays, 50), "ms")
        tell(f"speech onset to decision, p95 {where}", _at(found.delays, 95), "ms")
        tell(
            f"utterances missed {where}, of {total}", 100 * found.missed / total, "%", 0 if decibels == 10 else None
        )
    return early


def _found(page: Page, decibels: float) -> Found:
    delays: list[float] = []
    silences: list[float] = []
    missed = early = 0
    for place, (speaker, text) in enumerate(product(SPEAKERS, TEXTS)):
        sound, (span,) = placed(2.0, spoken(text, speaker), 1.5)
        other = _noise(ROOMS[place % 3], len(sound) / RATE, SEED + place)
        heard = hear(page, amid(sound, other, decibels), patience=1, speaking=True)
        begun = [each for each in heard.events if each.kind == "interrupt"]
        early += sum(each.at <= span.start for each in begun)
        caught = next((each.at for each in begun if span.start < each.at <= span.end), None)
        if caught is None:
            missed += 1
        else:
            silent = min(caught, min((at for at in _silent(heard) if at > span.start), default=caught))
            delays.append(round(1_000 * (caught - span.start), 1))
            silences.append(round(1_000 * (silent - span.start), 1))
    return Found(delays, silences, missed, early)


def _silent(heard: Heard) -> Iterator[float]:
    """Where the interviewer was silent while it was not decided yet."""
    return ((frame + 1) / FRAMES for frame, stirs in enumerate(heard.stirs) if stirs == 2)


def _noise(colour: str, seconds: float, seed: int) -> Sound:
    return clips.babble(TEXTS, SPEAKERS, seconds, seed) if colour == "babble" else noise(colour, seconds, seed)


def _others(page: Page, early: int) -> None:
    """Tell how many sounds that are no speech begin a turn, and how many interrupt."""
    false = early
    for kind, sounds in _sounds():
        told = [hear(page, each.sound).events for each in sounds]
        over = [hear(page, each.sound, speaking=True).events for each in sounds]
        total = len(sounds)
        tell(f"false starts: {kind}, of {total} clips", _begun(told, "start"), "turns", 0)
        tell(f"interrupts: {kind}, of {total} clips", _begun(over, "interrupt"), "turns", 0)
        false += _begun(told, "start") if kind != "uh-huh" else 0
    tell("false starts in all, uh-huh apart", false, "turns", 0)


def _begun(told: Sequence[Sequence[Event]], kind: str) -> int:
    return sum(event.kind == kind for events in told for event in events)


def _sounds() -> Iterator[tuple[str, list[Clip]]]:
    seeds = range(SEED, SEED + 40)
    steady = product(("white", "pink", "fan", "babble"), (5, 20, 40), range(2))
    yield (
        "noise",
        [
            Clip(f"{colour} {below}", amid(silence(10), _noise(colour, 10, SEED + seed), below))
            for colour, below, seed in steady
        ],
    )
    yield "cough", [_quiet(clips.cough(seed), seed) for seed in seeds]
    yield "click", [_quiet(clips.click((12, 60, 100)[seed % 3], seed), seed) for seed in seeds]
    yield "keyboard", [_quiet(clips.keyboard(5, seed), seed) for seed in seeds[:20]]
    yield "mm-hm", [_quiet(clips.hum(seed), seed) for seed in seeds]
    words = product(BACKCHANNELS, SPEAKERS)
    yield "uh-huh", [_quiet(spoken(word, speaker), SEED + place) for place, (word, speaker) in enumerate(words)]


def _quiet(sound: Sound, seed: int) -> Clip:
    alone, _ = placed(1.5, sound, 1.5)
    return Clip(str(seed), amid(alone, noise("pink", len(alone) / RATE, seed), 35))


def _pauses(page: Page) -> None:
    """Tell how pauses inside an answer go."""
    short = long = cut = unended = 0
    ends: list[float] = []
    for place, (pause, speaker) in enumerate(product(PAUSES, SPEAKERS)):
        first, second = PAUSED[place % len(PAUSED)]
        sound, (_, last) = placed(1.0, spoken(first, speaker), pause, spoken(second, speaker), PATIENCE + 1.5)
        other = noise("pink", len(sound) / RATE, SEED + place)
        events = hear(page, amid(sound, other, (30, 20, 10)[place % 3]), patience=PATIENCE).events
        inside = any(each.kind == "end" and each.at < last.end for each in events)
        if pause < PATIENCE:
            short += 1
            cut += inside
        else:
            long += 1
            unended += not inside
        ends += [1_000 * (each.at - last.end - PATIENCE) for each in events if each.at > last.end]
    tell(f"cut-ins on pauses shorter than the patience, of {short}", 100 * cut / short, "%", 1)
    tell(f"pauses longer than the patience that ended no turn, of {long}", 100 * unended / long, "%", 0)
    tell("end of a turn after silence and patience, p50", _at(ends, 50), "ms")
    tell("end of a turn after silence and patience, p95", _at(ends, 95), "ms")


def _at(values: Sequence[float], percent: int) -> float | None:
    """The smallest value that so many percent do not exceed."""
    ranked = sorted(values)
    return ranked[-(-len(ranked) * percent // 100) - 1] if ranked else None

"""The microphone of a real browser, which plays a file into it, and what is told where there is none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, Route, sync_playwright
from pytest_socket import enable_socket

from tests.journeys import chromium
from tests.ui.components.voice.clips import RATE, Sound, as_wav, placed
from tests.ui.components.voice.hearing import scripts

pytestmark = [pytest.mark.slow, pytest.mark.browser]

FAKE = [
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
]
OPEN = """
() => {
  const told = (window.told = { frames: [], troubles: [], opened: null, detection: new Detection() });
  told.microphone = new Microphone({
    hear: (frame) => {
      told.frames.push(frame);
      told.detection.hear(frame);
    },
    fail: (trouble) => told.troubles.push(trouble),
  });
  return told.microphone.open().then((opened) => (told.opened = opened));
}
"""


@contextmanager
def opened(*flags: str, address: str = "https://room.test/", allowed: bool = True) -> Iterator[Page]:
    """A page at an address that nobody serves but this test."""
    path = chromium.found(whole=not allowed)
    if path is None:
        if os.environ.get("COACH_REQUIRE_BROWSER") == "1":
            pytest.fail(chromium.NONE)
        pytest.skip(chromium.NONE)
    enable_socket()  # as the browser of all tests does
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*chromium.FLAGS, *flags])
        context = browser.new_context(permissions=["microphone"] if allowed else [])
        page = context.new_page()
        page.route("**/*", _empty)
        page.goto(address)
        page.add_script_tag(content=scripts())
        yield page
        browser.close()


def _empty(route: Route) -> None:
    route.fulfill(body="<!doctype html>", content_type="text/html")


def tone(hertz: float, seconds: float) -> Sound:
    return 0.5 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)


def test_what_the_microphone_hears_comes_in_frames_of_20_ms(tmp_path: Path) -> None:
    wav = tmp_path / "tone.wav"
    wav.write_bytes(as_wav(placed(0.5, tone(440, 20))[0]))
    with opened(*FAKE, f"--use-file-for-fake-audio-capture={wav}%noloop") as page:
        assert page.evaluate(OPEN) is True
        page.wait_for_function("told.frames.length >= 100 && told.microphone.level > 0.3", timeout=20_000)
        assert page.evaluate("told.frames.every((frame) => frame instanceof Int16Array && frame.length === 320)")
        heard = np.array(page.evaluate("told.frames.slice(-50).flatMap((frame) => [...frame])"), dtype=float)
        spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
        assert np.fft.rfftfreq(len(heard), 1 / RATE)[spectrum.argmax()] == pytest.approx(440, abs=5)
        assert page.evaluate("told.troubles") == []


def test_a_closed_microphone_is_off_and_hands_on_nothing() -> None:
    with opened(*FAKE) as page:
        page.evaluate(OPEN)
        page.wait_for_function("told.frames.length > 5")
        page.evaluate(
            "() => { told.track = told.microphone.opening.stream.getTracks()[0]; return told.microphone.close(); }"
        )
        count = page.evaluate("told.frames.length")
        page.wait_for_timeout(200)
        assert page.evaluate("[told.track.readyState, told.frames.length, told.microphone.level]") == [
            "ended",
            count,
            0,
        ]
        assert page.evaluate("told.troubles") == []


def test_a_microphone_closed_while_it_opens_stays_off() -> None:
    with opened(*FAKE) as page:
        page.evaluate(f"() => {{ const opening = ({OPEN})(); told.microphone.close(); return opening; }}")
        assert page.evaluate("[told.opened, told.frames.length, told.troubles.length]") == [False, 0, 0]


def test_a_microphone_pulled_out_is_told() -> None:
    with opened(*FAKE) as page:
        page.evaluate(OPEN)
        page.evaluate("told.microphone.opening.stream.getTracks()[0].dispatchEvent(new Event('ended'))")
        page.wait_for_function("told.troubles.length")
        assert page.evaluate("told.troubles.map((trouble) => trouble.kind)") == ["unplugged"]


def test_a_page_without_https_is_told_that_it_may_not_listen() -> None:
    with opened(*FAKE, address="http://room.test/") as page:
        assert page.evaluate(OPEN) is False
        assert page.evaluate("told.troubles") == [{"kind": "insecure", "detail": "http://room.test"}]


def test_a_microphone_that_was_refused_is_told() -> None:
    with opened("--use-fake-device-for-media-stream", "--deny-permission-prompts", allowed=False) as page:
        assert page.evaluate(OPEN) is False
        assert page.evaluate("told.troubles[0].kind") == "blocked"


def test_a_machine_without_a_microphone_is_told() -> None:
    with opened("--use-fake-ui-for-media-stream") as page:
        kinds = page.evaluate(
            "navigator.mediaDevices.enumerateDevices().then((all) => all.map((each) => each.kind))"
        )
        if "audioinput" in kinds:
            pytest.skip("This machine has a microphone.")
        assert page.evaluate(OPEN) is False
        assert page.evaluate("told.troubles[0].kind") == "none"


RESAMPLE = """
([text, rate, hertz]) => {
  const Resampler = new Function("AudioWorkletProcessor", "registerProcessor", `${text}; return Resampler;`)(
    class {},
    () => {},
  );
  const resampler = new Resampler(rate);
  const taken = [];
  for (let block = 0; block < rate / 128; block++) {
    const turns = (n) => (hertz * (128 * block + n)) / rate;
    const samples = Float32Array.from({ length: 128 }, (_, n) => Math.sin(2 * Math.PI * turns(n)));
    resampler.each(samples, (sample) => taken.push(sample));
  }
  return taken;
}
"""


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000, 96_000])
def test_every_rate_comes_to_16_khz_with_its_tones(page: Page, rate: int) -> None:
    heard = np.array(page.evaluate(f"(args) => ({RESAMPLE})([WORKLET, ...args])", [rate, 1_000]))
    assert len(heard) == pytest.approx(RATE, abs=RATE // 50)
    steady = heard[2_000:-2_000]
    spectrum = np.abs(np.fft.rfft(steady * np.hanning(len(steady))))
    assert np.fft.rfftfreq(len(steady), 1 / RATE)[spectrum.argmax()] == pytest.approx(1_000, abs=2)
    assert np.sqrt(2 * np.mean(steady**2)) == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("rate", [44_100, 48_000])
@pytest.mark.parametrize("hertz", [8_600, 12_000, 15_800])
def test_a_tone_too_high_for_16_khz_is_not_folded_back(page: Page, rate: int, hertz: int) -> None:
    heard = np.array(page.evaluate(f"(args) => ({RESAMPLE})([WORKLET, ...args])", [rate, hertz]))
    assert np.sqrt(2 * np.mean(heard[2_000:] ** 2)) < 0.01

"""Rounds out loud, in a browser with a microphone, before a speech service that decodes what it gets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.doubles.speech import serving_speech
from tests.doubles.speech_script import WORD_SECONDS, SpeechDouble
from tests.journeys.server import Server
from tests.journeys.spoken import ANSWER, COUGH, MORE, QUESTION, SpokenRoom

pytestmark = [pytest.mark.slow, pytest.mark.browser]

CHUNKS = "We chunk the documents by heading and keep the page number with each chunk."
WHO = "Wait, before that, who uses it, and how many documents are there?"
RERANK = "Then I would rerank the top fifty passages and answer only from what they say."
BOTH = "We chunk by heading and keep the page number, then rerank the top fifty passages with a cross encoder."
TYPED = "A golden set of three hundred real questions, and nothing ships below the recall we have today."
LAST = "We watch refusals, cost per answer and the share of answers with a citation, and roll back on a drop."
SLOWLY = 0.5
"""Seconds a word, so that there is time to break in."""


@pytest.fixture
def service() -> Iterator[SpeechDouble]:
    with serving_speech() as double:
        yield double


@pytest.fixture
def speaking(tmp_path: Path, service: SpeechDouble) -> Iterator[Server]:
    """A server whose speech comes from the double."""
    with Server(tmp_path / "home", COACH_VOICE=f"openai:whisper-1/tts-1@{service.url}/v1") as running:
        yield running


def test_a_round_out_loud_with_everything_that_happens_in_one(
    browser: Browser, speaking: Server, service: SpeechDouble
) -> None:
    room = SpokenRoom(browser.new_page()).check_sound(speaking)
    service.texts.extend(["retrieval-augmented generation", CHUNKS, WHO, BOTH, RERANK, LAST])
    talk = room.page.locator(".voice .talk")
    talk.focus()
    room.page.keyboard.down("Space")
    expect(room.page.locator(".voice .heard")).to_have_text("Listening…")
    room.say(ANSWER)
    room.page.keyboard.up("Space")
    expect(room.page.locator(".voice .heard")).to_have_text("Heard: retrieval-augmented generation")
    room.page.get_by_role("button", name="Start the round").click()
    room.begun()
    room.is_my_turn()

    room.free(patience=2)
    service.word_seconds = SLOWLY
    room.say(ANSWER)
    expect(room.state).to_have_text("Speaking")
    service.word_seconds = WORD_SECONDS
    room.page.wait_for_timeout(2_500)
    room.say(QUESTION)
    room.said(CHUNKS, WHO)
    expect(room.page.locator(".coach-turn.is-interviewer", has_text="interrupted")).to_have_count(1)
    room.is_my_turn()

    room.say(COUGH)
    room.page.wait_for_timeout(600)
    room.is_my_turn()
    room.free(patience=8)
    room.say(ANSWER, MORE, pause=6)
    room.said(CHUNKS, WHO, BOTH)
    room.is_my_turn()

    room.box.fill(TYPED)
    room.box.press("Control+Enter")
    room.said(CHUNKS, WHO, BOTH, TYPED)
    room.is_my_turn()

    room.free(patience=2)
    room.mouth.begin(MORE)
    expect(room.state).to_have_text("Listening")
    room.drop_line()
    room.said(CHUNKS, WHO, BOTH, TYPED, RERANK)
    room.is_my_turn()

    question, questions = room.question, room.questions.count()
    room.page.reload()
    room.settle()
    room.is_my_turn()
    assert (room.question, room.questions.count()) == (question, questions)
    room.hold(ANSWER)
    room.said(CHUNKS, WHO, BOTH, TYPED, RERANK, LAST)

    room.end()
    kept = room.page.locator(".coach-turn.is-candidate > p:not(.coach-back)")
    expect(kept).to_have_text([CHUNKS, WHO, BOTH, TYPED, RERANK, LAST])
    assert len(service.texts) == 0

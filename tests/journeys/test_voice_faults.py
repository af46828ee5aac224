"""What goes wrong in a spoken round, and what the candidate is told: nothing is lost, and nothing is made up."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.doubles.speech import serving_speech
from tests.doubles.speech_script import Fault, SpeechDouble
from tests.journeys.server import Server
from tests.journeys.spoken import ANSWER, SILENCE, SpokenRoom

pytestmark = [pytest.mark.slow, pytest.mark.browser]

CHUNKS = "We chunk the documents by heading and keep the page number with each chunk."
DOWN = Fault("status", status=500)


@pytest.fixture(scope="module")
def service() -> Iterator[SpeechDouble]:
    with serving_speech() as double:
        yield double


@pytest.fixture(scope="module")
def speaking(tmp_path_factory: pytest.TempPathFactory, service: SpeechDouble) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    with Server(home, COACH_VOICE=f"openai:whisper-1/tts-1@{service.url}/v1") as running:
        yield running


@pytest.fixture
def room(browser: Browser, speaking: Server, service: SpeechDouble) -> SpokenRoom:
    """A spoken round whose opening has been said."""
    service.forget()
    return SpokenRoom(browser.new_page()).speak(speaking)


def test_a_recogniser_that_is_down_keeps_the_sound_and_hears_it_when_asked_again(
    room: SpokenRoom, service: SpeechDouble
) -> None:
    service.faults.extend([DOWN, DOWN])
    service.texts.append(CHUNKS)
    room.hold(ANSWER)
    expect(room.ways).to_be_visible()
    assert room.answers.count() == 0
    room.ways.get_by_role("button", name="Try again").click()
    room.said(CHUNKS)
    expect(room.ways).to_be_hidden()


def test_what_a_recogniser_could_not_hear_can_be_typed(room: SpokenRoom, service: SpeechDouble) -> None:
    service.faults.append(Fault("status", status=401))
    room.hold(ANSWER)
    expect(room.ways).to_contain_text("key")
    room.ways.get_by_role("button", name="Type it instead").click()
    room.ways.get_by_role("textbox", name="What you said").fill(CHUNKS)
    room.ways.get_by_role("button", name="Use these words").click()
    room.said(CHUNKS)


def test_what_could_not_be_heard_can_be_left_out(room: SpokenRoom, service: SpeechDouble) -> None:
    question = room.question
    service.faults.extend([Fault("broken"), Fault("broken")])
    room.hold(ANSWER)
    expect(room.ways).to_be_visible()
    room.ways.get_by_role("button", name="Leave it out").click()
    room.is_my_turn()
    assert (room.question, room.answers.count()) == (question, 0)


def test_silence_is_sent_nowhere_and_is_no_turn(room: SpokenRoom, service: SpeechDouble) -> None:
    service.hallucinates = True
    asked = len(service.requests)
    room.hold(SILENCE)
    expect(room.ways).to_contain_text("Nothing was heard")
    assert (len(service.requests), room.answers.count()) == (asked, 0)


def test_a_voice_that_is_down_leaves_the_words_on_the_screen(room: SpokenRoom, service: SpeechDouble) -> None:
    service.texts.append(CHUNKS)
    service.faults.extend([Fault("slow", seconds=0.0), DOWN])
    room.hold(ANSWER)
    room.said(CHUNKS)
    expect(room.page.locator(".voice .problem")).to_contain_text("The words are shown")
    room.is_my_turn()


def test_a_microphone_that_is_pulled_out_loses_nothing_said_until_then(
    room: SpokenRoom, service: SpeechDouble
) -> None:
    service.texts.append(CHUNKS)
    room.page.locator(".coach-title").click()
    room.page.keyboard.down("Space")
    room.say(ANSWER)
    room.mouth.unplug()
    expect(room.page.locator(".voice .problem")).to_contain_text("unplugged")
    room.page.keyboard.up("Space")
    room.said(CHUNKS)


@pytest.mark.parametrize(
    ("error", "told"),
    [("NotAllowedError", "blocked"), ("NotFoundError", "No microphone"), ("NotReadableError", "Another program")],
)
def test_a_microphone_that_cannot_be_had_is_told_in_two_lines_and_one_goes_on_by_typing(
    browser: Browser, speaking: Server, service: SpeechDouble, error: str, told: str
) -> None:
    service.forget()
    room = SpokenRoom(browser.new_page()).check_sound(speaking)
    room.mouth.refuse(error)
    room.page.locator(".voice .talk").click()
    expect(room.page.locator(".voice .problem")).to_contain_text(told)
    room.page.get_by_role("button", name="Go on by typing").click()
    room.begun().answer(CHUNKS)
    room.said(CHUNKS)


def test_an_answer_under_way_when_the_page_was_left_can_still_be_used(
    room: SpokenRoom, service: SpeechDouble
) -> None:
    service.texts.append(CHUNKS)
    room.page.locator(".coach-title").click()
    room.page.keyboard.down("Space")
    room.say(ANSWER)
    room.page.reload()
    room.settle()
    expect(room.ways).to_contain_text(re.compile(r"[4-7] s of an answer were kept"))
    room.ways.get_by_role("button", name="Try again").click()
    room.said(CHUNKS)


def test_what_was_misheard_is_put_right_and_both_are_kept(room: SpokenRoom, service: SpeechDouble) -> None:
    service.texts.append("We junk the documents by heading.")
    room.hold(ANSWER)
    room.said("We junk the documents by heading.")
    room.is_my_turn()
    room.page.get_by_role("button", name="Correct what was heard").click()
    room.page.get_by_role("textbox", name="What you said").fill(CHUNKS)
    room.page.get_by_role("textbox", name="What you said").press("Control+Enter")
    room.page.get_by_role("button", name="Keep these words").click()
    room.said(CHUNKS)
    expect(room.page.locator(".coach-turn.is-candidate")).to_contain_text("corrected")


def test_a_second_tab_takes_over_and_the_first_says_so(
    browser: Browser, room: SpokenRoom, service: SpeechDouble
) -> None:
    other = SpokenRoom(browser.new_page())
    other.page.goto(room.page.url)
    other.settle()
    other.is_my_turn()
    expect(room.page.locator(".voice .problem")).to_contain_text("another tab")
    service.texts.append(CHUNKS)
    other.hold(ANSWER)
    other.said(CHUNKS)


def test_a_line_that_drops_while_the_interviewer_speaks_has_the_question_said_again(
    room: SpokenRoom, service: SpeechDouble
) -> None:
    service.texts.append(CHUNKS)
    service.word_seconds = 0.3
    room.hold(ANSWER)
    expect(room.state).to_have_text("Speaking")
    room.said(CHUNKS)
    questions, spoken = room.questions.count(), len(service.requests)
    room.drop_line()
    expect(room.state).to_have_text("Speaking")
    room.is_my_turn()
    assert room.questions.count() == questions
    assert len(service.requests) > spoken


def test_a_model_out_of_reach_is_asked_once_and_the_page_offers_the_ways_on(
    browser: Browser, service: SpeechDouble, tmp_path: Path
) -> None:
    service.forget()
    service.texts.extend([CHUNKS, CHUNKS])
    voice = f"openai:whisper-1/tts-1@{service.url}/v1"
    nowhere = "openai:any@http://127.0.0.1:1/v1"
    with Server(tmp_path / "home", COACH_VOICE=voice, COACH_MODEL=nowhere) as server:
        room = SpokenRoom(browser.new_page()).speak(server)
        room.hold(ANSWER)
        room.hold(ANSWER)  # before much of the reply was heard: the same turn goes on
        room.page.get_by_text("Your words are saved; the next question is not.").wait_for()
        room.page.wait_for_timeout(3_000)
        with closing(sqlite3.connect(server.home / "coach.sqlite")) as database:
            calls = database.execute(
                "SELECT count(*) FROM model_call WHERE json_extract(call, '$.purpose') = 'interview'"
            ).fetchone()[0]
        assert calls == 1
        room.page.get_by_role("button", name="Go on offline").click()
        room.said(f"{CHUNKS} {CHUNKS}")
        room.is_my_turn()

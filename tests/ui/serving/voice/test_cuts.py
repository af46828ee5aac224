"""A line cut at each message, and a service that fails in each way: no turn is lost, doubled or made up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from coach.ports import Voice
from coach.voices.canned import CannedVoice
from coach.voices.openai import connect
from tests.doubles.speech import serving_speech
from tests.doubles.speech_script import Fault, SpeechDouble
from tests.ui.serving.voice.line import ANSWER, ID, PIECE, SPEECH, Browser, House

PIECES = [SPEECH[at : at + PIECE] for at in range(0, len(SPEECH), PIECE)]


def sends(browser: Browser, upto: int) -> None:
    """What a browser sends of one utterance: the beginning, each piece, the end; the first `upto` of them."""
    messages: list[Callable[[], None]] = [
        lambda: browser.send("begin", u=ID),
        *(partial(browser.send_sound, ID, seq, piece) for seq, piece in enumerate(PIECES)),
        lambda: browser.send("end", u=ID, pieces=len(PIECES)),
    ]
    for send in messages[:upto]:
        send()


def is_one_turn_and_one_reply(house: House) -> None:
    assert house.said == [ANSWER]
    assert [turn.id for turn in house.round.turns] == ["I1", "C1", "I2"]


@pytest.mark.parametrize("upto", range(len(PIECES) + 3))
def test_a_line_cut_after_any_message_of_the_browser_loses_and_doubles_nothing(house: House, upto: int) -> None:
    with house.line(CannedVoice([ANSWER, ANSWER])) as browser:
        sends(browser, upto)
    with house.line(CannedVoice([ANSWER, ANSWER])) as browser:
        sends(browser, len(PIECES) + 2)
        browser.hear("saved")
        if len(house.round.turns) < len(("I1", "C1", "I2")):
            browser.hear("said")
    is_one_turn_and_one_reply(house)


@pytest.mark.parametrize("heard", ["stored", "caption", "saved", "thinking", "words", "sentence", "spoken", "said"])
def test_a_line_cut_after_any_message_of_the_server_loses_and_doubles_nothing(house: House, heard: str) -> None:
    with house.line(CannedVoice([ANSWER, ANSWER])) as browser:
        sends(browser, len(PIECES) + 2)
        browser.hear(heard)
    with house.line(CannedVoice([ANSWER, ANSWER])) as browser:
        sends(browser, len(PIECES) + 2)
        browser.hear("saved")
        if len(house.round.turns) < len(("I1", "C1", "I2")):
            browser.hear("said")
    is_one_turn_and_one_reply(house)


@pytest.fixture(scope="module")
def service() -> Iterator[SpeechDouble]:
    with serving_speech() as double:
        yield double


@pytest.fixture
def voice(service: SpeechDouble) -> Voice:
    service.forget()
    return connect("whisper-1/tts-1", None, f"{service.url}/v1")


RECOGNISERS = {
    "401": Fault("status", status=401),
    "429": Fault("status", status=429, retry_after="0"),
    "500": Fault("status", status=500),
    "dropped": Fault("drop"),
    "broken off": Fault("broken"),
    "a page": Fault("page"),
    "no text": Fault("empty"),
}


@pytest.mark.parametrize("fault", RECOGNISERS)
def test_a_recogniser_that_fails_makes_no_turn_and_keeps_the_sound_until_it_hears(
    house: House, voice: Voice, service: SpeechDouble, fault: str
) -> None:
    service.faults.extend([RECOGNISERS[fault]] * 2)
    with house.line(voice) as browser:
        sends(browser, len(PIECES) + 2)
        failed = browser.hear("unheard", "unclear")
        assert failed["why"]
        assert house.said == []
        assert house.desk.archive.sound("r1", ID) == SPEECH
        service.faults.clear()
        service.texts.append(ANSWER)
        browser.send("end", u=ID, pieces=len(PIECES))
        browser.hear("said")
    is_one_turn_and_one_reply(house)


SPEAKERS = {
    "401": Fault("status", status=401),
    "429": Fault("status", status=429),
    "500": Fault("status", status=500),
    "cut": Fault("cut", after=1),
    "dropped": Fault("drop"),
    "no sound": Fault("empty"),
    "short": Fault("short"),
}


@pytest.mark.parametrize("fault", SPEAKERS)
def test_a_voice_that_fails_is_told_and_the_words_are_all_there(
    house: House, voice: Voice, service: SpeechDouble, fault: str
) -> None:
    with house.line(voice) as browser:
        service.faults.append(SPEAKERS[fault])
        browser.send("begin", u=ID)
        browser.send("end", u=ID, text=ANSWER)
        assert browser.hear("mute")["why"]
        browser.hear("quiet")
    is_one_turn_and_one_reply(house)

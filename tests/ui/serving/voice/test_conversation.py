from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from coach.domain.interview.agenda import Wish
from coach.domain.round import Round, Step
from coach.errors import ModelUnavailableError
from coach.ui.serving.voice.seats import SEATS
from coach.voices.canned import CannedHearing, CannedVoice
from tests.ui.serving.voice.line import ANSWER, ID, OTHER, PIECE, SPEECH, House

MORE = "And I keep the table of contents beside it."


def test_what_is_said_aloud_becomes_a_turn_and_is_answered_aloud(house: House) -> None:
    with house.line(CannedVoice([ANSWER])) as browser:
        browser.say()
        saved = browser.hear("saved")
        assert (saved["turn"], saved["text"]) == ("C1", ANSWER)
        turn = browser.hear("said")["turn"]
        browser.hear("quiet")
    assert house.said == [ANSWER]
    assert house.round.turns[-1].id == turn
    assert all(browser.sound.values())
    assert house.desk.archive.utterances("r1")[0].turn == "C1"


def test_sound_is_gone_once_it_is_words_unless_it_is_to_be_kept(house: House) -> None:
    with house.line(CannedVoice([ANSWER])) as browser:
        browser.say()
        browser.hear("said")
    assert house.desk.archive.sound("r1", ID) == b""


def test_words_in_doubt_are_told(house: House) -> None:
    with house.line(CannedVoice([CannedHearing(text=ANSWER, doubts=("heading",))])) as browser:
        browser.say()
        [[start, end]] = browser.hear("saved")["doubts"]
    assert ANSWER[start:end] == "heading"


def test_what_a_browser_heard_itself_needs_no_sound(house: House) -> None:
    with house.line() as browser:
        browser.send("begin", u=ID)
        browser.send("end", u=ID, text=ANSWER)
        browser.hear("said")
    assert house.said == [ANSWER]


def test_the_same_utterance_sent_twice_is_one_turn(house: House) -> None:
    with house.line(CannedVoice([ANSWER, "something else"])) as browser:
        browser.say()
        browser.hear("said")
        browser.say()
        assert browser.hear("saved")["turn"] == "C1"
    assert house.said == [ANSWER]


def test_a_piece_that_got_lost_is_asked_for_and_then_heard(house: House) -> None:
    with house.line(CannedVoice([ANSWER])) as browser:
        browser.send("begin", u=ID)
        browser.send_sound(ID, 1, SPEECH[60_000:])
        browser.send("end", u=ID, pieces=2)
        assert browser.hear("missing")["pieces"] == [0]
        browser.send_sound(ID, 0, SPEECH[:60_000])
        browser.send("end", u=ID, pieces=2)
        browser.hear("said")
    assert house.said == [ANSWER]


def test_silence_makes_no_turn_and_asks_no_recogniser(house: House) -> None:
    with house.line(CannedVoice(["Thank you for watching!"])) as browser:
        browser.say(sound=bytes(32_000))
        assert "Nothing was heard" in browser.hear("unclear")["why"]
        browser.send("drop", u=ID)
        browser.hear("dropped")
    assert house.said == []
    assert house.desk.archive.sound("r1", ID) == b""


def test_a_recogniser_that_fails_keeps_the_sound_and_hears_it_on_request(house: House) -> None:
    with house.line(CannedVoice([])) as browser:
        browser.say()
        assert browser.hear("unheard")["u"] == ID
    assert house.desk.archive.sound("r1", ID) == SPEECH
    with house.line(CannedVoice([ANSWER])) as browser:
        browser.send("end", u=ID)
        browser.hear("said")
    assert house.said == [ANSWER]


def test_what_could_not_be_heard_can_be_typed(house: House) -> None:
    with house.line(CannedVoice([])) as browser:
        browser.say()
        browser.hear("unheard")
        browser.send("end", u=ID, text=ANSWER)
        browser.hear("said")
    assert house.said == [ANSWER]
    assert [each.is_settled for each in house.desk.archive.utterances("r1")] == [True]


def test_an_answer_under_way_when_the_line_dropped_is_offered_afterwards(house: House) -> None:
    with house.line(CannedVoice()) as browser:
        browser.send("begin", u=ID)
        browser.send_sound(ID, 0, SPEECH[:32_000])
        browser.hear("stored")
    with house.client.websocket_connect("/voice") as socket:
        browser = type(browser)(socket)
        browser.send("hello", token=house.token(CannedVoice([ANSWER])))
        assert browser.hear("ready")["left"] == [{"u": ID, "seconds": 1.0}]


def test_a_reply_of_which_hardly_anything_was_heard_is_taken_back_and_the_turn_stays_one(house: House) -> None:
    with house.line(CannedVoice([ANSWER, MORE])) as browser:
        browser.say()
        turn = browser.hear("said")["turn"]
        browser.send("cut", turn=turn, played=0, fraction=0.2, seconds=0.4)
        browser.hear("back")
        browser.say(OTHER)
        assert browser.hear("saved")["text"] == f"{ANSWER} {MORE}"
        browser.hear("said")
    assert house.said == [f"{ANSWER} {MORE}"]
    assert [turn.id for turn in house.round.turns] == ["I1", "C1", "I2"]


def test_what_goes_on_in_a_turn_does_so_even_where_it_is_heard_at_the_second_try_only(house: House) -> None:
    with house.line(CannedVoice([ANSWER])) as browser:
        browser.say()
        turn = browser.hear("said")["turn"]
        browser.send("cut", turn=turn, played=0, fraction=0.2, seconds=0.4)
        browser.hear("back")
        browser.say(OTHER)
        browser.hear("unheard")
        browser.send("end", u=OTHER, text=MORE)
        browser.hear("said")
    assert house.said == [f"{ANSWER} {MORE}"]


def test_a_reply_taken_back_for_nothing_is_said_after_all(house: House) -> None:
    with house.line(CannedVoice([ANSWER])) as browser:
        browser.say()
        turn = browser.hear("said")["turn"]
        browser.send("cut", turn=turn, played=0, fraction=0.0, seconds=0.0)
        browser.hear("back")
        browser.say(OTHER, bytes(32_000))
        browser.hear("unclear")
        browser.send("drop", u=OTHER)
        assert browser.hear("said")["turn"] == turn
    assert house.said == [ANSWER]


def test_of_a_reply_that_was_interrupted_only_what_was_heard_is_kept(house: House) -> None:
    with house.line(CannedVoice([ANSWER, MORE])) as browser:
        browser.say()
        turn = browser.hear("said")["turn"]
        whole = house.round.turns[-1].text
        browser.send("cut", turn=turn, played=0, fraction=0.6, seconds=3.0)  # the candidate broke in
        kept = browser.hear("cut")["text"]
        browser.say(OTHER)
        browser.hear("said")
    assert kept.endswith(" —")
    assert whole.startswith(kept.removesuffix(" —"))
    assert house.said == [ANSWER, MORE]
    interrupted = [each for each in house.round.turns if each.interrupted]
    assert [each.text for each in interrupted] == [kept]


def test_a_question_that_is_heard_again_is_never_shortened(house: House) -> None:
    before = house.round.turns[0].text
    with house.line(CannedVoice([])) as browser:
        browser.send("say", turn="I1")
        browser.hear("sentence")
        browser.send("cut", turn="I1", played=0, fraction=0.5, seconds=5.0)
        browser.send("say", turn="I1")
        browser.hear("quiet")
    assert house.round.turns[0].text == before


def test_what_was_typed_is_answered_over_the_line(house: House) -> None:
    with house.line(CannedVoice([])) as browser:
        line = SEATS.line("r1")
        assert line is not None
        line.wake(Wish.REPEAT)
        browser.hear("quiet")
    assert len(house.round.turns) == 2
    assert SEATS.line("r1") is None


def test_captions_only_sends_no_sound(house: House) -> None:
    with house.line(CannedVoice([ANSWER])) as browser:
        browser.send("choose", aloud=False)
        browser.say()
        browser.hear("quiet")
    assert browser.sound == {}


def test_a_round_that_is_over_takes_nothing_more(house: House) -> None:
    with house.line(CannedVoice([ANSWER])) as browser:
        house.desk.archive.end_round("r1", house.round.started_at)
        browser.send("begin", u=ID)
        assert "ended" in browser.hear("refused")["why"]
    assert house.said == []


def test_a_trial_keeps_nothing(house: House) -> None:
    with house.line(CannedVoice(["retrieval-augmented generation"]), round_id=None) as browser:
        browser.say()
        assert browser.hear("heard")["text"] == "retrieval-augmented generation"
        browser.send("test", text="Good to have you here.")
        browser.hear("quiet")
    assert browser.sound
    assert house.desk.archive.utterances("r1") == []


@pytest.mark.parametrize("wish", ["think", "hint", "repeat", "silence"])
def test_what_is_wished_for_is_said(house: House, wish: str) -> None:
    with house.line(CannedVoice([])) as browser:
        browser.send("ask", wish=wish)
        assert browser.hear("said")["turn"] == "I2"


class Unreachable:
    """An interviewer whose model answers nobody."""

    def __init__(self) -> None:
        self.asked = 0

    def say(self, step: Step, round_: Round) -> Iterator[str | Step]:
        self.asked += 1
        raise ModelUnavailableError("any: nothing answers. Is the server running?")
        yield ""


def test_a_reply_that_fails_is_left_to_the_page_which_is_told_once(house: House) -> None:
    unreachable = Unreachable()
    house.desk = replace(house.desk, interviewers={"offline": unreachable})
    with house.line() as browser:
        browser.send("begin", u=ID)
        browser.send("end", u=ID, text=ANSWER)
        assert browser.hear("failed")["why"] is None
        line = SEATS.line("r1")
        assert line is not None
        assert "nothing answers" in str(line.take_failure())
        assert line.take_failure() is None
        line.wake(None)
        browser.hear("failed")
    assert house.said == [ANSWER]
    assert unreachable.asked == 2


def test_what_a_browser_asked_for_by_itself_and_failed_is_told_at_once(house: House) -> None:
    house.desk = replace(house.desk, interviewers={"offline": Unreachable()})
    with house.line() as browser:
        browser.send("ask", wish="silence")
        assert "nothing answers" in browser.hear("failed")["why"]
        line = SEATS.line("r1")
        assert line is not None
        assert line.take_failure() is None


@pytest.mark.parametrize("wish", [None, Wish.THINK])
def test_nothing_is_said_while_the_candidate_speaks(house: House, wish: Wish | None) -> None:
    with house.line() as browser:
        browser.send("begin", u=ID)
        browser.send_sound(ID, 0, SPEECH[:PIECE])
        browser.hear("stored")
        line = SEATS.line("r1")
        assert line is not None
        line.wake(wish)
        browser.send("end", u=ID, text=ANSWER)
        browser.hear("said")
    assert [turn.id for turn in house.round.turns] == ["I1", "C1", "I2"]

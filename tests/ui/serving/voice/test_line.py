"""Who may open a line, and what a line takes: nothing here may reach into another's round."""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import wave
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from coach import practice, talking
from coach.domain.round import Setup
from coach.domain.speech import HEARD_RATE
from coach.domain.transcript import LONGEST_TEXT
from coach.ui.serving.voice import ELSEWHERE, FAILED, GONE, PATH, REFUSED
from coach.ui.serving.voice.messages import LONGEST_MESSAGE, LONGEST_PIECE, MOST_PIECES
from coach.ui.serving.voice.seats import SEATS
from coach.ui.serving.voice.tokens import LASTS, Tokens
from coach.voices.canned import CannedVoice
from tests.ui.serving.voice.line import ANSWER, ID, OTHER, PIECE, SPEECH, Browser, House

HERE = "http://testserver"
Kept = tuple[object, ...]


def closed(socket: WebSocketTestSession) -> int:
    """The code the line is closed with, whatever is said before."""
    while (message := socket.receive())["type"] != "websocket.close":
        pass
    return int(message["code"])


def kept(house: House, round_id: str = "r1") -> Kept:
    """All that is kept of a round."""
    archive = house.desk.archive
    utterances = archive.utterances(round_id)
    return archive.round(round_id), utterances, [archive.sound(round_id, each.id) for each in utterances]


def packed(id_: str, seq: int, sound: bytes) -> bytes:
    return struct.pack("<16sI", bytes.fromhex(id_), seq) + sound


def other_round(house: House, id_: str = "r2", **setup: Any) -> None:
    """A round beside the first."""
    chosen = Setup(scenario="document-qa", mode="voice", **setup)
    practice.begin(house.desk, id_, chosen, datetime.now(UTC))


# Who may open one


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://testserver.evil.example",
        "http://testserver@evil.example",
        "http://testserver:81",
        "null",
        "testserver",
        "",
        "http://[",
    ],
)
def test_a_page_from_elsewhere_is_refused_before_it_is_let_in(house: House, origin: str) -> None:
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        house.client.websocket_connect(PATH, headers={"origin": origin}),
    ):
        pytest.fail("It was let in.")
    assert refused.value.code == REFUSED


@pytest.mark.parametrize("headers", [{}, {"origin": HERE}, {"origin": "https://testserver"}])
def test_a_page_of_this_server_and_what_is_no_browser_are_let_in(house: House, headers: dict[str, str]) -> None:
    with house.client.websocket_connect(PATH, headers=headers) as socket:
        browser = Browser(socket)
        browser.send("hello", token=house.token(None))
        assert browser.hear("ready")["turn"] == "I1"


def _changed(token: str) -> str:
    return token[:-1] + ("0" if token[-1] != "0" else "1")


def _prolonged(token: str) -> str:
    seat, until, sign = token.split(".")
    return f"{seat}.{int(until) + 1}.{sign}"


def _unsigned(token: str) -> str:
    return token.rpartition(".")[0] + "."


def _expired(token: str) -> str:
    return Tokens(SEATS._tokens._secret, clock=lambda: datetime.now(UTC).timestamp() - LASTS - 1).make(
        token.split(".", maxsplit=1)[0]
    )


def _of_another_process(token: str) -> str:
    return Tokens(b"another secret").make(token.split(".", maxsplit=1)[0])


def _of_no_seat(_: str) -> str:
    return Tokens(SEATS._tokens._secret).make("f" * 32)


SPOILT = (_changed, _prolonged, _unsigned, _expired, _of_another_process, _of_no_seat, str.upper, lambda _: "")


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_pass_that_is_bad_changed_or_past_its_time_opens_nothing(
    house: House, spoil: Callable[[str], str]
) -> None:
    token = spoil(house.token(CannedVoice([ANSWER])))
    before = kept(house)
    with house.client.websocket_connect(PATH) as socket:
        browser = Browser(socket)
        browser.send("hello", token=token)
        browser.say()
        assert socket.receive() == {
            "type": "websocket.close",
            "code": REFUSED,
            "reason": "Reload the page: its pass is not good here.",
        }
    assert kept(house) == before
    assert SEATS.line("r1") is None


def test_a_pass_for_one_round_neither_hears_nor_speaks_in_another(house: House) -> None:
    other_round(house)
    before = kept(house)
    with house.line(CannedVoice([ANSWER]), round_id="r2") as browser:
        browser.send("say", turn="I1")
        said = browser.hear("quiet")
        browser.say()
        browser.hear("said")
        browser.send("cut", turn="I1", played=0, fraction=0.0, seconds=0.0)
        browser.send("drop", u=OTHER)
        assert "not kept" in browser.hear("refused")["why"]
    assert said["turn"] == "I1"
    assert kept(house) == before
    assert house.desk.archive.round("r2").transcript.candidate[0].text == ANSWER


def test_an_utterance_of_another_round_takes_no_sound_and_makes_no_turn(house: House) -> None:
    other_round(house)
    talking.begin(house.desk, "r1", ID, datetime.now(UTC))
    before = kept(house)
    with house.line(CannedVoice([ANSWER]), round_id="r2") as browser:
        browser.send_sound(ID, 0, SPEECH[:PIECE])
        browser.hear("refused")
        browser.send("end", u=ID, text=ANSWER)
        browser.hear("unheard")
        browser.send("drop", u=ID)
        browser.hear("refused")
    assert kept(house) == before
    assert not house.desk.archive.round("r2").transcript.candidate


# The first message


@pytest.mark.parametrize(
    "first",
    [
        "",
        "{",
        "null",
        "[]",
        json.dumps({"t": "begin", "u": ID}),
        json.dumps({"t": "hello"}),
        json.dumps({"t": "hello", "token": None}),
        json.dumps({"t": "hello", "token": "x" * (LONGEST_MESSAGE + 1)}),
        packed(ID, 0, SPEECH[:PIECE]),
    ],
    ids=lambda first: str(first[:24]),
)
def test_a_first_message_that_is_no_hello_ends_the_line(house: House, first: str | bytes) -> None:
    before = kept(house)
    with house.client.websocket_connect(PATH) as socket:
        Browser(socket).raw(first)
        assert closed(socket) == REFUSED
    assert kept(house) == before


def test_a_hello_with_more_than_a_pass_ends_the_line(house: House) -> None:
    with house.client.websocket_connect(PATH) as socket:
        Browser(socket).send("hello", token=house.token(None), round="r1")
        assert closed(socket) == REFUSED


@pytest.mark.slow
def test_who_says_nothing_is_not_waited_for(house: House) -> None:
    with house.client.websocket_connect(PATH) as socket:
        assert closed(socket) == REFUSED


def test_who_leaves_before_the_hello_leaves_nothing_behind(house: House) -> None:
    with house.client.websocket_connect(PATH):
        pass
    assert SEATS.line("r1") is None


# What it takes


MALFORMED = {
    "no JSON": "{",
    "nothing": "",
    "no object": "[1]",
    "unknown": json.dumps({"t": "delete", "u": ID}),
    "unnamed": json.dumps({"u": ID}),
    "more than is known": json.dumps({"t": "begin", "u": ID, "round": "r2"}),
    "no id": json.dumps({"t": "begin", "u": "../../r2"}),
    "no number": json.dumps({"t": "begin", "u": ID, "ago": float("nan")}),
    "before the round": json.dumps({"t": "begin", "u": ID, "ago": 1e9}),
    "too many pieces": json.dumps({"t": "end", "u": ID, "pieces": MOST_PIECES + 1}),
    "words without end": json.dumps({"t": "end", "u": ID, "text": "x" * (LONGEST_TEXT + 1)}),
    "a wish nobody has": json.dumps({"t": "ask", "wish": "grade"}),
    "a turn that is none": json.dumps({"t": "say", "turn": "C1' OR 1=1"}),
    "oversized": json.dumps({"t": "end", "u": ID, "text": "x" * LONGEST_MESSAGE}),
    "sound without a head": b"\x00" * 19,
    "a head without sound": packed(ID, 0, b""),
    "half a sample": packed(ID, 0, b"\x00" * 3),
    "too much sound": packed(ID, 0, b"\x00" * (LONGEST_PIECE + 2)),
    "a piece too many": packed(ID, MOST_PIECES, b"\x00\x00"),
}


@pytest.mark.parametrize("message", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_message_that_is_none_ends_the_line_and_changes_nothing(house: House, message: str | bytes) -> None:
    talking.begin(house.desk, "r1", ID, datetime.now(UTC))
    before = kept(house)
    with house.client.websocket_connect(PATH) as socket:
        browser = Browser(socket)
        browser.send("hello", token=house.token(CannedVoice([ANSWER])))
        browser.hear("ready")
        browser.raw(message)
        assert closed(socket) == REFUSED
    assert kept(house) == before
    assert SEATS.line("r1") is None


@pytest.mark.parametrize(
    ("t", "what"),
    [("hello", {"token": "again"}), ("test", {"text": "Say it in a round."}), ("drop", {"u": OTHER})],
)
def test_what_cannot_be_done_in_a_round_is_refused_and_the_line_goes_on(
    house: House, t: str, what: dict[str, Any]
) -> None:
    before = kept(house)
    with house.line(CannedVoice([ANSWER])) as browser:
        browser.send(t, **what)
        browser.hear("refused")
        assert kept(house) == before
        browser.say()
        browser.hear("said")
    assert house.said == [ANSWER]


def test_sound_of_nothing_that_began_is_refused_and_not_kept(house: House) -> None:
    before = kept(house)
    with house.line(CannedVoice([ANSWER])) as browser:
        browser.send_sound(OTHER, 0, SPEECH[:PIECE])
        assert "say it again" in browser.hear("refused")["why"]
    assert kept(house) == before
    assert house.desk.archive.sound("r1", OTHER) == b""


def test_what_nobody_hears_of_a_turn_that_is_not_there_changes_nothing(house: House) -> None:
    before = kept(house)
    with house.line(CannedVoice([])) as browser:
        browser.send("cut", turn="I9", played=0, fraction=0.5, seconds=3.0)
        browser.send("say", turn="I9")
        browser.send("say", turn="I1")
        assert browser.hear("sentence")["turn"] == "I1"
    assert kept(house) == before


def test_sound_that_was_not_to_be_kept_does_not_come_back_when_it_is_sent_again(house: House) -> None:
    with house.line(CannedVoice([ANSWER])) as browser:
        browser.say()
        browser.hear("said")
        browser.say()
        assert browser.hear("saved")["turn"] == "C1"
        browser.send("end", u=ID, pieces=9)
        assert browser.hear("saved")["turn"] == "C1"
    assert house.desk.archive.sound("r1", ID) == b""
    assert house.said == [ANSWER]


def test_a_trial_holds_no_more_sound_than_a_trial_takes(house: House) -> None:
    with house.line(CannedVoice(["retrieval"]), round_id=None) as browser:
        browser.send_sound(ID, 0, SPEECH[:PIECE])
        browser.hear("refused")
        browser.send("begin", u=ID)
        for seq in range(17):
            browser.send_sound(ID, seq, bytes(LONGEST_PIECE))
        assert "too long" in browser.hear("refused")["why"]


# Whose it is


def test_the_tab_that_came_last_has_the_round_and_the_one_before_is_told(house: House) -> None:
    with house.client.websocket_connect(PATH) as first:
        Browser(first).send("hello", token=house.token(None))
        Browser(first).hear("ready")
        with house.line(CannedVoice([ANSWER])) as second:
            assert closed(first) == ELSEWHERE
            second.say()
            second.hear("said")
            assert SEATS.line("r1") is not None
    assert house.said == [ANSWER]


def test_the_same_tab_that_comes_again_has_the_round(house: House) -> None:
    token = house.token(None)
    with house.client.websocket_connect(PATH) as first, house.client.websocket_connect(PATH) as second:
        for socket in (first, second):
            Browser(socket).send("hello", token=token)
            Browser(socket).hear("ready")
        assert closed(first) == ELSEWHERE


def test_a_line_that_was_replaced_leaves_the_new_one_in_its_place(house: House) -> None:
    with house.line(None):
        with house.line(None):
            before = SEATS.line("r1")
        assert before is not None
        assert SEATS.line("r1") is None


def test_rounds_side_by_side_leave_each_other_alone(house: House) -> None:
    other_round(house)
    with (
        house.line(CannedVoice([ANSWER])) as one,
        house.line(CannedVoice(["Another answer to it."]), round_id="r2") as two,
    ):
        one.say()
        two.say(OTHER)
        one.hear("said")
        two.hear("said")
    assert house.said == [ANSWER]
    assert [turn.text for turn in house.desk.archive.round("r2").transcript.candidate] == ["Another answer to it."]


# What becomes of it


def test_a_round_deleted_before_the_line_is_told(house: House) -> None:
    token = house.token(None)
    house.desk.archive.delete_round("r1")
    with house.client.websocket_connect(PATH) as socket:
        Browser(socket).send("hello", token=token)
        assert Browser(socket).hear("gone")["why"]
        assert closed(socket) == GONE


def test_a_round_deleted_under_an_open_line_is_told(house: House) -> None:
    with house.client.websocket_connect(PATH) as socket:
        browser = Browser(socket)
        browser.send("hello", token=house.token(CannedVoice([ANSWER])))
        browser.hear("ready")
        house.desk.archive.delete_round("r1")
        browser.send("begin", u=ID)
        browser.hear("gone")
        assert closed(socket) == GONE


def test_a_reply_that_cannot_be_made_for_want_of_its_round_is_said(house: House) -> None:
    with house.line(CannedVoice([ANSWER])) as browser:
        house.desk.archive.delete_round("r1")
        browser.send("ask", wish="hint")
        assert browser.hear("refused")["why"]


def test_a_database_that_is_away_is_no_deleted_round(house: House, tmp_path: Path) -> None:
    token = house.token(None)
    with closing(sqlite3.connect(tmp_path / "coach.sqlite")) as database:
        database.execute("ALTER TABLE turn RENAME TO away")
        with house.client.websocket_connect(PATH) as socket:
            Browser(socket).send("hello", token=token)
            Browser(socket).hear("refused")
            assert closed(socket) == FAILED
        database.execute("ALTER TABLE away RENAME TO turn")
    with house.line(None) as browser:
        browser.send("say", turn="I1")
        browser.hear("sentence")


# Its sound


def recorded(house: House, round_id: str, sound: bytes) -> None:
    """A spoken answer in a new round whose sound is kept."""
    other_round(house, round_id, keeps_sound=True)
    talking.begin(house.desk, round_id, ID, datetime.now(UTC))
    house.desk.archive.add_sound(round_id, ID, 0, sound)
    list(talking.hear(house.desk, None, round_id, ID, ANSWER))


def passed(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_the_sound_of_a_turn_is_a_file_of_its_length_for_who_holds_a_pass(house: House) -> None:
    recorded(house, "r2", SPEECH)
    answer = house.client.get(f"{PATH}/sound/C1", headers=passed(house.token(None, "r2")))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "audio/wav"
    assert answer.headers["cache-control"] == "no-store"
    with wave.open(io.BytesIO(answer.content)) as file:
        assert (file.getnchannels(), file.getframerate(), file.getsampwidth()) == (1, HEARD_RATE, 2)
        assert file.readframes(file.getnframes()) == SPEECH


def test_without_a_pass_there_is_no_sound(house: House) -> None:
    recorded(house, "r2", SPEECH)
    good = house.token(None, "r2")
    spoilt = [{}, {"Authorization": ""}, *(passed(spoil(good)) for spoil in SPOILT)]
    trial = passed(house.token(None, None))
    answers = [house.client.get(f"{PATH}/sound/C1", headers=headers) for headers in (*spoilt, trial)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(403, b"")}


def test_a_pass_for_one_round_gives_no_sound_of_another(house: House) -> None:
    recorded(house, "r2", SPEECH)
    assert house.client.get(f"{PATH}/sound/C1", headers=passed(house.token(None, "r1"))).status_code == 404
    recorded(house, "r3", SPEECH[:PIECE])
    answer = house.client.get(f"{PATH}/sound/C1", headers=passed(house.token(None, "r3")))
    with wave.open(io.BytesIO(answer.content)) as file:
        assert file.readframes(file.getnframes()) == SPEECH[:PIECE]


@pytest.mark.parametrize("turn", ["C2", "I1", "C1'--", "%2e%2e%2fr1"])
def test_where_no_sound_is_kept_there_is_no_file(house: House, turn: str) -> None:
    recorded(house, "r2", SPEECH)
    assert house.client.get(f"{PATH}/sound/{turn}", headers=passed(house.token(None, "r2"))).status_code == 404


def test_sound_that_was_deleted_is_gone_for_a_pass_that_is_still_good(house: House) -> None:
    recorded(house, "r2", SPEECH)
    token = house.token(None, "r2")
    house.desk.archive.forget_sounds("r2")
    assert house.client.get(f"{PATH}/sound/C1", headers=passed(token)).status_code == 404

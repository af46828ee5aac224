"""The use cases of a spoken round, against the real archive and the offline interviewer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coach import practice, talking
from coach.archive.archive import SqlArchive
from coach.domain.round import Round, Setup
from coach.domain.speech import Heard
from coach.domain.transcript import Speaker
from coach.errors import ModelError, NotFoundError, RoundClosedError
from coach.practice import Desk
from coach.settings import Settings
from coach.talking import UNHEARD_DAYS, Said, Unclear
from coach.voices.canned import CannedVoice
from coach.voices.tones import tone
from coach.wiring import build_desk
from tests.builders import NINE
from tests.databases import lay

ID, OTHER, THIRD = "a" * 32, "b" * 32, "c" * 32
SPEECH = (tone(180.0, 0.2, rate=16_000) + bytes(3_200)) * 12
"""Twelve syllables, 3.6 s."""
WORDS = "We chunk by heading and keep the page number with each chunk."
MORE = "And I keep the table of contents beside it."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    lay(tmp_path)
    built = build_desk(Settings(home=tmp_path))
    assert isinstance(built.archive, SqlArchive)
    practice.begin(built, "r1", Setup(scenario="document-qa", mode="voice", keeps_sound=True), NINE)
    yield built
    built.archive.close()


def at(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


def spoken(desk: Desk, id_: str = ID, sound: bytes = SPEECH, seconds: float = 10.0) -> None:
    """An utterance that has arrived and is not heard yet."""
    talking.begin(desk, "r1", id_, at(seconds))
    if sound:
        desk.archive.add_sound("r1", id_, 0, sound)


def heard(
    desk: Desk, id_: str = ID, voice: CannedVoice | None = None, text: str | None = None, joins: str | None = None
) -> list[str | Said | Unclear]:
    return list(talking.hear(desk, voice, "r1", id_, text, joins))


def said(desk: Desk, id_: str = ID, text: str = WORDS, joins: str | None = None, seconds: float = 10.0) -> Said:
    """An utterance that the browser has heard."""
    spoken(desk, id_, seconds=seconds)
    [outcome] = heard(desk, id_, text=text, joins=joins)
    assert isinstance(outcome, Said)
    return outcome


def replied(desk: Desk, seconds: float = 20.0) -> str:
    """What the interviewer answers: its turn."""
    for _ in practice.reply(desk, "r1", at(seconds)):
        pass
    return round_(desk).turns[-1].id


def round_(desk: Desk) -> Round:
    return desk.archive.round("r1")


def words(desk: Desk) -> list[str]:
    return [turn.text for turn in round_(desk).transcript.candidate]


def judged(desk: Desk) -> None:
    practice.finish(desk, "r1", at(600))
    for _ in practice.grade_round(desk, "r1"):
        pass


# Hear


def test_what_a_browser_heard_is_a_turn_at_the_second_it_began(desk: Desk) -> None:
    outcome = said(desk, text=f" {WORDS}\n", seconds=12.3)
    assert (outcome.turn.id, outcome.turn.text, outcome.turn.at) == ("C1", WORDS, 12.3)
    [utterance] = desk.archive.utterances("r1")
    assert (utterance.turn, utterance.is_settled, utterance.heard) == ("C1", True, Heard(text=WORDS))


def test_a_voice_hears_word_by_word_and_its_last_word_counts(desk: Desk) -> None:
    spoken(desk)
    *pieces, outcome = heard(desk, voice=CannedVoice([WORDS]))
    assert "".join(str(piece) for piece in pieces) == WORDS
    assert len(pieces) > 5
    assert isinstance(outcome, Said)
    assert words(desk) == [WORDS]


@pytest.mark.parametrize(
    ("sound", "transcript", "why"),
    [
        (bytes(64_000), "Thank you for watching!", "Nothing was heard"),
        (SPEECH, "", "Nothing was heard"),
        (SPEECH, "[Music]", "no words"),
        (SPEECH[: len(SPEECH) // 6], " ".join(["word"] * 40), "cannot have been said"),
        (b"", "Hello", "Nothing was heard"),
    ],
)
def test_what_cannot_have_been_said_is_unclear_and_no_turn_and_its_sound_stays(
    desk: Desk, sound: bytes, transcript: str, why: str
) -> None:
    spoken(desk, sound=sound)
    outcome = heard(desk, voice=CannedVoice([transcript]))[-1]
    assert isinstance(outcome, Unclear)
    assert why in outcome.why
    assert words(desk) == []
    assert desk.archive.sound("r1", ID) == sound
    assert [each.id for each in talking.open_utterances(desk, "r1")] == [ID]


def test_without_a_voice_or_words_nothing_was_heard(desk: Desk) -> None:
    spoken(desk)
    assert isinstance(heard(desk)[-1], Unclear)
    assert isinstance(heard(desk, text="  \n")[-1], Unclear)
    assert words(desk) == []


def test_a_voice_that_fails_keeps_the_sound_for_another_try(desk: Desk) -> None:
    spoken(desk)
    with pytest.raises(ModelError):
        heard(desk, voice=CannedVoice([]))
    assert desk.archive.sound("r1", ID) == SPEECH
    heard(desk, voice=CannedVoice([WORDS]))
    assert words(desk) == [WORDS]


def test_an_utterance_joins_the_last_turn_and_no_other(desk: Desk) -> None:
    said(desk)
    joined = said(desk, OTHER, MORE, joins="C1", seconds=20.0)
    assert joined.turn.id == "C1"
    assert words(desk) == [f"{WORDS} {MORE}"]
    replied(desk, 30)
    later = said(desk, THIRD, "A later thought on that.", joins="C1", seconds=40.0)
    assert later.turn.id == "C2"
    assert words(desk) == [f"{WORDS} {MORE}", "A later thought on that."]


@pytest.mark.parametrize("joins", ["C9", "I1", ""])
def test_an_utterance_that_joins_what_is_not_there_is_a_turn_of_its_own(desk: Desk, joins: str) -> None:
    assert said(desk, joins=joins).turn.id == "C1"
    assert words(desk) == [WORDS]


def test_heard_twice_it_is_one_turn(desk: Desk) -> None:
    first = said(desk)
    assert heard(desk, voice=CannedVoice(["something else"])) == [first]
    assert heard(desk, text="typed instead", joins="C1") == [first]
    assert words(desk) == [WORDS]


def test_heard_over_two_lines_at_once_it_is_joined_once(desk: Desk) -> None:
    said(desk)
    spoken(desk, OTHER, seconds=20.0)
    dropped = talking.hear(desk, CannedVoice([MORE]), "r1", OTHER, None, "C1")
    assert isinstance(next(dropped), str)
    heard(desk, OTHER, voice=CannedVoice([MORE]), joins="C1")
    outcome = list(dropped)[-1]
    assert isinstance(outcome, Said)
    assert outcome.turn.id == "C1"
    assert words(desk) == [f"{WORDS} {MORE}"]


def test_after_a_crash_between_turn_and_utterance_it_is_still_one_turn(desk: Desk) -> None:
    spoken(desk)
    practice.say(desk, "r1", WORDS, at(10), key=f"utterance:{ID}")
    [outcome] = heard(desk, text=WORDS)
    assert isinstance(outcome, Said)
    assert outcome.turn.id == "C1"
    assert words(desk) == [WORDS]


def test_turns_are_in_their_order_even_where_one_was_begun_while_the_interviewer_spoke(desk: Desk) -> None:
    said(desk, seconds=30.0)
    replied(desk, 40)
    assert said(desk, OTHER, MORE, seconds=35.0).turn.at == 40.0


def test_a_round_that_is_over_hears_nothing_more_and_keeps_the_sound(desk: Desk) -> None:
    spoken(desk)
    practice.finish(desk, "r1", at(60))
    with pytest.raises(RoundClosedError):
        heard(desk, text=WORDS)
    with pytest.raises(RoundClosedError):
        talking.begin(desk, "r1", OTHER, at(61))
    assert words(desk) == []
    assert desk.archive.sound("r1", ID) == SPEECH


def test_what_never_began_is_not_heard(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="say it again"):
        heard(desk, text=WORDS)
    with pytest.raises(NotFoundError):
        talking.give_up(desk, "r1", ID)


def test_what_is_given_up_is_out_of_the_round_with_its_sound_and_what_was_heard_stays(desk: Desk) -> None:
    spoken(desk)
    talking.give_up(desk, "r1", ID)
    said(desk, OTHER)
    talking.give_up(desk, "r1", OTHER)
    assert desk.archive.sound("r1", ID) == b""
    assert talking.open_utterances(desk, "r1") == []
    assert words(desk) == [WORDS]
    assert talking.sound_of(desk, "r1", "C1") == SPEECH


def test_words_of_the_scenario_are_expected(desk: Desk) -> None:
    assert talking.expected(desk, "r1").strip()


# Take back, and cut


def test_a_reply_that_nobody_heard_is_taken_back_and_owed_again(desk: Desk) -> None:
    said(desk)
    turn = replied(desk)
    assert talking.take_back(desk, "r1", turn)
    assert practice.owes_reply(round_(desk))


def test_what_was_answered_or_is_the_candidates_own_or_not_there_is_not_taken_back(desk: Desk) -> None:
    said(desk)
    turn = replied(desk)
    said(desk, OTHER, MORE, seconds=30.0)
    before = round_(desk)
    assert not any(talking.take_back(desk, "r1", each) for each in (turn, "I1", "C2", "I9"))
    assert round_(desk) == before


def test_what_ended_the_round_is_not_taken_back(desk: Desk) -> None:
    said(desk)
    turn = replied(desk, 60 * 60)
    practice.finish(desk, "r1", at(60 * 60))
    before = round_(desk)
    assert not talking.take_back(desk, "r1", turn)
    assert round_(desk) == before


def test_of_what_was_interrupted_the_words_that_were_heard_stay_and_it_says_so(desk: Desk) -> None:
    whole = round_(desk).turns[0].text
    shorter = talking.cut(desk, "r1", "I1", 0, 0.5)
    assert shorter.interrupted
    assert shorter.text.endswith(" —")
    assert whole.startswith(shorter.text.removesuffix(" —"))
    assert round_(desk).turns[0] == shorter
    assert talking.cut(desk, "r1", "I1", 0, 0.1) == shorter


@pytest.mark.parametrize(("played", "fraction"), [(0, 0.0), (99, 0.0)])
def test_what_was_heard_not_at_all_or_to_its_end_stays_whole(desk: Desk, played: int, fraction: float) -> None:
    before = round_(desk).turns[0]
    assert talking.cut(desk, "r1", "I1", played, fraction) == before
    assert round_(desk).turns[0] == before
    with pytest.raises(NotFoundError):
        talking.cut(desk, "r1", "I9", played, fraction)


# Correct


def test_corrected_words_stand_beside_those_that_were_heard(desk: Desk) -> None:
    said(desk)
    assert [turn.id for turn in talking.can_correct(desk, round_(desk))] == ["C1"]
    for text in ("We chunk by headings.", "We chunk by the heading."):
        corrected = talking.correct(desk, "r1", "C1", f" {text} ")
        assert (corrected.text, corrected.heard) == (text, WORDS)
    assert round_(desk).turns[-1] == corrected
    assert talking.correct(desk, "r1", "C1", WORDS).heard is None


@pytest.mark.parametrize("text", ["", " \n ", WORDS])
def test_nothing_and_the_same_words_correct_nothing(desk: Desk, text: str) -> None:
    said(desk)
    before = round_(desk)
    talking.correct(desk, "r1", "C1", text)
    assert round_(desk) == before


def test_only_what_the_candidate_spoke_can_be_corrected(desk: Desk) -> None:
    practice.say(desk, "r1", "Typed.", at(5), key="typed")
    assert talking.can_correct(desk, round_(desk)) == []
    before = round_(desk)
    assert talking.correct(desk, "r1", "I1", "Something else.").speaker is Speaker.INTERVIEWER
    assert round_(desk) == before
    with pytest.raises(NotFoundError):
        talking.correct(desk, "r1", "C9", "Something else.")


def test_words_that_were_judged_are_not_corrected(desk: Desk) -> None:
    said(desk, text=f"{WORDS} " * 8)
    judged(desk)
    before = round_(desk)
    assert talking.can_correct(desk, before) == []
    with pytest.raises(RoundClosedError):
        talking.correct(desk, "r1", "C1", "Better words.")
    with pytest.raises(RoundClosedError):
        talking.cut(desk, "r1", "I1", 0, 0.5)
    assert round_(desk) == before


# What is told afterwards


def test_how_one_talked_counts_what_was_measured_and_all_parts_of_a_turn(desk: Desk) -> None:
    said(desk, seconds=10.0)
    said(desk, OTHER, MORE, joins="C1", seconds=20.0)
    practice.say(desk, "r1", "Typed.", at(40), key="typed")
    talk = talking.how_talked(desk, round_(desk))
    assert talk.longest is not None
    assert (talk.longest.turn, talk.longest.words) == ("C1", 21)
    assert talk.longest.seconds == pytest.approx(7.2, abs=0.1)
    assert [(pace.turn, pace.at) for pace in talk.pace] == [("C1", 10.0)]


def test_the_sound_of_a_turn_is_that_of_all_its_parts_in_their_order_and_of_no_other(desk: Desk) -> None:
    said(desk)
    said(desk, OTHER, MORE, joins="C1", seconds=20.0)
    said(desk, THIRD, "Another turn of mine.", seconds=30.0)
    assert talking.sound_of(desk, "r1", "C1") == SPEECH + SPEECH
    assert talking.sound_of(desk, "r1", "C2") == SPEECH
    assert talking.sound_of(desk, "r1", "C3") == b""
    assert talking.sound_of(desk, "r9", "C1") == b""


def test_sound_is_forgotten_once_it_is_older_than_it_is_kept(desk: Desk) -> None:
    said(desk)
    assert talking.forget_old(desk, at(0) + timedelta(days=30), 30) == 0
    assert talking.forget_old(desk, at(60) + timedelta(days=30), 30) == 1
    assert talking.sound_of(desk, "r1", "C1") == b""
    assert talking.forget_old(desk, at(60) + timedelta(days=30), 30) == 0


def test_where_none_is_kept_what_a_crash_left_unheard_can_be_gone_on_with_for_a_day(desk: Desk) -> None:
    spoken(desk)
    assert talking.forget_old(desk, at(60), 0) == 0
    assert desk.archive.sound("r1", ID) == SPEECH
    assert talking.forget_old(desk, at(60) + timedelta(days=UNHEARD_DAYS), 0) == 1

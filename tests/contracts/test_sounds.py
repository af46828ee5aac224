"""What every archive promises of what candidates say aloud."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from coach.domain.search import Search
from coach.domain.speech import Heard
from coach.domain.transcript import Speaker, Turn
from coach.domain.utterance import Utterance
from coach.errors import ArchiveError, NotFoundError, RoundClosedError
from tests.archive.builders import NINE, begun_round, findings, question, stamp
from tests.contracts.test_archive import ARCHIVES, Kept

ID, OTHER = "a" * 32, "b" * 32
SECOND = b"\x01\x02" * 16_000


@pytest.fixture(params=ARCHIVES)
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    with ARCHIVES[request.param](tmp_path) as opened:
        opened.add_round(begun_round("r1"))
        opened.add_utterance("r1", Utterance(id=ID, at=3.5), NINE)
        yield opened


def said(archive: Kept) -> list[str]:
    return [turn.text for turn in archive.round("r1").turns]


def answered(archive: Kept, text: str = "We chunk by heading") -> Turn:
    turn = Turn(id="C1", speaker=Speaker.CANDIDATE, text=text, at=4.0)
    assert archive.add_turn("r1", turn)
    return turn


def test_sound_is_there_piece_by_piece_in_its_order_however_it_arrives(archive: Kept) -> None:
    archive.add_sound("r1", ID, 1, b"\x03\x04")
    archive.add_sound("r1", ID, 0, b"\x01\x02")
    archive.add_sound("r1", ID, 1, b"\x09\x09")
    assert archive.sound("r1", ID) == b"\x01\x02\x03\x04"
    assert archive.missing_sound("r1", ID, 4) == [2, 3]


def test_an_utterance_is_open_until_it_is_settled_and_says_how_long_it_lasts(archive: Kept) -> None:
    archive.add_utterance("r1", Utterance(id=ID, at=99.0), NINE)
    archive.add_sound("r1", ID, 0, SECOND)
    assert archive.utterances("r1") == [Utterance(id=ID, at=3.5, seconds=1.0, has_sound=True)]


@pytest.mark.parametrize("keep", [True, False])
def test_settled_sound_is_kept_only_where_that_is_wanted_and_its_length_always(archive: Kept, keep: bool) -> None:
    archive.add_sound("r1", ID, 0, SECOND)
    heard = Heard(text="We chunk by heading")
    archive.settle_utterance("r1", ID, heard, "C1", keep_sound=keep)
    [settled] = archive.utterances("r1")
    assert (settled.is_settled, settled.turn, settled.heard) == (True, "C1", heard)
    assert (settled.has_sound, settled.seconds) == (keep, 1.0)
    assert archive.sound("r1", ID) == (SECOND if keep else b"")


def test_utterances_come_in_the_order_they_began(archive: Kept) -> None:
    archive.add_utterance("r1", Utterance(id=OTHER, at=1.0), NINE - timedelta(minutes=1))
    assert [each.id for each in archive.utterances("r1")] == [OTHER, ID]


def test_sound_is_forgotten_by_age_by_round_and_altogether(archive: Kept) -> None:
    archive.add_round(begun_round("r2"))
    archive.add_utterance("r2", Utterance(id=OTHER, at=0.0), NINE + timedelta(days=1))
    archive.add_sound("r1", ID, 0, SECOND)
    archive.add_sound("r2", OTHER, 0, SECOND)
    assert archive.forget_sounds(before=NINE) == 0
    assert archive.forget_sounds(before=NINE + timedelta(hours=1)) == 1
    assert (archive.sound("r1", ID), archive.sound("r2", OTHER)) == (b"", SECOND)
    assert archive.forget_sounds("r1") == 0
    assert archive.forget_sounds() == 1
    assert archive.sound("r2", OTHER) == b""


def test_sound_goes_with_its_round(archive: Kept) -> None:
    archive.add_sound("r1", ID, 0, SECOND)
    archive.delete_round("r1")
    assert archive.sound("r1", ID) == b""
    assert archive.utterances("r1") == []


def test_a_round_that_is_over_takes_no_new_utterance_and_still_the_sound_of_the_last(archive: Kept) -> None:
    archive.end_round("r1", NINE)
    with pytest.raises(RoundClosedError):
        archive.add_utterance("r1", Utterance(id=OTHER, at=9.0), NINE)
    archive.add_sound("r1", ID, 0, SECOND)
    assert archive.sound("r1", ID) == SECOND


@pytest.mark.parametrize("keep", [True, False])
def test_sound_that_is_sent_again_once_it_is_settled_changes_nothing(archive: Kept, keep: bool) -> None:
    archive.add_sound("r1", ID, 0, SECOND)
    archive.settle_utterance("r1", ID, Heard(text="We chunk"), "C1", keep_sound=keep)
    before = archive.utterances("r1")
    for seq in (0, 1):
        archive.add_sound("r1", ID, seq, SECOND)
    assert archive.utterances("r1") == before
    assert archive.sound("r1", ID) == (SECOND if keep else b"")
    assert archive.missing_sound("r1", ID, 3) == []


def test_sound_of_nothing_that_began_is_refused(archive: Kept) -> None:
    with pytest.raises(NotFoundError):
        archive.add_sound("r1", OTHER, 0, SECOND)
    with pytest.raises(NotFoundError):
        archive.settle_utterance("r1", OTHER, None, None, keep_sound=False)
    with pytest.raises(NotFoundError):
        archive.add_utterance("r9", Utterance(id=OTHER, at=9.0), NINE)


def test_a_revised_turn_is_what_is_read_and_searched(archive: Kept) -> None:
    turn = answered(archive, "We use vector zanzibar")
    archive.revise_turn(
        "r1", turn.model_copy(update={"text": "We use pgvector", "heard": "We use vector zanzibar"})
    )
    assert said(archive)[-1] == "We use pgvector"
    assert archive.search(Search(words=("zanzibar",)), 5) == []
    assert [hit.line.id for hit in archive.search(Search(words=("pgvector",)), 5)] == ["r1"]


def test_the_last_turn_can_be_taken_back_and_no_other(archive: Kept) -> None:
    asked, step = question(1)
    assert archive.add_turn("r1", asked, step)
    before = said(archive)
    answered(archive)
    with pytest.raises(ArchiveError):
        archive.take_back_turn("r1", "I1")
    archive.take_back_turn("r1", "C1")
    assert said(archive) == before
    assert archive.search(Search(words=("chunk",)), 5) == []


def test_words_that_were_judged_stay_as_they_are(archive: Kept) -> None:
    turn = answered(archive)
    archive.add_findings("r1", stamp(), findings())
    with pytest.raises(RoundClosedError):
        archive.revise_turn("r1", turn)
    with pytest.raises(RoundClosedError):
        archive.take_back_turn("r1", "C1")


def test_turns_of_a_round_that_is_over_can_be_corrected_and_not_taken_back(archive: Kept) -> None:
    turn = answered(archive)
    archive.end_round("r1", NINE)
    archive.revise_turn("r1", turn.model_copy(update={"text": "Corrected"}))
    with pytest.raises(RoundClosedError):
        archive.take_back_turn("r1", "C1")
    assert said(archive)[-1] == "Corrected"
    with pytest.raises(NotFoundError):
        archive.revise_turn("r1", turn.model_copy(update={"id": "C9"}))

"""Calls to speech services, counted and capped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coach.archive.archive import SqlArchive
from coach.domain.calls import Call, CallOutcome, Caps, Purpose
from coach.domain.speech import Heard
from coach.errors import (
    CapReachedError,
    ModelError,
    ModelRefusedError,
    ModelReplyError,
    ModelUnavailableError,
)
from coach.voices.metered import MeteredVoice
from coach.voices.prices import heard_usd, spoken_usd
from tests.archive.builders import begun_round, call
from tests.voices.speaking import HINTS, RECORDING, SAID

NAME = "openai:whisper-1/tts-1"
MINUTE = bytes(60 * 32_000)
NO_CAPS = Caps()


class Paid:
    """A voice with a price, which notes what it is sent."""

    def __init__(self, *pieces: Any, name: str = NAME) -> None:
        self.name = name
        self.pieces = pieces
        self.sent = 0
        self.closed = 0

    def _given(self) -> Iterator[Any]:
        self.sent += 1
        try:
            for piece in self.pieces:
                if isinstance(piece, Exception):
                    raise piece
                yield piece
        finally:
            self.closed += 1

    def transcribe(self, sound: bytes, hints: str = "") -> Iterator[str | Heard]:
        return self._given()

    def speak(self, text: str, speed: float = 1.0) -> Iterator[bytes]:
        return self._given()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[SqlArchive]:
    with closing(SqlArchive.open(f"sqlite:///{tmp_path}/coach.db")) as archive:
        archive.add_round(begun_round("r1"))
        yield archive


def the_call(log: SqlArchive) -> Call:
    [found] = log.calls("r1")
    return found


def test_what_is_heard_and_said_comes_through_as_it_is(log: SqlArchive) -> None:
    hearing = MeteredVoice(Paid("All ", "of it.", Heard(text="All of it.")), log, NO_CAPS, "r1")
    assert list(hearing.transcribe(RECORDING)) == ["All ", "of it.", Heard(text="All of it.")]
    assert list(MeteredVoice(Paid(b"ab", b"cd"), log, NO_CAPS, "r1").speak(SAID, 1.5)) == [b"ab", b"cd"]
    assert hearing.name == NAME


def test_a_call_is_kept_with_its_purpose_cost_and_outcome(log: SqlArchive) -> None:
    list(MeteredVoice(Paid("All", Heard(text="All")), log, NO_CAPS, "r1").transcribe(MINUTE))
    list(MeteredVoice(Paid(b"ab"), log, NO_CAPS, "r1").speak(SAID))
    hear, speak = log.calls("r1")
    assert (hear.purpose, speak.purpose) == (Purpose.HEAR, Purpose.SPEAK)
    assert hear.usd == pytest.approx(heard_usd(NAME, 60))
    assert speak.usd == pytest.approx(spoken_usd(NAME, len(SAID)))
    for each in (hear, speak):
        assert (each.model, each.outcome) == (NAME, CallOutcome.REPLIED)
        assert each.first_seconds is not None
        assert each.seconds is not None
        assert 0 <= each.first_seconds <= each.seconds


@pytest.mark.parametrize(
    ("error", "outcome", "is_free"),
    [
        (ModelRefusedError("no"), CallOutcome.REFUSED, True),
        (ModelUnavailableError("busy"), CallOutcome.UNAVAILABLE, False),
        (ModelReplyError("what?"), CallOutcome.UNUSABLE, False),
    ],
)
def test_what_was_refused_costs_nothing_and_what_may_have_been_done_counts(
    log: SqlArchive, error: ModelError, outcome: CallOutcome, is_free: bool
) -> None:
    with pytest.raises(type(error)):
        list(MeteredVoice(Paid(error), log, NO_CAPS, "r1").transcribe(MINUTE))
    assert the_call(log).outcome is outcome
    assert the_call(log).usd == (0.0 if is_free else pytest.approx(heard_usd(NAME, 60)))


def test_closed_early_it_closes_the_call_below_and_is_kept_as_that(log: SqlArchive) -> None:
    paid = Paid(b"ab", b"cd", b"ef")
    speech = MeteredVoice(paid, log, NO_CAPS, "r1").speak(SAID)
    assert next(speech) == b"ab"
    assert the_call(log).outcome is None
    assert log.spent("r1").usd == pytest.approx(spoken_usd(NAME, len(SAID)))
    speech.close()  # type: ignore[attr-defined]
    assert paid.closed == 1
    assert the_call(log).outcome is CallOutcome.CLOSED


@pytest.mark.parametrize("span", ["round", "month"])
def test_a_cap_stops_before_anything_is_sent(log: SqlArchive, span: str) -> None:
    price = heard_usd(NAME, 60) or 0.0
    caps = Caps.model_validate({f"{span}_usd": price * 1.5})
    paid = Paid("All", Heard(text="All"))
    list(MeteredVoice(paid, log, caps, "r1").transcribe(MINUTE))
    for _ in range(2):
        with pytest.raises(CapReachedError) as refused:
            list(MeteredVoice(paid, log, caps, "r1").transcribe(MINUTE))
    line = str(refused.value)
    assert "\n" not in line
    assert f" a {span} is reached" in line
    assert f"COACH_{span.upper()}_CAP" in line
    assert paid.sent == 1
    assert len(log.calls("r1")) == 1


def test_a_call_that_is_under_way_counts_with_its_most(log: SqlArchive) -> None:
    caps = Caps(round_usd=(heard_usd(NAME, 60) or 0.0) * 1.5)
    paid = Paid("All", Heard(text="All"))
    under_way = MeteredVoice(paid, log, caps, "r1").transcribe(MINUTE)
    next(under_way)
    with pytest.raises(CapReachedError):
        next(MeteredVoice(paid, log, caps, "r1").transcribe(MINUTE))
    assert paid.sent == 1


def test_what_models_have_cost_counts_towards_the_same_caps(log: SqlArchive) -> None:
    log.begin_call(call(usd=1.0, at=datetime.now(UTC)), "r1")
    for caps in (Caps(round_usd=1.0), Caps(month_usd=1.0)):
        with pytest.raises(CapReachedError):
            list(MeteredVoice(Paid(b"ab"), log, caps, "r1").speak(SAID))


def test_a_trial_counts_for_the_month_and_for_no_round(log: SqlArchive) -> None:
    list(MeteredVoice(Paid(b"ab"), log, Caps(round_usd=0.0), None).speak(SAID))
    assert log.calls("r1") == []
    assert log.spent().usd == pytest.approx(spoken_usd(NAME, len(SAID)))
    with pytest.raises(CapReachedError):
        list(MeteredVoice(Paid(b"ab"), log, Caps(month_usd=0.0), None).speak(SAID))


@pytest.mark.parametrize(("name", "usd"), [("canned:", 0.0), ("openai:a/b@https://gpu.example/v1", None)])
def test_what_is_free_and_what_nobody_knows_the_price_of_is_not_capped(
    log: SqlArchive, name: str, usd: float | None
) -> None:
    list(MeteredVoice(Paid(b"ab", name=name), log, Caps(round_usd=0.0, month_usd=0.0), "r1").speak(SAID))
    assert the_call(log).usd == usd


def test_no_word_that_was_said_is_in_the_log(log: SqlArchive, tmp_path: Path) -> None:
    paid = Paid("Shibboleth ", Heard(text="Shibboleth once more."))
    list(MeteredVoice(paid, log, NO_CAPS, "r1").transcribe(RECORDING, HINTS))
    list(MeteredVoice(Paid(b"ab"), log, NO_CAPS, "r1").speak(SAID))
    assert len(log.calls("r1")) == 2
    log.close()
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir()).lower()
    assert b"whisper-1" in kept
    assert not any(word in kept for word in (b"shibboleth", b"xylophone"))

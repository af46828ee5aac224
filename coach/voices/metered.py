"""A voice whose calls are counted, and which stops at the caps on cost."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from typing import TypeVar

from coach.domain.calls import Call, CallOutcome, Caps, Purpose, month_of
from coach.domain.speech import Heard, seconds_of
from coach.errors import CapReachedError, ModelError
from coach.ports import CallLog, Voice
from coach.voices.prices import heard_usd, spoken_usd

T = TypeVar("T")


class MeteredVoice:
    """Hears and speaks by `voice`. Every call is kept in the log, for a round where there is one."""

    def __init__(self, voice: Voice, log: CallLog, caps: Caps, round_id: str | None = None) -> None:
        self._voice = voice
        self._log = log
        self._caps = caps
        self._round_id = round_id

    @property
    def name(self) -> str:
        return self._voice.name

    def transcribe(self, sound: bytes, hints: str = "") -> Iterator[str | Heard]:
        """Raises ModelError, or CapReachedError before anything is sent."""
        usd = heard_usd(self.name, seconds_of(len(sound)))
        return self._counted(Purpose.HEAR, usd, lambda: self._voice.transcribe(sound, hints))

    def speak(self, text: str, speed: float = 1.0) -> Iterator[bytes]:
        """Raises ModelError, or CapReachedError before anything is sent."""
        return self._counted(
            Purpose.SPEAK, spoken_usd(self.name, len(text)), lambda: self._voice.speak(text, speed)
        )

    def _counted(self, purpose: Purpose, usd: float | None, make: Callable[[], Iterator[T]]) -> Iterator[T]:
        now = datetime.now(UTC)
        self._check(usd or 0.0, now)
        call = Call(purpose=purpose, model=self.name, prompt="", at=now, usd=usd)
        number = self._log.begin_call(call, self._round_id)
        began = time.monotonic()
        first: float | None = None
        outcome = CallOutcome.CLOSED
        pieces = make()
        try:
            for piece in pieces:
                first = first if first is not None else time.monotonic() - began
                yield piece
            outcome = CallOutcome.REPLIED
        except ModelError as error:
            outcome = CallOutcome.of(error)
            raise
        finally:
            if isinstance(pieces, Generator):
                pieces.close()
            spent = {"outcome": outcome, "seconds": time.monotonic() - began, "first_seconds": first}
            if outcome is CallOutcome.REFUSED:
                spent["usd"] = 0.0
            self._log.end_call(number, call.model_copy(update=spent))

    def _check(self, most: float, now: datetime) -> None:
        if not most:
            return
        self._hold(self._caps.month_usd, "month", self._log.spent(since=month_of(now)).usd + most)
        if self._round_id is not None:
            self._hold(self._caps.round_usd, "round", self._log.spent(self._round_id).usd + most)

    def _hold(self, cap: float | None, span: str, usd: float) -> None:
        if cap is not None and usd > cap:
            raise CapReachedError(
                f"The cap of ${cap:.2f} a {span} is reached: no more speech from {self.name}. Type, choose"
                f" the browser's speech, or raise COACH_{span.upper()}_CAP."
            )

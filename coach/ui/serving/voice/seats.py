"""Seats: what a browser tab may do over its line, prepared by the page and found again by its token."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol

from coach.domain.interview.agenda import Wish
from coach.errors import CoachError
from coach.ports import Voice
from coach.practice import Desk
from coach.ui.serving.voice.tokens import Tokens

MOST = 1_000
"""Seats that are remembered; the one not used for longest goes first."""


class Line(Protocol):
    """An open connection, as other threads may use it."""

    def wake(self, wish: Wish | None) -> None:
        """Have the interviewer say what is owed or wished for."""
        ...

    def take_failure(self) -> CoachError | None:
        """Why what they were last to say failed, once: from then on it is for the page to tell, and for a person to
        have it tried again."""
        ...


@dataclass
class Seat:
    """One tab at one round, or at a trial of microphone and voice, which keeps nothing."""

    id: str
    desk: Desk
    round_id: str | None
    """None for a trial."""
    voice: Voice | None
    """Hears and speaks; None where the browser does both."""
    line: Line | None = field(default=None, compare=False)


class Seats:
    """All seats of this process. Safe to share between threads."""

    def __init__(
        self, tokens: Tokens | None = None, name: Callable[[], str] = lambda: secrets.token_hex(16)
    ) -> None:
        self._tokens = tokens or Tokens()
        self._name = name
        self._seats: OrderedDict[str, Seat] = OrderedDict()
        self._lock = Lock()

    def take(self, known: str | None, desk: Desk, round_id: str | None, voice: Voice | None) -> Seat:
        """The seat `known` with what it may now use, or a new one where it is not known or is another round's."""
        with self._lock:
            seat = self._seats.get(known or "")
            if seat is None or seat.round_id != round_id:
                seat = Seat(self._name(), desk, round_id, voice)
                self._seats[seat.id] = seat
            seat.desk, seat.voice = desk, voice
            self._seats.move_to_end(seat.id)
            while len(self._seats) > MOST:
                self._seats.popitem(last=False)
            return seat

    def token(self, seat: Seat) -> str:
        return self._tokens.make(seat.id)

    def find(self, token: object) -> Seat | None:
        """The seat a token is for, where there is one."""
        id_ = self._tokens.seat(token)
        with self._lock:
            return self._seats.get(id_) if id_ else None

    def connect(self, seat: Seat, line: Line) -> list[Line]:
        """Let `line` speak for the seat. Lines of the same round that were open before: they must be closed."""
        with self._lock:
            same = [
                each
                for each in self._seats.values()
                if each is seat or (seat.round_id and each.round_id == seat.round_id)
            ]
            old = [each.line for each in same if each.line is not None and each.line is not line]
            for each in same:
                each.line = None
            seat.line = line
            return old

    def disconnect(self, seat: Seat, line: Line) -> None:
        with self._lock:
            if seat.line is line:
                seat.line = None

    def line(self, round_id: str) -> Line | None:
        """The open connection of a round, where somebody has one."""
        with self._lock:
            return next(
                (each.line for each in self._seats.values() if each.round_id == round_id and each.line), None
            )


SEATS = Seats()
"""Of this process: pages prepare them, and the route finds them."""

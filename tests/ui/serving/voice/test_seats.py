from __future__ import annotations

from itertools import count

import pytest

from coach.domain.interview.agenda import Wish
from coach.practice import Desk
from coach.ui.serving.voice.seats import MOST, Seats
from coach.ui.serving.voice.tokens import LASTS, Tokens
from coach.voices.canned import CannedVoice

DESK = Desk(library=None, archive=None, interviewers={}, judges={}, calls=None)  # type: ignore[arg-type]


class Woken:
    """An open connection that only notes what it is told."""

    def __init__(self) -> None:
        self.wishes: list[Wish | None] = []

    def wake(self, wish: Wish | None) -> None:
        self.wishes.append(wish)

    def take_failure(self) -> None:
        """Nothing fails."""


@pytest.fixture
def seats() -> Seats:
    numbers = count(1)
    return Seats(name=lambda: f"seat-{next(numbers)}")


def test_a_seat_is_found_by_its_token_and_by_no_other(seats: Seats) -> None:
    seat = seats.take(None, DESK, "r1", None)
    assert seats.find(seats.token(seat)) is seat
    assert seats.find(seat.id) is None
    assert seats.find(None) is None
    assert Seats().find(seats.token(seat)) is None


def test_a_seat_is_not_found_once_its_token_has_run_out() -> None:
    now = [0.0]
    seats = Seats(Tokens(clock=lambda: now[0]))
    token = seats.token(seats.take(None, DESK, "r1", None))
    assert seats.find(token) is not None
    now[0] = LASTS
    assert seats.find(token) is None


def test_a_tab_keeps_its_seat_with_what_it_uses_now(seats: Seats) -> None:
    seat = seats.take(None, DESK, "r1", None)
    voice = CannedVoice()
    assert seats.take(seat.id, DESK, "r1", voice) is seat
    assert seat.voice is voice


@pytest.mark.parametrize("round_id", ["r2", None])
def test_a_tab_that_opens_another_round_gets_another_seat_and_the_old_pass_stays_for_the_old_one(
    seats: Seats, round_id: str | None
) -> None:
    seat = seats.take(None, DESK, "r1", None)
    token = seats.token(seat)
    other = seats.take(seat.id, DESK, round_id, None)
    assert other.id != seat.id
    assert (seat.round_id, other.round_id) == ("r1", round_id)
    assert seats.find(token) is seat


def test_names_of_seats_cannot_be_guessed() -> None:
    names = {Seats().take(None, DESK, "r1", None).id for _ in range(50)}
    assert len(names) == 50
    assert {len(name) for name in names} == {32}


def test_a_seat_that_nobody_knows_any_more_is_made_anew(seats: Seats) -> None:
    assert seats.take("seat-of-yesterday", DESK, "r1", None).id == "seat-1"


def test_only_so_many_seats_are_remembered_and_those_in_use_last(seats: Seats) -> None:
    first, second = (seats.take(None, DESK, round_id, None) for round_id in ("r1", "r2"))
    for number in range(MOST - 2):
        seats.take(None, DESK, f"other-{number}", None)
    seats.take(first.id, DESK, "r1", None)
    seats.take(None, DESK, "one-too-many", None)
    assert seats.find(seats.token(first)) is first
    assert seats.find(seats.token(second)) is None


def test_a_round_has_one_line_and_the_one_before_is_to_be_closed(seats: Seats) -> None:
    one, two, other = (seats.take(None, DESK, round_id, None) for round_id in ("r1", "r1", "r2"))
    first, second, third = Woken(), Woken(), Woken()
    assert seats.connect(one, first) == []
    assert seats.connect(other, third) == []
    assert seats.connect(two, second) == [first]
    assert (seats.line("r1"), seats.line("r2"), seats.line("r3")) == (second, third, None)
    seats.disconnect(one, first)
    assert seats.line("r1") is second
    seats.disconnect(two, second)
    assert seats.line("r1") is None


def test_trials_do_not_close_each_other(seats: Seats) -> None:
    one, two = (seats.take(None, DESK, None, None) for _ in range(2))
    assert seats.connect(one, Woken()) == []
    assert seats.connect(two, Woken()) == []

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from threading import Event, current_thread
from typing import cast

import pytest

from coach.errors import ModelUnavailableError
from coach.ui.serving.voice.steps import on_thread, steps

LONG = 10.0
"""Seconds after which something hangs."""


class Pieces:
    """Numbers, on request; notes where it runs and whether it was closed."""

    def __init__(self, *pieces: int | Exception, holds: Event | None = None) -> None:
        self.pieces = pieces
        self.holds = holds
        self.given: list[int] = []
        self.threads: set[str] = set()
        self.closed = Event()

    def __call__(self) -> Iterator[int]:
        try:
            for piece in self.pieces:
                self.threads.add(current_thread().name)
                if isinstance(piece, Exception):
                    raise piece
                if self.holds and self.given:
                    self.holds.wait(LONG)
                self.given.append(piece)
                yield piece
        finally:
            self.closed.set()


def stepped(pieces: Pieces) -> AsyncGenerator[int, None]:
    return cast("AsyncGenerator[int, None]", steps(pieces))


def test_what_is_iterated_over_comes_in_its_order_from_another_thread() -> None:
    pieces = Pieces(1, 2, 3)

    async def all_of_it() -> list[int]:
        return [piece async for piece in stepped(pieces)]

    assert asyncio.run(all_of_it()) == [1, 2, 3]
    assert pieces.closed.is_set()
    assert all(name.startswith("voice") for name in pieces.threads)


def test_nobody_waits_for_a_step() -> None:
    pieces = Pieces(1, 2, holds=Event())

    async def others_meanwhile() -> list[int]:
        given = stepped(pieces)
        first = await anext(given)
        second = asyncio.create_task(anext(given))
        await asyncio.sleep(0.05)
        assert not second.done()
        assert pieces.holds is not None
        pieces.holds.set()
        return [first, await second]

    assert asyncio.run(others_meanwhile()) == [1, 2]


def test_ended_early_the_iterator_is_closed_and_steps_no_further() -> None:
    pieces = Pieces(1, 2, 3)

    async def the_first_only() -> None:
        async with aclosing(stepped(pieces)) as given:
            async for _ in given:
                break

    asyncio.run(the_first_only())
    assert pieces.closed.is_set()
    assert pieces.given == [1]


def test_cancelled_in_the_middle_of_a_step_the_iterator_is_closed_after_it() -> None:
    holds = Event()
    pieces = Pieces(1, 2, 3, holds=holds)

    async def cancelled() -> None:
        async def follow() -> None:
            async for _ in stepped(pieces):
                pass

        following = asyncio.create_task(follow())
        while not pieces.given:
            await asyncio.sleep(0)
        await asyncio.sleep(0.05)
        following.cancel()
        with pytest.raises(asyncio.CancelledError):
            await following
        assert not pieces.closed.is_set()

    asyncio.run(cancelled())
    holds.set()
    assert pieces.closed.wait(LONG)
    assert pieces.given == [1, 2]


def test_an_error_passes_through_after_what_came_before_it() -> None:
    pieces = Pieces(1, ModelUnavailableError("busy", 3.0))

    async def until_it_breaks() -> None:
        async for _ in stepped(pieces):
            pass

    with pytest.raises(ModelUnavailableError, match="busy") as raised:
        asyncio.run(until_it_breaks())
    assert raised.value.retry_after == 3.0
    assert pieces.given == [1]
    assert pieces.closed.is_set()


def test_what_cannot_even_begin_says_so() -> None:
    def broken() -> Iterator[int]:
        raise ModelUnavailableError("busy")

    async def begin() -> None:
        async for _ in steps(broken):
            pytest.fail("Something came.")

    with pytest.raises(ModelUnavailableError):
        asyncio.run(begin())


def test_on_a_thread_is_what_it_returns_or_raises() -> None:
    assert asyncio.run(on_thread(divmod, 7, 2)) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        asyncio.run(on_thread(divmod, 7, 0))

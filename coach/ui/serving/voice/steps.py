"""Blocking iterators, a step at a time on threads of their own, so that nobody else waits for them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")

THREADS = ThreadPoolExecutor(max_workers=64, thread_name_prefix="voice")
"""Each waits for a recogniser, a voice, a model or the disk."""


async def on_thread(do: Callable[..., T], *arguments: Any, **named: Any) -> T:
    """What `do` returns or raises."""
    return await asyncio.get_running_loop().run_in_executor(THREADS, partial(do, *arguments, **named))


async def steps(make: Callable[[], Iterator[T]]) -> AsyncIterator[T]:
    """What `make` iterates over. Ended early, the iterator is closed as soon as its step is done."""
    end = object()
    iterator: Any = None

    def step() -> Any:
        nonlocal iterator
        if iterator is None:
            iterator = make()
        return next(iterator, end)

    running: Future[Any] | None = None
    try:
        while True:
            running = THREADS.submit(step)
            piece = await asyncio.wrap_future(running)
            if piece is end:
                return
            yield piece
    finally:
        if running is not None and not running.done():
            running.add_done_callback(lambda _: _close(iterator))
        else:
            await on_thread(_close, iterator)


def _close(iterator: Any) -> None:
    if close := getattr(iterator, "close", None):
        close()

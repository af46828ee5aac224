"""Inquiries held side by side: the first request warms the shared beginning, the others go out together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from threading import Event

from coach.domain.grade import Findings
from coach.engines.llm.inquiry import Answer, Ask, Inquiry
from coach.errors import CoachError

Asking = Callable[[Ask, Callable[[], None]], Answer | None]
"""Asks, and calls back each time a piece of the reply has come; an exception from there ends the request."""


class Together:
    """A number of inquiries on at most `workers` threads."""

    def __init__(self, ask: Asking, workers: int) -> None:
        self._ask = ask
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="judge")
        self._begun = Event()
        self._stopped = Event()

    def hold(self, inquiries: Mapping[str, Inquiry], meanwhile: Callable[[], object]) -> Iterator[Findings]:
        """Findings as they become final. An inquiry whose request fails ends; the first such CoachError is raised
        after the others have ended. Closing the iterator ends the requests under way. `meanwhile` is done while the
        first reply is awaited."""
        under_way: dict[str, list[Future[Answer | None]]] = {}
        failed: list[CoachError] = []
        try:
            for name, inquiry in inquiries.items():
                asked = self._go_on(inquiry, None)
                if isinstance(asked, Findings):
                    yield asked
                    continue
                under_way[name] = asked
                if len(under_way) == 1:
                    asked[0].add_done_callback(lambda _: self._begun.set())
                    meanwhile()
                    if len(inquiries) > 1:
                        self._begun.wait()
            while under_way:
                wait([each for futures in under_way.values() for each in futures], return_when=FIRST_COMPLETED)
                for name in [name for name, futures in under_way.items() if all(each.done() for each in futures)]:
                    try:
                        asked = self._go_on(inquiries[name], tuple(each.result() for each in under_way.pop(name)))
                    except CoachError as error:
                        failed.append(error)
                        continue
                    if isinstance(asked, Findings):
                        yield asked
                    else:
                        under_way[name] = asked
        finally:
            self._stopped.set()
            self._pool.shutdown(wait=False, cancel_futures=True)
        if failed:
            raise failed[0]

    def _go_on(
        self, inquiry: Inquiry, answers: tuple[Answer | None, ...] | None
    ) -> list[Future[Answer | None]] | Findings:
        """The next requests of an inquiry, sent, or what it found."""
        try:
            asks = next(inquiry) if answers is None else inquiry.send(answers)
        except StopIteration as end:
            findings: Findings = end.value
            return findings
        return [self._pool.submit(self._ask, ask, self._heard) for ask in asks]

    def _heard(self) -> None:
        """A piece has come: the beginning is known to the provider now."""
        if self._stopped.is_set():
            raise CancelledError
        self._begun.set()

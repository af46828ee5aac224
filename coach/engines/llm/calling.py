"""One way to call a model: patience, fallbacks, caps and the call log.

Models never try again by themselves; here one policy does. A reply that was cut off is thrown away and asked for
again, unless somebody has already read part of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock
from types import TracebackType

from tenacity import AttemptManager, RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from coach.domain.calls import Call, CallOutcome, Caps, Purpose, Request, Usage, month_of
from coach.errors import CapReachedError, ModelError, ModelRefusedError, ModelReplyError, ModelUnavailableError
from coach.ports import CallLog, ChatModel

CHARACTERS_A_TOKEN = 4
"""Of English text; only for estimates made before a call."""


@dataclass(frozen=True)
class Patience:
    """How long a model is waited for."""

    tries: int = 3
    """Requests for one reply, at most; a whole reply that is unusable is asked for again once."""
    first_wait: float = 0.4
    """Seconds before the second request; doubled before the third."""
    longest_wait: float = 10.0
    """Seconds; a provider that asks for more is not waited for."""
    silence: float = 60.0
    """Seconds for the next piece of a reply, at most."""
    deadline: float = 120.0
    """Seconds from the first request to the end of the reply."""


@dataclass
class Errand:
    """One reply that is wanted. Set `shown` once a person has seen part of it: then it is not asked for again."""

    request: Request
    purpose: Purpose
    prompt: str
    """Version of the prompt files it was rendered from."""
    round_id: str | None = None
    shown: bool = field(default=False, init=False)


class Caller:
    """Calls the first of `models`, and the next ones where it fails. Safe to share between threads."""

    def __init__(
        self,
        models: Sequence[ChatModel],
        log: CallLog,
        price: Callable[[str, Usage], float | None],
        caps: Caps | None = None,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._models = tuple(models)
        self._log = log
        self._price = price
        self._caps = caps or Caps()
        self._patience = patience or Patience()
        self._sleep = sleep
        self._counting = Lock()

    @property
    def models(self) -> tuple[str, ...]:
        """`provider:model`, the first choice first."""
        return tuple(model.name for model in self._models)

    @property
    def log(self) -> CallLog:
        return self._log

    def whole(self, errand: Errand) -> str:
        """The whole reply. Raises ModelError or CapReachedError."""
        reply = ""
        for attempt in self.attempts(errand):
            with attempt as pieces:
                reply = "".join(pieces)
        return reply

    def attempts(self, errand: Errand) -> Iterator[Attempt]:
        """Requests, each a context of the reply's pieces, until one succeeds: `for attempt in …: with attempt as
        pieces: …`. A ModelError inside the context is handled here: the next attempt follows, or it is raised."""
        for place, model in enumerate(self._models):
            entry = self._entered(model, errand)
            try:
                for manager in self._retrying(errand):
                    yield Attempt(manager, model, errand, entry, self._patience)
            except (ModelUnavailableError, ModelRefusedError):
                if errand.shown or place == len(self._models) - 1:
                    raise
            else:
                return
            finally:
                entry.close()

    def _retrying(self, errand: Errand) -> Retrying:
        def is_worth_another(error: BaseException) -> bool:
            if errand.shown or not isinstance(error, ModelError):
                return False
            if isinstance(error, ModelUnavailableError):
                return (error.retry_after or 0.0) <= self._patience.longest_wait
            return isinstance(error, ModelReplyError)

        def is_enough(state: RetryCallState) -> bool:
            error = state.outcome.exception() if state.outcome else None
            if isinstance(error, ModelReplyError):
                return state.attempt_number >= min(2, self._patience.tries)
            elapsed = state.seconds_since_start or 0.0
            return stop_after_attempt(self._patience.tries)(state) or elapsed > self._patience.deadline

        return Retrying(
            retry=retry_if_exception(is_worth_another),
            stop=is_enough,
            wait=self._wait,
            sleep=self._sleep,
            reraise=True,
        )

    def _wait(self, state: RetryCallState) -> float:
        """What the provider asks for, else the back-off; nothing before an unusable reply is asked for again."""
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, ModelReplyError):
            return 0.0
        if isinstance(error, ModelUnavailableError) and error.retry_after is not None:
            return error.retry_after
        back_off: float = self._patience.first_wait * 2 ** (state.attempt_number - 1)
        return min(self._patience.longest_wait, back_off)

    def _entered(self, model: ChatModel, errand: Errand) -> _Entry:
        """The call in the log, with the most it can cost, so that calls made at the same time see it. Raises
        CapReachedError."""
        size = sum(len(message.text) for message in errand.request.messages) // CHARACTERS_A_TOKEN
        most = self._price(model.name, Usage(input_tokens=size, output_tokens=errand.request.max_tokens))
        now = datetime.now(UTC)
        call = Call(purpose=errand.purpose, model=model.name, prompt=errand.prompt, at=now, usd=most)
        with self._counting:
            self._check(self._caps.month_usd, "month", self._log.spent(since=month_of(now)).usd, most or 0.0)
            if errand.round_id is not None:
                self._check(self._caps.round_usd, "round", self._log.spent(errand.round_id).usd, most or 0.0)
            return _Entry(self._log, errand.round_id, call, self._price)

    def _check(self, cap: float | None, name: str, spent: float, most: float) -> None:
        if cap is not None and spent + most > cap:
            raise CapReachedError(
                f"The cap of ${cap:.2f} a {name} is reached: ${spent:.2f} is spent and the next call may cost"
                f" ${most:.2f}. Go on offline, or raise COACH_{name.upper()}_CAP."
            )


class Attempt:
    """One request. Its context gives the pieces of the reply."""

    def __init__(
        self, manager: AttemptManager, model: ChatModel, errand: Errand, entry: _Entry, patience: Patience
    ) -> None:
        self._manager = manager
        self._model = model
        self._errand = errand
        self._entry = entry
        self._patience = patience
        self._pieces: Generator[str, None, None] | None = None

    def __enter__(self) -> Iterator[str]:
        self._manager.__enter__()
        self._entry.send()
        self._pieces = self._stream()
        return self._pieces

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        if self._pieces is not None:
            self._pieces.close()
        self._entry.end(error)
        if error is not None and not isinstance(error, ModelError):
            return False
        return bool(self._manager.__exit__(kind, error, traceback))

    def _stream(self) -> Generator[str, None, None]:
        began = time.monotonic()
        request, deadline = self._errand.request, self._patience.deadline
        if request.timeout > self._patience.silence:
            request = request.model_copy(update={"timeout": self._patience.silence})
        stream = self._model.stream(request)
        try:
            for piece in stream:
                if isinstance(piece, Usage):
                    self._entry.usage = piece
                    continue
                if time.monotonic() - began > deadline:
                    raise ModelUnavailableError(
                        f"{self._model.name} took longer than {deadline:.0f} s: try again, or another model."
                    )
                self._entry.hear()
                yield piece
        finally:
            if isinstance(stream, Generator):
                stream.close()


class _Entry:
    """One call in the log: kept when it is first sent, completed when it has ended."""

    def __init__(
        self, log: CallLog, round_id: str | None, call: Call, price: Callable[[str, Usage], float | None]
    ) -> None:
        self._log = log
        self._call = call
        self._price = price
        self._number = log.begin_call(call, round_id)
        self._sent = 0
        self._began = time.monotonic()
        self._first = 0.0
        self._outcome: CallOutcome | None = None
        self._used: list[Usage] = []
        self.usage: Usage | None = None

    def send(self) -> None:
        """A request goes out."""
        self._sent += 1
        self._first = 0.0
        self.usage = None

    def hear(self) -> None:
        """A piece has come."""
        self._first = self._first or time.monotonic()

    def end(self, error: BaseException | None) -> None:
        """A request has ended, well or with `error`."""
        if isinstance(error, ModelError):
            self._outcome = CallOutcome.of(error)
        else:
            self._outcome = CallOutcome.CLOSED if self.usage is None else CallOutcome.REPLIED
        if self.usage is not None:
            self._used.append(self.usage)

    def close(self) -> None:
        """Nothing more is sent."""
        used = _sum(self._used)
        update = {
            "attempts": max(1, self._sent),
            "outcome": self._outcome or CallOutcome.CLOSED,
            "usage": used,
            "seconds": time.monotonic() - self._began,
            "first_seconds": self._first - self._began if self._first else None,
        }
        if used is not None:
            update["usd"] = self._price(self._call.model, used)
        elif self._outcome in {CallOutcome.REFUSED, None}:
            update["usd"] = 0.0
        self._log.end_call(self._number, self._call.model_copy(update=update))


def _sum(used: Sequence[Usage]) -> Usage | None:
    """Tokens of all attempts whose provider counted them."""
    if not used:
        return None
    names = Usage.model_fields
    return Usage.model_validate({name: sum(getattr(each, name) for each in used) for name in names})

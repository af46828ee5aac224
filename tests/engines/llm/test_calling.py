"""Calling models: patience, fallbacks, caps and the ledger."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach.archive.archive import SqlArchive
from coach.domain.calls import Call, CallOutcome, Caps, Message, Purpose, Request, Usage
from coach.engines.llm.calling import Caller, Errand, Patience
from coach.errors import CapReachedError, ModelError, ModelRefusedError, ModelReplyError, ModelUnavailableError
from coach.ports import ChatModel
from tests.archive.builders import begun_round, call
from tests.engines.llm.models import ScriptedModel

BUSY = ModelUnavailableError("busy: try again later")
REFUSED = ModelRefusedError("no such model: name another")
UNUSABLE = ModelReplyError("no JSON: ask again")
REQUEST = Request(messages=(Message(role="user", text="word" * 100),), max_tokens=50)
MOST = (100 + 8 * 50) / 1024
"""Dollars `REQUEST` can cost: 100 tokens of input, 50 of output."""
COST = (100 + 8 * 10) / 1024
"""Dollars of a whole reply of a `ScriptedModel`."""


def price(model: str, usage: Usage) -> float | None:
    """Dollars that add up without rounding; nobody knows what a model of one's own costs."""
    return None if model.startswith("own:") else (usage.input_tokens + 8 * usage.output_tokens) / 1024


@pytest.fixture
def log(tmp_path: Path) -> Iterator[SqlArchive]:
    with closing(SqlArchive.open(f"sqlite:///{tmp_path}/coach.db")) as archive:
        archive.add_round(begun_round("r1"))
        archive.add_round(begun_round("r2"))
        yield archive


@pytest.fixture
def naps() -> list[float]:
    """Seconds slept between requests."""
    return []


def _errand(round_id: str | None = "r1") -> Errand:
    return Errand(REQUEST, Purpose.JUDGE, "0123456789ab", round_id)


def _caller(
    log: SqlArchive,
    naps: list[float],
    *models: ChatModel,
    caps: Caps | None = None,
    patience: Patience | None = None,
) -> Caller:
    return Caller(models, log, price, caps, patience, sleep=naps.append)


def _heard(caller: Caller, errand: Errand, shows: bool = False) -> Generator[str, None, None]:
    """The pieces as somebody reads them, those of replies that failed included."""
    for attempt in caller.attempts(errand):
        with attempt as pieces:
            for piece in pieces:
                errand.shown = shows
                yield piece


def test_a_whole_reply_is_kept_with_what_it_used(log: SqlArchive, naps: list[float]) -> None:
    began = datetime.now(UTC)
    caller = _caller(log, naps, ScriptedModel("a golden set"))
    assert caller.whole(_errand()) == "a golden set"
    (kept,) = log.calls("r1")
    assert began <= kept.at <= datetime.now(UTC)
    assert kept.first_seconds is not None
    assert kept.seconds is not None
    assert 0 <= kept.first_seconds <= kept.seconds
    assert kept == Call(
        purpose=Purpose.JUDGE,
        model="test:model",
        prompt="0123456789ab",
        at=kept.at,
        attempts=1,
        outcome=CallOutcome.REPLIED,
        usage=Usage(input_tokens=100, cached_tokens=60, output_tokens=10),
        usd=COST,
        first_seconds=kept.first_seconds,
        seconds=kept.seconds,
    )
    assert naps == []


def test_models_are_named_with_the_first_choice_first(log: SqlArchive, naps: list[float]) -> None:
    caller = _caller(log, naps, ScriptedModel("one", name="a:one"), ScriptedModel("two", name="b:two"))
    assert caller.models == ("a:one", "b:two")
    assert caller.log is log


def test_a_busy_model_is_asked_again_after_a_growing_wait(log: SqlArchive, naps: list[float]) -> None:
    model = ScriptedModel([BUSY], [BUSY], "here it is")
    assert _caller(log, naps, model).whole(_errand()) == "here it is"
    assert naps == [0.4, 0.8]
    assert [(kept.attempts, kept.outcome) for kept in log.calls("r1")] == [(3, CallOutcome.REPLIED)]


def test_a_model_that_stays_busy_is_given_up_after_three_requests(log: SqlArchive, naps: list[float]) -> None:
    model = ScriptedModel([BUSY])
    with pytest.raises(ModelUnavailableError, match="busy"):
        _caller(log, naps, model).whole(_errand())
    assert len(model.requests) == 3
    (kept,) = log.calls("r1")
    assert (kept.attempts, kept.outcome, kept.usage) == (3, CallOutcome.UNAVAILABLE, None)
    assert kept.usd == MOST


@pytest.mark.parametrize("seconds", [0.0, 3.0, 10.0])
def test_a_provider_that_asks_to_wait_is_waited_for(log: SqlArchive, naps: list[float], seconds: float) -> None:
    model = ScriptedModel([ModelUnavailableError("busy", retry_after=seconds)], "here it is")
    assert _caller(log, naps, model).whole(_errand()) == "here it is"
    assert naps == [seconds]


def test_a_provider_that_asks_to_wait_for_long_is_given_up(log: SqlArchive, naps: list[float]) -> None:
    model = ScriptedModel([ModelUnavailableError("busy", retry_after=10.5)], "never asked for")
    with pytest.raises(ModelUnavailableError):
        _caller(log, naps, model).whole(_errand())
    assert (len(model.requests), naps) == (1, [])


def test_the_words_of_a_reply_that_was_cut_off_are_thrown_away(log: SqlArchive, naps: list[float]) -> None:
    model = ScriptedModel(["a gold", BUSY], "a golden set")
    assert _caller(log, naps, model).whole(_errand()) == "a golden set"


@pytest.mark.parametrize("error", [BUSY, UNUSABLE])
def test_what_somebody_has_read_is_not_asked_for_again(
    log: SqlArchive, naps: list[float], error: ModelError
) -> None:
    model, other = ScriptedModel(["a gold", error]), ScriptedModel("a golden set", name="b:other")
    with pytest.raises(type(error)):
        list(_heard(_caller(log, naps, model, other), _errand(), shows=True))
    assert (len(model.requests), len(other.requests), naps) == (1, 0, [])


def test_an_unusable_reply_is_asked_for_once_more_and_at_once(log: SqlArchive, naps: list[float]) -> None:
    model = ScriptedModel(["{", UNUSABLE], "{}")
    assert _caller(log, naps, model).whole(_errand()) == "{}"
    assert naps == [0.0]
    assert [(kept.attempts, kept.outcome) for kept in log.calls("r1")] == [(2, CallOutcome.REPLIED)]


def test_a_reply_that_stays_unusable_is_given_up(log: SqlArchive, naps: list[float]) -> None:
    model = ScriptedModel(["{", UNUSABLE])
    with pytest.raises(ModelReplyError):
        _caller(log, naps, model).whole(_errand())
    assert [(kept.attempts, kept.outcome) for kept in log.calls("r1")] == [(2, CallOutcome.UNUSABLE)]


def test_a_reader_who_finds_a_reply_unusable_has_it_asked_for_again(log: SqlArchive, naps: list[float]) -> None:
    model, read = ScriptedModel("no verdict", "met"), []
    for attempt in _caller(log, naps, model).attempts(_errand()):
        with attempt as pieces:
            read.append("".join(pieces))
            if read[-1] != "met":
                raise UNUSABLE
    assert read == ["no verdict", "met"]
    assert [(kept.attempts, kept.outcome) for kept in log.calls("r1")] == [(2, CallOutcome.REPLIED)]


@pytest.mark.parametrize(
    ("error", "outcome", "attempts", "usd"),
    [(REFUSED, CallOutcome.REFUSED, 1, 0.0), (BUSY, CallOutcome.UNAVAILABLE, 3, MOST)],
)
def test_where_one_model_fails_the_next_is_called_and_both_calls_are_kept(
    log: SqlArchive, naps: list[float], error: ModelError, outcome: CallOutcome, attempts: int, usd: float
) -> None:
    models = ScriptedModel([error], name="a:first"), ScriptedModel("here it is", name="b:second")
    assert _caller(log, naps, *models).whole(_errand()) == "here it is"
    first, second = log.calls("r1")
    assert (first.model, first.outcome, first.attempts, first.usd) == (
        "a:first",
        outcome,
        attempts,
        usd,
    )
    assert (second.model, second.outcome, second.attempts) == ("b:second", CallOutcome.REPLIED, 1)


def test_the_last_models_error_is_the_one_that_is_told(log: SqlArchive, naps: list[float]) -> None:
    models = ScriptedModel([BUSY], name="a:first"), ScriptedModel([REFUSED], name="b:second")
    with pytest.raises(ModelRefusedError, match="no such model"):
        _caller(log, naps, *models).whole(_errand())


def test_a_model_that_is_not_needed_is_not_called(log: SqlArchive, naps: list[float]) -> None:
    models = ScriptedModel("here it is", name="a:first"), ScriptedModel("or here", name="b:second")
    assert _caller(log, naps, *models).whole(_errand()) == "here it is"
    assert models[1].requests == []
    assert len(log.calls("r1")) == 1


@pytest.mark.parametrize("caps", [Caps(month_usd=5.0), Caps(round_usd=5.0)])
def test_a_call_that_might_pass_a_cap_is_never_sent(log: SqlArchive, naps: list[float], caps: Caps) -> None:
    log.begin_call(call(usd=5.0 - MOST + 0.01, at=datetime.now(UTC)), "r1")
    model = ScriptedModel("too dear")
    name = "month" if caps.month_usd else "round"
    with pytest.raises(CapReachedError, match=rf"^The cap of \$5\.00 a {name} .*raise COACH_{name.upper()}_CAP\.$"):
        _caller(log, naps, model, caps=caps).whole(_errand())
    assert model.requests == []
    assert len(log.calls("r1")) == 1


def test_a_call_that_cannot_pass_a_cap_is_sent(log: SqlArchive, naps: list[float]) -> None:
    log.begin_call(call(usd=5.0 - MOST - 0.01, at=datetime.now(UTC)), "r1")
    caps = Caps(month_usd=5.0, round_usd=5.0)
    assert _caller(log, naps, ScriptedModel("just right"), caps=caps).whole(_errand()) == "just right"


def test_a_round_is_capped_by_itself_and_a_month_by_all_of_its_calls(log: SqlArchive, naps: list[float]) -> None:
    log.begin_call(call(usd=5.0, at=datetime.now(UTC)), "r2")
    log.begin_call(call(usd=50.0, at=datetime.now(UTC) - timedelta(days=32)), "r2")
    model = ScriptedModel("fine")
    assert _caller(log, naps, model, caps=Caps(round_usd=5.0)).whole(_errand("r1")) == "fine"
    assert _caller(log, naps, model, caps=Caps(month_usd=6.0)).whole(_errand("r1")) == "fine"
    with pytest.raises(CapReachedError):
        _caller(log, naps, model, caps=Caps(month_usd=5.0)).whole(_errand("r1"))
    with pytest.raises(CapReachedError):
        _caller(log, naps, model, caps=Caps(month_usd=5.0)).whole(_errand(None))


def test_a_fallback_is_held_to_the_caps_too(log: SqlArchive, naps: list[float]) -> None:
    models = ScriptedModel([BUSY], name="a:first"), ScriptedModel("too dear", name="b:second")
    with pytest.raises(CapReachedError):
        _caller(log, naps, *models, caps=Caps(round_usd=MOST + 0.1)).whole(_errand())
    assert models[1].requests == []
    assert [kept.model for kept in log.calls("r1")] == ["a:first"]


def test_a_model_whose_price_nobody_knows_is_counted_and_not_capped(log: SqlArchive, naps: list[float]) -> None:
    model = ScriptedModel("fine", name="own:model")
    assert _caller(log, naps, model, caps=Caps(round_usd=0.0, month_usd=0.0)).whole(_errand()) == "fine"
    spending = log.spent("r1")
    assert (spending.usd, spending.unpriced, spending.input_tokens) == (0.0, 1, 100)


def test_a_reply_that_takes_too_long_is_given_up_and_not_asked_for_again(
    log: SqlArchive, naps: list[float]
) -> None:
    model = ScriptedModel("on and on and on")
    with pytest.raises(ModelUnavailableError, match="took longer than 0 s: try again, or another model"):
        _caller(log, naps, model, patience=Patience(deadline=1e-9)).whole(_errand())
    assert (len(model.requests), model.closed) == (1, 1)
    assert [kept.outcome for kept in log.calls("r1")] == [CallOutcome.UNAVAILABLE]


def test_a_reader_who_has_heard_enough_closes_the_call(log: SqlArchive, naps: list[float]) -> None:
    model = ScriptedModel("How would you measure that? And then")
    for attempt in _caller(log, naps, model).attempts(_errand()):
        with attempt as pieces:
            assert next(pieces) == "How"
    assert (len(model.requests), model.closed) == (1, 1)
    (kept,) = log.calls("r1")
    assert (kept.outcome, kept.usage, kept.usd) == (CallOutcome.CLOSED, None, MOST)


def test_a_reader_who_goes_away_cancels_the_request(log: SqlArchive, naps: list[float]) -> None:
    model = ScriptedModel("How would you measure that?")
    reading = _heard(_caller(log, naps, model), _errand())
    assert next(reading) == "How"
    reading.close()
    assert (len(model.requests), model.closed) == (1, 1)
    assert [kept.outcome for kept in log.calls("r1")] == [CallOutcome.CLOSED]


def test_a_fault_of_the_reader_passes_and_asks_nothing_again(log: SqlArchive, naps: list[float]) -> None:
    model = ScriptedModel("How would you measure that?")

    def read() -> None:
        for attempt in _caller(log, naps, model).attempts(_errand()):
            with attempt as pieces:
                float(next(pieces))

    with pytest.raises(ValueError, match="How"):
        read()
    assert (len(model.requests), naps) == (1, [])
    assert [kept.outcome for kept in log.calls("r1")] == [CallOutcome.CLOSED]


def test_what_a_crash_would_leave_behind_is_a_call_without_an_outcome(
    log: SqlArchive, naps: list[float], tmp_path: Path
) -> None:
    reading = _heard(_caller(log, naps, ScriptedModel("How would you measure that?")), _errand())
    next(reading)
    with closing(SqlArchive.open(f"sqlite:///{tmp_path}/coach.db")) as after:
        (kept,) = after.calls("r1")
        assert (kept.outcome, kept.seconds, kept.usd) == (None, None, MOST)
        assert after.spent("r1").usd == MOST
    assert "".join(reading) == " would you measure that?"


def test_one_caller_serves_many_threads(log: SqlArchive, naps: list[float]) -> None:
    caller = _caller(log, naps, ScriptedModel("here it is"))
    with ThreadPoolExecutor(max_workers=8) as pool:
        replies = list(pool.map(lambda _: caller.whole(_errand()), range(24)))
    assert replies == ["here it is"] * 24
    assert log.spent("r1").calls == 24
    assert log.spent("r1").usd == 24 * COST

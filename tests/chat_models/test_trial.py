"""Trying a model."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from coach.chat_models.canned import CannedModel
from coach.chat_models.trial import trial
from coach.domain.calls import CallOutcome, Purpose, Request, Usage
from coach.errors import ModelError, ModelRefusedError, ModelReplyError, ModelUnavailableError
from tests.engines.llm.models import ListedCalls


class _Model:
    """Says these pieces, then fails where it is told to."""

    def __init__(self, *pieces: str | Usage, error: ModelError | None = None) -> None:
        self._pieces = pieces
        self._error = error
        self.name = "openai:gpt-4.1"
        self.requests: list[Request] = []

    def stream(self, request: Request) -> Iterator[str | Usage]:
        self.requests.append(request)
        yield from self._pieces
        if self._error:
            raise self._error


def test_a_model_that_answers_works_and_is_asked_for_little() -> None:
    model = _Model("O", "K.", Usage(input_tokens=10, output_tokens=2))
    line = trial(model)
    assert line.startswith("openai:gpt-4.1 works, in ")
    assert "\n" not in line
    (request,) = model.requests
    assert request.max_tokens <= 500
    assert request.form is None
    assert [message.text for message in request.messages] == ["Say OK."]


def test_written_replies_can_be_tried_too() -> None:
    assert trial(CannedModel(["OK."], name="canned:mine")).startswith("canned:mine works, in ")


def test_a_model_that_says_nothing_does_not_work() -> None:
    with pytest.raises(ModelReplyError, match="says nothing: try another model"):
        trial(_Model(" ", Usage()))


def test_a_trial_is_kept_with_what_it_cost() -> None:
    log, used = ListedCalls(), Usage(input_tokens=1_000, output_tokens=1_000)
    trial(_Model("OK.", used), log)
    (kept,) = log.entries
    assert (kept.purpose, kept.model, kept.outcome) == (Purpose.TRIAL, "openai:gpt-4.1", CallOutcome.REPLIED)
    assert (kept.usage, kept.usd) == (used, 0.01)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (ModelRefusedError("the key is not accepted"), CallOutcome.REFUSED),
        (ModelUnavailableError("busy"), CallOutcome.UNAVAILABLE),
    ],
)
def test_what_is_wrong_is_told_and_kept(error: ModelError, outcome: CallOutcome) -> None:
    log = ListedCalls()
    with pytest.raises(type(error), match=str(error)):
        trial(_Model(error=error), log)
    assert [kept.outcome for kept in log.entries] == [outcome]

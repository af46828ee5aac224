"""Every way to reach a model, before one double of their servers."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import NamedTuple

import pytest

from coach.chat_models import connect
from coach.ports import ChatModel
from tests.chat_models.asking import KEY
from tests.doubles.models import Double, serving


class Way(NamedTuple):
    """A provider and the variables that lead its SDK to the double."""

    spec: str
    variables: tuple[tuple[str, str], ...] = ()


WAYS = {
    "openai-responses": Way("openai:gpt-test", (("OPENAI_BASE_URL", "{url}/v1"),)),
    "openai-chat": Way("openai:qwen-test@{url}/v1"),
    "anthropic": Way("anthropic:claude-test", (("ANTHROPIC_BASE_URL", "{url}"),)),
}
HAS_LITELLM = find_spec("litellm") is not None
if HAS_LITELLM:
    WAYS["litellm-openai"] = Way("litellm:openai/qwen-test@{url}/v1")
    WAYS["litellm-anthropic"] = Way("litellm:anthropic/claude-sonnet-4-5@{url}")
KEYS = dict.fromkeys(
    (
        "OPENAI_API_KEY",
        "ANTHROPIC_API_KEY",
        "OPENAI_COMPATIBLE_API_KEY",
        "ANTHROPIC_COMPATIBLE_API_KEY",
        "LITELLM_COMPATIBLE_API_KEY",
    ),
    KEY,
)


@pytest.fixture(scope="session")
def server() -> Iterator[Double]:
    with serving() as double:
        yield double


@pytest.fixture
def double(server: Double) -> Iterator[Double]:
    """The server, which has forgotten all other tests."""
    server.forget()
    yield server
    server.forget()


@pytest.fixture(scope="session")
def connected(server: Double) -> dict[str, ChatModel]:
    """Models by the way they are reached; making a client takes longer than most tests."""
    models = {}
    for name, way in WAYS.items():
        with pytest.MonkeyPatch.context() as environment:
            for variable, value in way.variables:
                environment.setenv(variable, value.format(url=server.url))
            models[name] = connect(way.spec.format(url=server.url), KEYS)
    return models


@pytest.fixture(params=WAYS)
def model(request: pytest.FixtureRequest, double: Double, connected: dict[str, ChatModel]) -> ChatModel:
    """A model, reached in each way there is."""
    return connected[request.param]

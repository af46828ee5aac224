"""From a model's spec to a model, without sending anything."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from coach.chat_models import Provider, connect, key_name, provider, providers
from coach.errors import CoachError, ModelRefusedError, NotFoundError, SetupError
from tests.chat_models.asking import KEY, hear
from tests.doubles.models import Double

KEYS = {"OPENAI_API_KEY": KEY, "ANTHROPIC_API_KEY": KEY}
SDKS = {"openai", "anthropic", "litellm", "httpx", "httpx2"}


def refused(spec: str, keys: dict[str, str] | None = None) -> CoachError:
    with pytest.raises(CoachError) as raised:
        connect(spec, KEYS if keys is None else keys)
    assert "\n" not in str(raised.value)
    return raised.value


@pytest.mark.parametrize(
    "spec",
    [
        "openai:gpt-test",
        "anthropic:claude-test",
        "openai:qwen3:8b@http://localhost:11434/v1",
        "anthropic:claude@20250101@https://gateway.example/path",
        "canned:",
    ],
)
def test_a_model_is_named_by_its_spec(spec: str) -> None:
    assert connect(spec, KEYS).name == spec


@pytest.mark.parametrize("name", ["openai", "anthropic"])
def test_a_provider_without_a_model_means_its_usual_one(name: str) -> None:
    assert connect(f"{name}:", KEYS).name == f"{name}:{provider(name).DEFAULT_MODEL}"


def test_every_provider_is_a_file_and_nothing_else_is() -> None:
    assert providers() == ("anthropic", "canned", "litellm", "openai")
    assert all(isinstance(provider(name), Provider) for name in providers())


@pytest.mark.parametrize("name", ["opnai", "door", "prices", "os", "__init__"])
def test_an_unknown_provider_is_told_the_known_ones(name: str) -> None:
    error = refused(f"{name}:some-model")
    assert isinstance(error, NotFoundError)
    assert "anthropic, canned, litellm, openai" in str(error)


@pytest.mark.parametrize(
    "spec", ["", "gpt-test", ":gpt-test", "open ai:x", "../openai:x", "coach.openai:x", "openai:a\nb", "litellm:"]
)
def test_a_malformed_spec_is_one_line(spec: str) -> None:
    assert isinstance(refused(spec), SetupError)


@pytest.mark.parametrize("address", ["http://", "http://:80/v1", "http://host:port/v1", "https://[half/v1"])
def test_an_address_that_is_none_is_one_line(address: str) -> None:
    assert "address" in str(refused(f"openai:x@{address}"))


@pytest.mark.parametrize("address", [f"http://me:{KEY}@host/v1", f"https://host/v1?key={KEY}", f"https://h/#{KEY}"])
def test_an_address_never_holds_a_password(address: str) -> None:
    error = refused(f"openai:x@{address}")
    assert isinstance(error, SetupError)
    assert KEY not in str(error)


@pytest.mark.parametrize(
    ("spec", "variable"), [("openai:gpt-test", "OPENAI_API_KEY"), ("anthropic:claude-test", "ANTHROPIC_API_KEY")]
)
@pytest.mark.parametrize("keys", [{}, {"OPENAI_API_KEY": "", "ANTHROPIC_API_KEY": "  "}])
def test_a_missing_key_is_asked_for_by_its_name(spec: str, variable: str, keys: dict[str, str]) -> None:
    error = refused(spec, keys)
    assert isinstance(error, ModelRefusedError)
    assert variable in str(error)
    assert "secrets.toml" in str(error)


@pytest.mark.parametrize("key", ["sk-one\nsk-two", "sk-“quoted”", "sk-one sk-two"])
def test_a_key_that_cannot_be_one_is_not_sent(key: str) -> None:
    error = refused("openai:gpt-test", {"OPENAI_API_KEY": key})
    assert "copy the key again" in str(error)
    assert "sk-" not in str(error)


@pytest.mark.parametrize(
    ("spec", "variable"),
    [
        ("openai:gpt-test", "OPENAI_API_KEY"),
        ("openai:x@http://localhost/v1", "OPENAI_COMPATIBLE_API_KEY"),
        ("litellm:groq/llama", "GROQ_API_KEY"),
        ("canned:", None),
    ],
)
def test_where_a_key_belongs_can_be_asked(spec: str, variable: str | None) -> None:
    assert key_name(spec) == variable


def test_a_vendors_key_is_sent_to_nobody_else(double: Double) -> None:
    hear(connect(f"openai:x@{double.url}/v1", KEYS))
    hear(connect(f"anthropic:x@{double.url}", KEYS))
    assert len(double.requests) == 2
    assert KEY not in str([seen.headers for seen in double.requests])


def test_another_server_has_a_key_of_its_own(double: Double) -> None:
    hear(connect(f"openai:x@{double.url}/v1", {**KEYS, "OPENAI_COMPATIBLE_API_KEY": "sk-other"}))
    (seen,) = double.requests
    assert seen.headers["authorization"] == "Bearer sk-other"


@pytest.mark.parametrize("spec", ["openai:x@http://127.0.0.1:9/v1", "anthropic:x@http://127.0.0.1:9"])
def test_a_server_that_is_not_running_is_named(spec: str) -> None:
    assert "nothing answers at 127.0.0.1:9" in str(hear(connect(spec, {})).error)


@pytest.mark.skipif(find_spec("litellm") is not None, reason="LiteLLM is installed here.")
def test_a_missing_package_comes_with_the_line_that_installs_it() -> None:
    error = refused("litellm:groq/llama")
    assert isinstance(error, SetupError)
    assert 'pip install "coach[litellm]"' in str(error)


def test_listing_providers_imports_no_sdk() -> None:
    code = (
        "import sys, coach.chat_models as models; [models.provider(name) for name in models.providers()];"
        "print(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "coach.chat_models.anthropic" in ran.stdout.split()
    assert SDKS.isdisjoint(ran.stdout.split())


def test_a_canned_model_is_known_by_its_files_name(tmp_path: Path) -> None:
    file = tmp_path / "replies.yaml"
    file.write_text("- Hello\n", encoding="utf-8")
    assert connect(f"canned:{file}", {}).name == "canned:replies.yaml"

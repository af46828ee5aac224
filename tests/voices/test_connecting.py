"""From a voice's spec to a voice, without sending anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from coach.errors import CoachError, ModelRefusedError, NotFoundError, SetupError
from coach.keys import Keys
from coach.voices import Service, connect, destination, in_browser, key_name, service, services
from coach.voices.destinations import Destination
from tests.doubles.speech_script import SpeechDouble
from tests.voices.speaking import KEY, hear, say

KEYS = {"OPENAI_API_KEY": KEY}
SDKS = {"openai", "anthropic", "litellm", "httpx", "httpx2"}


def refused(spec: str, keys: dict[str, str] | None = None) -> CoachError:
    with pytest.raises(CoachError) as raised:
        connect(spec, KEYS if keys is None else keys)
    assert "\n" not in str(raised.value)
    return raised.value


@pytest.mark.parametrize(
    "spec",
    [
        "openai:gpt-4o-transcribe/tts-1",
        "openai:whisper-1/tts-1-hd+nova",
        "openai:whisper-1/kokoro@http://127.0.0.1:8000/v1",
        "openai:maker/hears//maker/speaks+af_heart@https://speech.example/path",
        "canned:",
    ],
)
def test_a_voice_is_named_by_its_spec(spec: str) -> None:
    assert connect(spec, KEYS).name == spec


@pytest.mark.parametrize(
    ("spec", "name"),
    [
        ("openai", "openai:gpt-4o-mini-transcribe/gpt-4o-mini-tts"),
        (" openai: ", "openai:gpt-4o-mini-transcribe/gpt-4o-mini-tts"),
        ("openai:whisper-1", "openai:whisper-1/gpt-4o-mini-tts"),
        ("openai:/tts-1", "openai:gpt-4o-mini-transcribe/tts-1"),
        ("openai:/+nova", "openai:gpt-4o-mini-transcribe/gpt-4o-mini-tts+nova"),
        ("openai@http://h/v1", "openai:gpt-4o-mini-transcribe/gpt-4o-mini-tts@http://h/v1"),
    ],
)
def test_what_a_spec_leaves_out_is_the_usual(spec: str, name: str) -> None:
    voice = connect(spec, KEYS)
    assert voice.name == name
    assert connect(voice.name, KEYS).name == name


def test_every_service_is_a_file_and_nothing_else_is() -> None:
    assert services() == ("browser", "canned", "openai")
    assert all(isinstance(service(name), Service) for name in services())


@pytest.mark.parametrize("name", ["opnai", "door", "prices", "os", "__init__"])
def test_an_unknown_service_is_told_the_known_ones(name: str) -> None:
    error = refused(f"{name}:one/two")
    assert isinstance(error, NotFoundError)
    assert "browser, canned, openai" in str(error)


@pytest.mark.parametrize(
    "spec",
    ["", ":whisper-1", "open ai", "../openai", "coach.openai", "openai:a\nb", "openai:a/b/c", "openai:a//b//c"],
)
def test_a_malformed_spec_is_one_line(spec: str) -> None:
    assert isinstance(refused(spec), SetupError)


@pytest.mark.parametrize("address", ["http://", "http://:80/v1", "http://host:port/v1", "https://[half/v1"])
def test_an_address_that_is_none_is_one_line(address: str) -> None:
    assert "address" in str(refused(f"openai@{address}"))


@pytest.mark.parametrize("address", [f"http://me:{KEY}@host/v1", f"https://host/v1?key={KEY}", f"https://h/#{KEY}"])
def test_an_address_never_holds_a_password(address: str) -> None:
    error = refused(f"openai:a/b@{address}")
    assert isinstance(error, SetupError)
    assert KEY not in str(error)


@pytest.mark.parametrize("keys", [{}, {"OPENAI_API_KEY": "  "}])
def test_a_missing_key_is_asked_for_by_its_name(keys: dict[str, str]) -> None:
    error = refused("openai", keys)
    assert isinstance(error, ModelRefusedError)
    assert "OPENAI_API_KEY" in str(error)
    assert "secrets.toml" in str(error)


@pytest.mark.parametrize("key", ["sk-one\nsk-two", "sk-“quoted”", "sk-one sk-two"])
def test_a_key_that_cannot_be_one_is_not_sent(key: str) -> None:
    error = refused("openai", {"OPENAI_API_KEY": key})
    assert isinstance(error, ModelRefusedError)
    assert "copy the key again" in str(error)
    assert "sk-" not in str(error)


@pytest.mark.parametrize(
    ("spec", "variable"),
    [
        ("openai", "OPENAI_API_KEY"),
        ("openai@http://localhost/v1", "OPENAI_COMPATIBLE_API_KEY"),
        ("canned", None),
        ("browser", None),
    ],
)
def test_where_a_key_belongs_can_be_asked(spec: str, variable: str | None) -> None:
    assert key_name(spec) == variable


def test_a_vendors_key_is_sent_to_nobody_else(double: SpeechDouble) -> None:
    voice = connect(f"openai@{double.url}/v1", Keys({"openai": KEY}))
    assert hear(voice).error is None
    assert say(voice).error is None
    assert [seen.keyed for seen in double.requests] == [False, False]


def test_another_server_has_a_key_of_its_own(double: SpeechDouble) -> None:
    voice = connect(f"openai@{double.url}/v1", {"OPENAI_COMPATIBLE_API_KEY": "sk-other"})
    assert say(voice).error is None
    assert [seen.keyed for seen in double.requests] == [True]


def test_the_browsers_voice_is_the_pages_own() -> None:
    assert [name for name in services() if in_browser(name)] == ["browser"]
    error = refused("browser")
    assert isinstance(error, SetupError)
    assert "in the page alone" in str(error)


@pytest.mark.parametrize(
    ("spec", "goes"),
    [
        ("openai", Destination("yes", "api.openai.com")),
        ("openai:a/b@https://speech.example:8443/v1", Destination("yes", "speech.example:8443")),
        ("openai:a/b@http://192.168.1.20:8000/v1", Destination("yes", "192.168.1.20:8000")),
        ("openai:a/b@http://127.0.0.1:8000/v1", Destination("no", "127.0.0.1:8000")),
        ("openai:a/b@http://localhost:8000/v1", Destination("no", "localhost:8000")),
        ("openai:a/b@http://[::1]:8000/v1", Destination("no", "[::1]:8000")),
        ("openai:a/b@http://localhost.evil.example/v1", Destination("yes", "localhost.evil.example")),
        ("canned", Destination("no", None)),
        ("browser", Destination("may", None)),
    ],
)
def test_a_page_can_say_where_a_voice_goes(spec: str, goes: Destination, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    assert destination(spec) == goes


def test_where_a_voice_goes_is_where_the_sdk_sends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "https://gateway.example/v1")
    assert destination("openai") == Destination("yes", "gateway.example")


def test_neither_listing_nor_asking_about_services_imports_an_sdk() -> None:
    code = (
        "import sys, coach.voices as voices, coach.voices.prices;"
        "[(voices.destination(name), voices.key_name(name)) for name in voices.services()];"
        "print(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "coach.voices.openai" in ran.stdout.split()
    assert SDKS.isdisjoint(ran.stdout.split())


def test_importing_the_package_imports_no_service() -> None:
    code = "import sys, coach.voices; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "coach.voices" in ran.stdout.split()
    assert {f"coach.voices.{name}" for name in services()}.isdisjoint(ran.stdout.split())


def test_a_canned_voice_is_known_by_its_files_name(tmp_path: Path) -> None:
    file = tmp_path / "said.yaml"
    file.write_text("- Hello\n", encoding="utf-8")
    assert connect(f"canned:{file}", {}).name == "canned:said.yaml"

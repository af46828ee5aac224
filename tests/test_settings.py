"""Settings: which models are called, and what they may cost."""

from __future__ import annotations

import pytest

from coach.domain.calls import Caps
from coach.errors import SetupError
from coach.settings import Settings

LOCAL = "openai:qwen3:8b@http://127.0.0.1:11434/v1"


def _read(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    """The settings of an environment that holds these and no others."""
    for field in Settings.model_fields:
        monkeypatch.delenv(f"COACH_{field.upper()}", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(f"COACH_{name}", value)
    return Settings()


def test_without_settings_rounds_are_offline_and_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _read(monkeypatch)
    assert (settings.interviewers, settings.judges) == ((), ())
    assert settings.caps == Caps(round_usd=2.0, month_usd=20.0)
    assert settings.secrets == settings.home / "secrets.toml"


def test_one_variable_names_the_models_of_both_and_two_others_go_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _read(monkeypatch, MODEL=f"openai:gpt-test, {LOCAL} ,")
    assert settings.interviewers == settings.judges == ("openai:gpt-test", LOCAL)
    settings = _read(monkeypatch, MODEL="openai:gpt-test", JUDGE="anthropic:claude-test")
    assert (settings.interviewers, settings.judges) == (("openai:gpt-test",), ("anthropic:claude-test",))
    settings = _read(monkeypatch, INTERVIEWER="anthropic:claude-test")
    assert (settings.interviewers, settings.judges) == (("anthropic:claude-test",), ())


@pytest.mark.parametrize(
    "spec",
    [
        "openai:",
        LOCAL,
        "litellm:vertex_ai/claude@20250101",
        "canned:/replies/one.yaml",
        "openai:m@https://h/v1?x=1",
    ],
)
def test_a_model_is_a_provider_and_a_name_and_perhaps_an_address(
    monkeypatch: pytest.MonkeyPatch, spec: str
) -> None:
    assert _read(monkeypatch, MODEL=spec).judges == (spec,)


@pytest.mark.parametrize("variable", ["MODEL", "INTERVIEWER", "JUDGE"])
@pytest.mark.parametrize(
    "spec", ["gpt-test", "OpenAI:gpt", "sk-zanzibar", "openai:gpt@127.0.0.1:80/v1", "openai:a b"]
)
def test_a_model_that_is_not_named_in_full_is_told_with_its_place_and_the_fix(
    monkeypatch: pytest.MonkeyPatch, variable: str, spec: str
) -> None:
    with pytest.raises(SetupError) as refused:
        _read(monkeypatch, **{variable: f"openai:gpt-test,{spec}"})
    line = str(refused.value)
    assert line.startswith(f"COACH_{variable}: model 2 is not written as provider:model, such as openai:")
    assert "\n" not in line
    assert spec not in line.replace("openai:my-model", "")


@pytest.mark.parametrize(
    ("written", "cap"),
    [("0.5", 0.5), (" $3 ", 3.0), ("0", 0.0), ("none", None), ("Off", None), ("1e2", 100.0)],
)
def test_a_cap_is_an_amount_of_dollars_or_none(
    monkeypatch: pytest.MonkeyPatch, written: str, cap: float | None
) -> None:
    assert _read(monkeypatch, ROUND_CAP=written, MONTH_CAP="7").caps == Caps(round_usd=cap, month_usd=7.0)
    assert _read(monkeypatch, MONTH_CAP=written).caps == Caps(round_usd=2.0, month_usd=cap)


@pytest.mark.parametrize("variable", ["ROUND_CAP", "MONTH_CAP"])
@pytest.mark.parametrize("written", ["much", "-1", "nan", "inf", "2,50", "2 EUR"])
def test_a_cap_that_is_no_amount_is_told_with_the_fix(
    monkeypatch: pytest.MonkeyPatch, variable: str, written: str
) -> None:
    with pytest.raises(SetupError) as refused:
        _read(monkeypatch, **{variable: written})
    assert str(refused.value) == (f"COACH_{variable} is {written!r}: write US dollars as 2.50, or none for no cap.")


@pytest.mark.parametrize(("written", "share"), [("0", 0.0), ("1", 1.0), (" 0.35 ", 0.35), ("", 0.2)])
def test_a_share_of_reviews_is_blind(monkeypatch: pytest.MonkeyPatch, written: str, share: float) -> None:
    assert _read(monkeypatch, BLIND_SHARE=written).blind_share == share


@pytest.mark.parametrize("written", ["half", "20", "-0.1", "nan"])
def test_a_share_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    with pytest.raises(SetupError, match=r"COACH_BLIND_SHARE is .*: write a share between 0 and 1, such as 0\.2\."):
        _read(monkeypatch, BLIND_SHARE=written)


@pytest.mark.parametrize(
    "spec",
    [
        "openai",
        "browser",
        " openai:whisper-1/tts-1 ",
        "openai:/tts-1",
        "openai:maker/hears//maker/speaks+alloy@http://127.0.0.1:8000/v1",
        "openai@http://127.0.0.1:8000/v1",
        "canned:/hearings/one.yaml",
        "",
    ],
)
def test_a_voice_is_a_service_and_perhaps_its_models_and_an_address(
    monkeypatch: pytest.MonkeyPatch, spec: str
) -> None:
    assert _read(monkeypatch, VOICE=spec).voice == spec.strip()


@pytest.mark.parametrize(
    "spec", ["OpenAI", "sk-zanzibar", "openai,browser", "openai:a b", "openai:a@127.0.0.1:80/v1", "http://host/v1"]
)
def test_a_voice_that_is_not_named_is_told_with_the_fix(monkeypatch: pytest.MonkeyPatch, spec: str) -> None:
    with pytest.raises(SetupError) as refused:
        _read(monkeypatch, VOICE=spec)
    line = str(refused.value)
    assert line.startswith("COACH_VOICE is not written as service:recogniser/speaker: write openai or browser")
    assert "\n" not in line
    assert spec not in line


def test_sound_is_kept_for_whole_days_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _read(monkeypatch).sound_days == 30
    assert [_read(monkeypatch, SOUND_DAYS=written).sound_days for written in ("0", " 7 ")] == [0, 7]
    for written in ("-1", "1.5", "a week", "1e3", "9" * 20):
        with pytest.raises(
            SetupError, match=r"COACH_SOUND_DAYS is .*: write whole days as 30, or 0 to keep no sound"
        ):
            _read(monkeypatch, SOUND_DAYS=written)

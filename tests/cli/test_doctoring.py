"""`coach doctor`: what works, what does not, and the next step."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.archive.archive import SqlArchive
from tests.archive.builders import call
from tests.builders import DATA
from tests.cli.command import coach

SECRET = "sk-zanzibar-0123456789"


def _lines(out: str, name: str) -> list[str]:
    """The lines about `name`, with their marks."""
    return [line for line in out.splitlines() if line[2:].startswith(f"{name}: ")]


def test_a_good_home_works_throughout(tmp_path: Path) -> None:
    ran = coach("doctor", home=tmp_path)
    assert ran.status == 0
    assert "✗" not in ran.out
    assert ran.out.count("✓") == 11
    assert "6 scenarios" in ran.out
    assert "coach run" in ran.out.splitlines()[-1]


def test_a_home_that_is_a_file_is_found_and_the_rest_still_looked_at(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("not a folder", encoding="utf-8")
    ran = coach("doctor", home=home)
    assert ran.status == 1
    broken = [line for line in ran.out.splitlines() if line.startswith("✗")]
    assert [line.split(":")[0] for line in broken] == ["✗ Home", "✗ Database", "✗ Caps"]
    assert all(str(home) in line for line in broken)
    assert "✓ Shipped content" in ran.out
    assert "Everything works" not in ran.out


def test_a_damaged_database_and_a_broken_scenario_are_both_found(tmp_path: Path) -> None:
    (tmp_path / "coach.sqlite").write_bytes(b"this is no database at all, it is a text" * 200)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "mine.yaml").write_bytes((DATA / "eight-mistakes.yaml").read_bytes())
    ran = coach("doctor", home=tmp_path)
    assert ran.status == 1
    broken = "\n".join(line for line in ran.out.splitlines() if line.startswith("✗"))
    assert "Your scenarios" in broken
    assert f"coach check {tmp_path / 'scenarios'}" in broken
    assert "Database" in broken
    assert "not a database" in broken


def test_without_a_model_nothing_is_called_and_the_next_step_is_said(tmp_path: Path) -> None:
    ran = coach("doctor", home=tmp_path)
    (line,) = _lines(ran.out, "Models")
    assert line.startswith("✓ Models: none, everything runs offline; set COACH_MODEL=openai:gpt-")
    assert _lines(ran.out, "Caps") == ["✓ Caps: $2.00 a round, $20.00 a month; $0.00 spent this month"]


def test_without_a_speech_service_the_browsers_own_is_used_and_the_next_step_is_said(tmp_path: Path) -> None:
    (line,) = _lines(coach("doctor", home=tmp_path, OPENAI_API_KEY="").out, "Speech")
    assert line.startswith("✓ Speech: the browser's own, and some browsers send what they hear to their makers;")
    assert line.endswith("set OPENAI_API_KEY, or COACH_VOICE, to use a speech service")


@pytest.mark.parametrize(
    ("voice", "line"),
    [
        ("", "✓ Speech: openai:gpt-4o-mini-transcribe/gpt-4o-mini-tts; sound is sent to api.openai.com"),
        (
            "openai:a/b@http://127.0.0.1:9/v1",
            "✓ Speech: openai:a/b@http://127.0.0.1:9/v1; sound stays on this machine",
        ),
        (
            "openai:a/b@https://gpu.example/v1",
            "✓ Speech: openai:a/b@https://gpu.example/v1; sound is sent to gpu.example",
        ),
        ("canned", "✓ Speech: canned:; sound stays on this machine"),
    ],
)
def test_the_speech_service_and_where_sound_goes_is_told(tmp_path: Path, voice: str, line: str) -> None:
    ran = coach("doctor", home=tmp_path, COACH_VOICE=voice, OPENAI_API_KEY=SECRET, OPENAI_BASE_URL="")
    assert _lines(ran.out, "Speech") == [line]
    assert "zanzibar" not in ran.out + ran.err
    assert ran.status == 0


@pytest.mark.parametrize(
    ("voice", "said"),
    [
        ("openai", "openai needs a key for speech: set OPENAI_API_KEY in the environment"),
        ("nosuch", "There is no speech service 'nosuch'. There are: browser, canned, openai."),
        ("canned:/no/such.yaml", "canned:/no/such.yaml: the file cannot be read"),
    ],
)
def test_a_speech_service_that_cannot_be_used_is_found(tmp_path: Path, voice: str, said: str) -> None:
    ran = coach("doctor", home=tmp_path, COACH_VOICE=voice, OPENAI_API_KEY="")
    (line,) = _lines(ran.out, "Speech")
    assert line.startswith("✗ Speech: ")
    assert said in line
    assert ran.status == 1


def test_keys_are_told_by_their_provider_and_place_and_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "secrets.toml"
    file.write_text(f'mistral = "{SECRET}"\n', encoding="utf-8")
    file.chmod(0o600)
    ran = coach("doctor", home=tmp_path, OPENAI_API_KEY=SECRET)
    (line,) = _lines(ran.out, "Keys")
    assert line.startswith("✓")
    assert "openai (environment)" in line
    assert f"mistral ({file})" in line
    assert "zanzibar" not in ran.out + ran.err


def test_keys_that_others_may_read_are_a_concern_and_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "secrets.toml"
    file.write_text(f'mistral = "{SECRET}"\n', encoding="utf-8")
    file.chmod(0o644)
    ran = coach("doctor", home=tmp_path)
    (line,) = _lines(ran.out, "Keys")
    assert line.startswith("! ")
    assert line.endswith(f"others may read {file}: run `chmod 600 {file}`.")
    assert ran.status == 0


def test_a_broken_file_of_keys_is_found(tmp_path: Path) -> None:
    (tmp_path / "secrets.toml").write_text(f"openai = {SECRET}\n", encoding="utf-8")
    ran = coach("doctor", home=tmp_path)
    (line,) = _lines(ran.out, "Keys")
    assert line.startswith("✗")
    assert "is not TOML at line 1" in line
    assert "zanzibar" not in ran.out + ran.err
    assert ran.status == 1


def test_each_configured_model_is_tried_once_and_its_call_is_kept(tmp_path: Path) -> None:
    good, dumb = tmp_path / "good.yaml", tmp_path / "dumb.yaml"
    good.write_text("- OK.\n", encoding="utf-8")
    dumb.write_text("[]\n", encoding="utf-8")
    ran = coach(
        "doctor",
        home=tmp_path,
        COACH_MODEL=f"canned:{good},nosuch:model",
        COACH_JUDGE=f"canned:{dumb},openai:gpt-test,canned:{good}",
        OPENAI_API_KEY="",
    )
    works, unknown, speechless, keyless = _lines(ran.out, "Model")
    assert works.startswith("✓ Model: canned:")
    assert " works, in " in works
    assert unknown.startswith("✗ Model: There is no provider 'nosuch'. There are: anthropic, ")
    assert speechless.startswith("✗ Model: canned:")
    assert "OPENAI_API_KEY" in keyless
    assert ran.status == 1
    with closing(SqlArchive.open(f"sqlite:///{tmp_path}/coach.sqlite")) as archive:
        assert archive.spent().calls == 2


def test_a_model_is_tried_even_where_the_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "coach.sqlite").write_bytes(b"this is no database at all, it is a text" * 200)
    (tmp_path / "replies.yaml").write_text("- OK.\n", encoding="utf-8")
    ran = coach("doctor", home=tmp_path, COACH_MODEL=f"canned:{tmp_path / 'replies.yaml'}")
    assert _lines(ran.out, "Model")[0].startswith("✓")
    assert _lines(ran.out, "Caps")[0].startswith("✗")


@pytest.mark.parametrize(
    ("cap", "line"),
    [
        ("none", "✓ Caps: $0.50 a round, no cap a month; $1.25 spent this month, beside calls whose price is not"),
        (
            "1",
            "! Caps: $1.25 spent this month, beside calls whose price is not known: 1, and $1.00 is the cap",
        ),
    ],
)
def test_caps_and_the_months_spending_are_told(tmp_path: Path, cap: str, line: str) -> None:
    with closing(SqlArchive.open(f"sqlite:///{tmp_path}/coach.sqlite")) as archive:
        archive.begin_call(call(usd=1.25, at=datetime.now(UTC)), None)
        archive.begin_call(call(at=datetime.now(UTC)), None)
        archive.begin_call(call(usd=9.0), None)
    ran = coach("doctor", home=tmp_path, COACH_ROUND_CAP="0.5", COACH_MONTH_CAP=cap)
    assert _lines(ran.out, "Caps")[0].startswith(line)
    assert ran.status == 0


@pytest.mark.parametrize(
    ("variable", "value"), [("COACH_MODEL", SECRET), ("COACH_ROUND_CAP", "much"), ("COACH_VOICE", SECRET)]
)
def test_a_setting_that_does_not_read_is_one_line(tmp_path: Path, variable: str, value: str) -> None:
    ran = coach("doctor", home=tmp_path, typed="", cwd=None, **{variable: value})
    assert ran.is_one_line
    assert ran.err.startswith(variable)
    assert "zanzibar" not in ran.err

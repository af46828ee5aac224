"""Written transcripts, and tones for speech."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.domain.speech import SAMPLE_BYTES, SPOKEN_RATE, Doubt, Heard
from coach.errors import ModelReplyError, SetupError
from coach.voices import connect
from coach.voices.canned import HERTZ, WORD_SECONDS, CannedHearing, CannedVoice
from coach.voices.tones import fingerprint
from tests.voices.speaking import hear, say

FILE = """
- First.
- text: A kworum of three.
  doubts: [kworum]
"""


def test_transcripts_come_in_order_whatever_is_said() -> None:
    voice = CannedVoice(["One  two\nthree", "Four"])
    assert list(voice.transcribe(bytes(32_000))) == ["One  ", "two\n", "three", Heard(text="One  two\nthree")]
    assert hear(voice).heard == Heard(text="Four")


def test_when_nothing_is_left_that_is_said() -> None:
    error = hear(CannedVoice([])).error
    assert isinstance(error, ModelReplyError)
    assert "no written transcript is left" in str(error)


def test_a_written_silence_is_nothing_heard() -> None:
    assert hear(CannedVoice([""])).heard == Heard(text="")


def test_speech_takes_its_time_for_each_word() -> None:
    sound = say(CannedVoice(), "One two three four five.").sound
    assert len(sound) == round(5 * WORD_SECONDS * SPOKEN_RATE) * SAMPLE_BYTES
    spoken = fingerprint(sound, SPOKEN_RATE)
    assert spoken.hertz == HERTZ


@pytest.mark.parametrize("name", ["said.yaml", "said.json"])
def test_transcripts_are_read_from_yaml_and_json(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    json = '["First.", {"text": "A kworum of three.", "doubts": ["kworum"]}]'
    file.write_text(FILE if name.endswith("yaml") else json, encoding="utf-8")
    voice = connect(f"canned:{file}", {})
    assert hear(voice).heard == Heard(text="First.")
    assert hear(voice).heard == Heard(text="A kworum of three.", doubts=(Doubt(start=2, end=8),))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- text: x\n- wort: y\n", "entry 2 is no transcript: write a list of `- text: TEXT`"),
        ("- text: x\n  doubts: [y]\n", "'y' is doubted and does not occur"),
    ],
)
def test_a_file_that_holds_no_transcripts_is_refused(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "said.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SetupError, match=says):
        connect(f"canned:{file}", {})


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(SetupError, match=r"nowhere\.yaml"):
        connect("canned:nowhere.yaml", {})


def test_it_is_on_no_server() -> None:
    with pytest.raises(SetupError, match="on no server"):
        connect("canned@http://127.0.0.1:1/v1", {})


def test_an_empty_doubt_is_none() -> None:
    with pytest.raises(SetupError):
        CannedVoice([CannedHearing(text="x", doubts=("",))])

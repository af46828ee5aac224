"""Keys: which one is taken, and that none is ever shown."""

from __future__ import annotations

import copy
import json
import pickle
import traceback
from pathlib import Path

import pytest
from pydantic import BaseModel

from coach.errors import SetupError
from coach.keys import Keys, Source, exposed

SECRET = "sk-zanzibar-0123456789"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "secrets.toml"


def test_a_key_is_found_by_its_provider_or_by_its_variable(file: Path) -> None:
    keys = Keys.read({"OPENAI_API_KEY": SECRET, "OPENAI_COMPATIBLE_API_KEY": "local"}, file)
    assert keys["openai"] == keys["OPENAI_API_KEY"] == SECRET
    assert keys.get("openai_compatible") == keys.get("OPENAI_COMPATIBLE_API_KEY") == "local"
    assert "anthropic" not in keys
    assert keys.get("ANTHROPIC_API_KEY", "") == ""
    assert list(keys) == ["openai", "openai_compatible"]
    assert len(keys) == 2


def test_only_variables_that_hold_a_key_are_taken_from_the_environment(file: Path) -> None:
    assert dict(Keys.read({"PATH": "x", "OPENAI_BASE_URL": "y", "_API_KEY": "z", "GROQ_API_KEY": "k"}, file)) == {
        "groq": "k"
    }


def test_the_page_goes_before_the_environment_and_that_before_the_file(file: Path) -> None:
    file.write_text('openai = "filed"\nanthropic = "filed"\nmistral = "filed"\n', encoding="utf-8")
    keys = Keys.read({"OPENAI_API_KEY": "set", "ANTHROPIC_API_KEY": "set"}, file).with_page_keys(
        {"openai": "typed"}
    )
    assert dict(keys) == {"openai": "typed", "anthropic": "set", "mistral": "filed"}
    assert [keys.source(name) for name in ("openai", "ANTHROPIC_API_KEY", "mistral", "groq")] == [
        Source.PAGE,
        Source.ENVIRONMENT,
        Source.FILE,
        None,
    ]


def test_an_empty_key_is_none_and_hides_no_other(file: Path) -> None:
    file.write_text('openai = "filed"\nanthropic = ""\n', encoding="utf-8")
    keys = Keys.read({"OPENAI_API_KEY": "  "}, file).with_page_keys({"openai": ""})
    assert dict(keys) == {"openai": "filed"}


def test_space_around_a_pasted_key_is_dropped() -> None:
    assert Keys({"openai": f" {SECRET}\n"})["openai"] == SECRET


def test_keys_typed_later_do_not_change_those_of_others() -> None:
    first = Keys({"openai": "one"})
    second = first.with_page_keys({"openai": "two"})
    assert (first["openai"], second["openai"]) == ("one", "two")


class _Holder(BaseModel):
    keys: Keys


def test_no_key_is_ever_shown() -> None:
    keys = Keys({"openai": SECRET})
    holder = _Holder(keys=keys)
    shown = [
        repr(keys),
        str(keys),
        f"{keys}",
        repr(vars(keys)),
        repr(holder),
        str(holder.model_dump()),
        holder.model_dump_json(),
    ]
    assert not any("zanzibar" in text for text in shown)
    assert repr(keys) == "Keys(openai: page)"
    assert holder.model_dump() == {"keys": {"openai": "page"}}
    assert json.loads(holder.model_dump_json()) == {"keys": {"openai": "page"}}
    assert holder.keys["openai"] == SECRET


def test_keys_are_never_pickled() -> None:
    with pytest.raises(TypeError, match="never pickled") as refused:
        pickle.dumps(Keys({"openai": SECRET}))
    assert "zanzibar" not in str(refused.value)


def test_a_copy_is_the_same_keys() -> None:
    keys = Keys({"openai": SECRET})
    assert copy.copy(keys) is keys
    assert copy.deepcopy({"keys": keys})["keys"] is keys


def test_keys_are_equal_by_what_they_hold() -> None:
    assert Keys({"openai": SECRET}) == Keys({"OPENAI_API_KEY": SECRET}, Source.FILE)


@pytest.mark.parametrize(
    "content",
    [
        f'openai = "{SECRET}\n',
        f"openai = {SECRET}\n",
        f"{SECRET}\n",
        f'openai = "a"\nopenai = "{SECRET}"\n',
        f'{SECRET} = "openai"\n',
        f'[keys]\nopenai = "{SECRET}"\n',
        f'openai = ["{SECRET}"]\n',
        "openai = 5\n",
    ],
)
def test_a_file_that_does_not_read_is_named_in_one_line_without_its_content(file: Path, content: str) -> None:
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SetupError, match=r'write one line for each provider, as openai = "the key"\.') as refused:
        Keys.read({}, file)
    line = str(refused.value)
    assert line.startswith(str(file))
    assert "\n" not in line
    assert "zanzibar" not in line
    assert "zanzibar" not in "".join(traceback.format_exception(refused.value))


def test_the_line_of_a_mistake_is_named(file: Path) -> None:
    file.write_text(f'anthropic = "good"\nopenai = {SECRET}\n', encoding="utf-8")
    with pytest.raises(SetupError, match="is not TOML at line 2: "):
        Keys.read({}, file)


def test_a_file_that_is_no_text_and_one_that_cannot_be_read_are_named(tmp_path: Path, file: Path) -> None:
    file.write_bytes(b'openai = "\xff\xfe"')
    with pytest.raises(SetupError, match="is not a text"):
        Keys.read({}, file)
    with pytest.raises(SetupError, match=r"^Cannot read .*Allow reading it, or move it away\.$"):
        Keys.read({}, tmp_path)


def test_a_file_need_not_be_there(tmp_path: Path, file: Path) -> None:
    assert not Keys.read({}, file)
    (tmp_path / "home").write_text("no folder", encoding="utf-8")
    assert not Keys.read({}, tmp_path / "home" / "secrets.toml")


@pytest.mark.parametrize(("mode", "open_to_others"), [(0o600, False), (0o400, False), (0o640, True), (0o604, True)])
def test_a_file_that_others_may_use_is_exposed(file: Path, mode: int, open_to_others: bool) -> None:
    assert not exposed(file)
    file.write_text("", encoding="utf-8")
    file.chmod(mode)
    assert exposed(file) is open_to_others

"""Lists that somebody wrote beforehand."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from coach.errors import SetupError
from coach.written import read_list

NUMBERS = TypeAdapter(list[int])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: [", "neither YAML nor JSON"),
        ("just words", "not a list: write numbers."),
        ("- 1\n- two\n", "entry 2 is no number: write numbers."),
        (b"\xff", "cannot be read"),
    ],
)
def test_a_file_that_holds_no_such_list_is_one_line(tmp_path: Path, text: str | bytes, says: str) -> None:
    file = tmp_path / "numbers.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(SetupError) as raised:
        read_list(file, NUMBERS, "number", "write numbers.")
    assert f"canned:{file}: " in str(raised.value)
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)


def test_the_list_is_what_the_file_holds(tmp_path: Path) -> None:
    file = tmp_path / "numbers.json"
    file.write_text("[1, 2]", encoding="utf-8")
    assert read_list(file, NUMBERS, "number", "write numbers.") == [1, 2]

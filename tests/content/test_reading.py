"""A file becomes a value, or one clear problem. Nothing else ever comes out."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.content.reading import LARGEST, Document, read
from coach.content.yaml_values import compose
from coach.errors import ContentError
from tests.content.builders import TEMPLATE


def problem(path: Path) -> tuple[int, str]:
    with pytest.raises(ContentError) as caught:
        read(path)
    assert len(caught.value.problems) == 1
    return caught.value.problems[0].line, caught.value.problems[0].message


def write(folder: Path, content: bytes | str, name: str = "x.yaml") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def outcome(path: Path) -> Document | ContentError:
    try:
        return read(path)
    except ContentError as error:
        return error


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("", 0, "empty"),
        (" \n\n", 0, "empty"),
        ("# only a remark\n", 0, "empty"),
        ("- a\n- b\n", 1, "holds a list"),
        ("just words\n", 1, "holds a single value"),
        ("a: 1\n\tb: 2\n", 2, "indent with spaces"),
        ("a: 1\nb: c: d\n", 2, "put the text in quotes"),
        ("a: 'open\nb: 2\n", 1, "a quote is opened and not closed"),
        ("a: [1, 2\nb: 3\n", 2, "not closed"),
        ("a: *nowhere\n", 1, "repeats nothing"),
        ("a: &x [*x]\n", 1, "repeats nothing"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("? [a, b]\n: 1\n", 1, "a key must be a word"),
        ("a: \x07\n", 1, "character"),
        (b"\xff\xfea\x00:\x00", 1, "UTF-8"),
        (b"a: 1\nb: caf\xe9\n", 2, "UTF-8"),
        ("[" * 100_000, 1, "levels deep"),
        ("a: " + "{b: " * 100, 1, "levels deep"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem_with_its_line(
    tmp_path: Path, content: bytes | str, line: int, message: str
) -> None:
    at, said = problem(write(tmp_path, content))
    assert message in said
    assert at == line


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("{", 1, "not valid JSON"),
        ('{"a": 1,\n "b": }', 2, "not valid JSON"),
        ('{"a": NaN}', 0, "finite"),
        ('{"a": -Infinity}', 0, "finite"),
        ('{"a": 1e999}', 0, "finite"),
        ('{"a": ' + "[" * 30_000, 0, "levels deep"),
        ('{"a": ' + "[" * 60 + "]" * 60 + "}", 0, "levels deep"),
        ("[1]", 1, "holds a list"),
        ("null", 0, "empty"),
    ],
)
def test_broken_json_is_one_problem_too(tmp_path: Path, content: str, line: int, message: str) -> None:
    at, said = problem(write(tmp_path, content, "x.json"))
    assert message in said
    assert at == line


def test_nothing_out_of_a_file_reaches_a_terminal_as_a_command_or_a_page_of_text(tmp_path: Path) -> None:
    path = write(tmp_path, '"\\e[31m\\nred": .inf\n"' + "k" * 500 + '": .nan\n')
    assert [one.where for one in read(path).problems] == ["[31m red", "k" * 77 + "..."]


def test_a_number_of_thousands_of_digits_is_a_problem(tmp_path: Path) -> None:
    document = read(write(tmp_path, "a: " + "1" * 5_000))
    assert [one.message for one in document.problems] == ["a number has at most 40 characters"]


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    assert "larger than 5 MB" in problem(write(tmp_path, b"a: " + b"x" * LARGEST))[1]


def test_an_alias_bomb_is_refused_before_it_grows(tmp_path: Path) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert "repetitions counted" in problem(write(tmp_path, "\n".join(rows)))[1]


def test_an_alias_repeats_what_was_said_above(tmp_path: Path) -> None:
    assert read(write(tmp_path, "a: &x [1, 2]\nb: *x\n")).composed.value == {"a": [1, 2], "b": [1, 2]}


def test_a_folder_called_like_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").mkdir()
    assert "is a folder" in problem(tmp_path / "x.yaml")[1]


def test_a_link_to_itself_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").symlink_to(tmp_path / "x.yaml")
    assert "cannot be read" in problem(tmp_path / "x.yaml")[1]


def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.yaml")
    assert "not an ordinary file" in problem(tmp_path / "x.yaml")[1]


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert "no such file" in problem(tmp_path / "x.yaml")[1]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_an_unreadable_file_is_a_problem(tmp_path: Path) -> None:
    path = write(tmp_path, "a: 1")
    path.chmod(0)
    assert "permission denied" in problem(path)[1]


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    assert read(write(tmp_path, b"\xef\xbb\xbfa: 1\n")).composed.value == {"a": 1}


def test_words_of_yaml_1_1_stay_words_and_numbers_may_have_underscores(tmp_path: Path) -> None:
    text = "a: no\nb: on\nc: 12:30\nd: 2024-01-02\ne: 4_700_000\nf: 1e6\ng: 017\nh: true\ni: ~\nj: '1'\n"
    assert read(write(tmp_path, text)).composed.value == {
        "a": "no",
        "b": "on",
        "c": "12:30",
        "d": "2024-01-02",
        "e": 4_700_000,
        "f": 1e6,
        "g": 17,
        "h": True,
        "i": None,
        "j": "1",
    }


def test_every_mistake_on_the_way_is_kept_with_its_line_and_place(tmp_path: Path) -> None:
    text = "a: 1\na: 2\nb:\n  c: .inf\n  c: 3\nd: !!python/name:os.system x\n"
    said = [(one.line, one.where) for one in read(write(tmp_path, text)).problems]
    assert said == [(2, "a"), (4, "b.c"), (5, "b.c"), (6, "d")]


def test_a_key_written_twice_in_json_is_named(tmp_path: Path) -> None:
    document = read(write(tmp_path, '{"a": 1, "a": 2}', "x.json"))
    assert [(one.where, one.message) for one in document.problems] == [("a", "is written twice; keep one")]


def test_places_in_json_have_lines_with_tabs_and_any_character(tmp_path: Path) -> None:
    text = json.dumps({"a": [{"b": 1}, {"b": "\U0001f600"}]}, indent="\t", ensure_ascii=False)
    document = read(write(tmp_path, text, "x.json"))
    assert document.line(("a", 1, "b")) == 7


def test_a_place_reads_by_ids_and_falls_back_to_the_line_around_it(tmp_path: Path) -> None:
    document = read(write(tmp_path, "facts:\n  - id: users\n    say: x\n  - say: y\n"))
    assert document.where(("facts", 0, "say")) == "facts.users.say"
    assert document.where(("facts", 1, "say")) == "facts[2].say"
    assert document.line(("facts", 1, "topics", 3)) == 4


TEXT = TEMPLATE.read_text(encoding="utf-8")
CUTS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, 40), st.text(max_size=12))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(CUTS, min_size=1, max_size=4))
def test_a_scenario_with_anything_cut_out_and_put_in_is_a_value_or_problems(
    tmp_path: Path, cuts: list[tuple[int, int, str]]
) -> None:
    text = TEXT
    for start, length, put in cuts:
        text = text[:start] + put + text[start + length :]
    path = write(tmp_path, text.encode("utf-8", "surrogatepass"))
    came_out = outcome(path)
    if isinstance(came_out, ContentError):
        assert came_out.problems
        assert all(one.message for one in came_out.problems)
    else:
        assert isinstance(came_out.composed.value, dict)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(max_size=8), VALUES, max_size=4))
def test_json_read_as_yaml_gives_the_same_value(value: dict[str, object]) -> None:
    text = json.dumps(value)
    if "\\ud" in text or "\\u0000" in text or "\x7f" in text:
        return  # pairs of surrogates are JSON's own way of writing a character
    assert compose(text, "x").value == value

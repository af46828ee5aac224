"""Prose is rendered from files; whatever is missing is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.content.prompts import FilePrompts
from coach.errors import ContentError, NotFoundError
from coach.ports import Prompts
from tests.content.builders import changed

SCRIPT = """\
{#- A remark. -#}
# Opening
{% block greeting %}Hello {{ who }}, we have {{ minutes }} minutes.{% endblock %}

{% block goodbye %}
  That's the round.
{% endblock %}
{% block choice %}{% if kind == "a" %}{{ one }}{% else %}{{ other }}{% endif %}{% endblock %}
"""


@pytest.fixture
def prompts(tmp_path: Path) -> Prompts:
    changed(tmp_path / "interviewer" / "script.md", SCRIPT)
    changed(tmp_path / "judge.md", "\n\nJudge <{{ what }}> & co.\n\n")
    changed(tmp_path / "broken.md", "one\ntwo {% if %}\n")
    (tmp_path / "latin.md").write_bytes(b"caf\xe9")
    return FilePrompts(tmp_path)


def test_a_whole_file_is_rendered_as_it_is_without_outer_white_space(prompts: Prompts) -> None:
    assert prompts.render("judge", what="a & b") == "Judge <a & b> & co."


def test_a_single_block_is_rendered_without_the_rest(prompts: Prompts) -> None:
    assert prompts.render("interviewer/script", block="goodbye") == "That's the round."
    said = prompts.render("interviewer/script", block="greeting", who="Ada", minutes=45)
    assert said == "Hello Ada, we have 45 minutes."


def test_only_what_is_really_used_is_needed(prompts: Prompts) -> None:
    assert prompts.render("interviewer/script", block="choice", kind="a", one="1") == "1"


def test_all_missing_values_are_named_in_one_error(prompts: Prompts) -> None:
    with pytest.raises(ContentError, match=r"script\.md: greeting: needs minutes, who") as caught:
        prompts.render("interviewer/script", block="greeting")
    assert len(caught.value.problems) == 1
    with pytest.raises(ContentError, match="needs what"):
        prompts.render("judge")


def test_a_missing_prompt_is_told_with_the_nearest_name(prompts: Prompts) -> None:
    with pytest.raises(NotFoundError, match="no prompt 'interviewer/scrip' — did you mean 'interviewer/script'"):
        prompts.render("interviewer/scrip")


def test_a_missing_block_is_told_with_the_nearest_name(prompts: Prompts) -> None:
    with pytest.raises(NotFoundError, match="no block 'greetings' — did you mean 'greeting'"):
        prompts.render("interviewer/script", block="greetings")
    with pytest.raises(NotFoundError, match="it has none"):
        prompts.render("judge", block="x")


@pytest.mark.parametrize("name", ["../pyproject", "/etc/passwd", "", "a/../../b"])
def test_a_name_outside_the_folder_is_not_found(prompts: Prompts, name: str) -> None:
    with pytest.raises(NotFoundError):
        prompts.render(name)


def test_a_prompt_with_a_mistake_is_a_problem_with_its_line(prompts: Prompts) -> None:
    with pytest.raises(ContentError, match=r"broken\.md:2: not valid Jinja"):
        prompts.render("broken")
    with pytest.raises(ContentError, match="UTF-8"):
        prompts.render("latin")


def test_every_shipped_prompt_is_valid() -> None:
    assert list(FilePrompts().problems()) == []


def test_all_prompts_with_mistakes_are_found_at_once(tmp_path: Path) -> None:
    changed(tmp_path / "a.md", "{% if %}")
    changed(tmp_path / "b" / "c.md", "\n{{ 1 +")
    assert [problem.line for problem in FilePrompts(tmp_path).problems()] == [1, 2]

"""Scenarios on the shelf: shipped ones, a person's own, and what is wrong with the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from coach.content.library import FileLibrary
from coach.content.places import builtin
from coach.domain.scenario import Scenario
from coach.errors import ContentError, NotFoundError, SetupError
from tests.content.builders import DATA, changed, scenario

SHIPPED = [
    "content-moderation",
    "document-qa",
    "internal-copilot",
    "recommendation",
    "semantic-search",
    "support-assistant",
]


def test_the_shelf_holds_every_shipped_scenario_and_no_problem() -> None:
    shelf = FileLibrary().shelf()
    assert [one.id for one in shelf.scenarios] == SHIPPED
    assert shelf.problems == ()


def test_a_persons_own_scenarios_come_after_the_shipped_ones(tmp_path: Path) -> None:
    scenario(tmp_path, id_="a-first")
    library = FileLibrary(tmp_path)
    assert [one.id for one in library.shelf().scenarios] == [*SHIPPED, "a-first"]
    assert list(library.ids()) == [*SHIPPED, "a-first"]


def test_a_scenario_dropped_into_the_folder_appears_and_one_taken_out_disappears(tmp_path: Path) -> None:
    library = FileLibrary(tmp_path / "not-there-yet")
    assert len(library.shelf().scenarios) == 6
    path = scenario(tmp_path / "not-there-yet")
    assert library.shelf().scenarios[-1].id == "my-topic"
    assert library.brief("my-topic").scenario.title == "My topic"
    path.unlink()
    assert len(library.shelf().scenarios) == 6
    with pytest.raises(NotFoundError):
        library.brief("my-topic")


def test_an_edited_scenario_is_read_again_and_an_unchanged_one_is_the_same_object(tmp_path: Path) -> None:
    library = FileLibrary(tmp_path)
    path = scenario(tmp_path)
    first = library.brief("my-topic")
    assert library.brief("my-topic") is first
    assert library.shelf().scenarios[-1] is first.scenario
    scenario(tmp_path, ("title: My topic", "title: New name"))
    os.utime(path, ns=(1, 1))
    assert library.brief("my-topic").scenario.title == "New name"
    assert library.brief("my-topic").rubric is first.rubric


def test_a_broken_scenario_is_a_problem_on_the_shelf_and_an_error_when_played(tmp_path: Path) -> None:
    library = FileLibrary(tmp_path)
    scenario(tmp_path, ("title: My topic\n", ""), ("hits: [framing,", "hits: [framming,"))
    shelf = library.shelf()
    assert [one.id for one in shelf.scenarios] == SHIPPED
    assert [problem.where for problem in shelf.problems] == ["title", "curveballs.no-reading.hits[1]"]
    with pytest.raises(ContentError) as caught:
        library.brief("my-topic")
    assert caught.value.problems == shelf.problems


def test_a_repaired_scenario_plays_at_once(tmp_path: Path) -> None:
    library = FileLibrary(tmp_path)
    scenario(tmp_path, ("title: My topic\n", ""))
    assert library.shelf().problems
    scenario(tmp_path)
    assert library.shelf().problems == ()
    assert library.brief("my-topic").scenario.title == "My topic"


@pytest.mark.parametrize("content", [b"", b"[", b"\xff\xfe", b"- a\n", b"a: &x [*x]\n", b"\x00"])
def test_whatever_lies_in_the_folder_never_breaks_the_shelf(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.yaml").write_bytes(content)
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    shelf = FileLibrary(tmp_path).shelf()
    assert len(shelf.scenarios) == 6
    assert sorted({Path(problem.path).name for problem in shelf.problems}) == [
        "folder.yaml",
        "loop.yaml",
        "odd.yaml",
    ]


def test_an_id_that_is_taken_names_both_files_and_the_shipped_one_plays(tmp_path: Path) -> None:
    library = FileLibrary(tmp_path)
    path = scenario(tmp_path, id_="document-qa")
    (problem,) = library.shelf().problems
    assert str(path) in str(problem)
    assert "scenarios/document-qa.yaml" in problem.message
    assert library.brief("document-qa").scenario.title.startswith("Document Q&A")


def test_a_file_ending_in_yml_is_pointed_out(tmp_path: Path) -> None:
    changed(tmp_path / "my-topic.yml", "schema: scenario/v1\n")
    assert "rename it to my-topic.yaml" in FileLibrary(tmp_path).shelf().problems[0].message


def test_hidden_files_are_left_alone(tmp_path: Path) -> None:
    changed(tmp_path / ".my-topic.yaml", "[")
    assert FileLibrary(tmp_path).shelf().problems == ()


def test_a_missing_scenario_is_told_with_the_nearest_name() -> None:
    with pytest.raises(NotFoundError, match="did you mean 'document-qa'"):
        FileLibrary().brief("document-q")
    with pytest.raises(NotFoundError, match="there are content-moderation, document-qa"):
        FileLibrary().brief("zzz")


@pytest.mark.parametrize("name", ["../rubrics/ai-system-design", "", "a/b", "x\0y", "~"])
def test_a_name_that_is_no_id_never_reaches_the_disk(name: str) -> None:
    with pytest.raises(NotFoundError):
        FileLibrary().brief(name)


def test_one_brief_reads_no_other_scenario(tmp_path: Path) -> None:
    library = FileLibrary(tmp_path)
    scenario(tmp_path)
    changed(tmp_path / "other.yaml", "[")
    assert library.brief("my-topic").scenario.id == "my-topic"


def test_a_price_card_beside_the_scenario_comes_before_the_shipped_one(tmp_path: Path) -> None:
    library = FileLibrary(tmp_path)
    scenario(tmp_path)
    assert library.brief("my-topic").prices.gpu_hour == 2.5
    card = (builtin("scenarios") / "prices" / "neutral-card.yaml").read_text(encoding="utf-8")
    changed(tmp_path / "prices" / "neutral-card.yaml", card, ("gpu_hour: 2.50", "gpu_hour: 9"))
    assert FileLibrary(tmp_path).brief("my-topic").prices.gpu_hour == 9
    assert library.brief("my-topic").prices.gpu_hour == 9


def test_a_scenario_whose_price_card_is_missing_or_broken_says_so(tmp_path: Path) -> None:
    scenario(tmp_path, ("neutral-card", "neutral-cart"))
    assert "did you mean 'neutral-card'" in FileLibrary(tmp_path).shelf().problems[0].message
    changed(tmp_path / "prices" / "neutral-cart.yaml", "schema: prices/v1\nid: neutral-cart\n")
    assert [problem.where for problem in FileLibrary(tmp_path).shelf().problems] == ["models"]


def test_a_broken_rubric_is_told_once_and_nothing_plays(tmp_path: Path) -> None:
    text = (builtin("rubrics") / "ai-system-design.yaml").read_text(encoding="utf-8")
    rubric = changed(tmp_path / "ai-system-design.yaml", text, ("version: 1", "version: one"))
    library = FileLibrary(rubric=rubric)
    assert [problem.where for problem in library.shelf().problems] == ["version"]
    assert library.shelf().scenarios == ()
    with pytest.raises(ContentError, match="version"):
        library.brief("document-qa")


def test_a_scenario_that_breaks_only_a_writing_rule_still_plays(tmp_path: Path) -> None:
    scenario(tmp_path, ("Ties each statement", "word " * 60 + "Ties each statement"))
    assert FileLibrary(tmp_path).brief("my-topic").scenario.id == "my-topic"


def test_eight_mistakes_on_the_shelf_are_problems_and_not_an_exception(tmp_path: Path) -> None:
    (tmp_path / "eight-mistakes.yaml").write_bytes((DATA / "eight-mistakes.yaml").read_bytes())
    assert len(FileLibrary(tmp_path).shelf().problems) >= 7


def test_a_document_that_has_not_changed_is_parsed_once(tmp_path: Path) -> None:
    library = FileLibrary(tmp_path)
    path = scenario(tmp_path)
    assert library.files.document(path) is library.files.document(path)
    assert library.files.load(path, Scenario).value is library.files.load(path, Scenario).value


def test_content_that_is_not_there_is_told_as_a_broken_installation() -> None:
    with pytest.raises(SetupError, match="install coach again"):
        builtin("no-such-folder")


def test_a_walkthrough_is_found_beside_its_scenario_and_a_missing_one_says_where_to_write_it(
    tmp_path: Path,
) -> None:
    library = FileLibrary()
    assert library.walkthrough("document-qa").scenario == "document-qa"
    assert library.walkthrough("document-qa", weak=True) != library.walkthrough("document-qa")
    scenario(tmp_path)
    with pytest.raises(NotFoundError, match=r"walkthroughs/my-topic\.weak\.yaml"):
        FileLibrary(tmp_path).walkthrough("my-topic", weak=True)

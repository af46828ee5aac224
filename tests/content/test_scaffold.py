"""`coach new scenario` gives an author something that plays before a word is changed."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from coach.content.check import check
from coach.content.library import FileLibrary
from coach.content.places import PACKAGE
from coach.content.scaffold import scaffold
from coach.content.schemas import path as schema_path
from coach.errors import CoachError, SetupError


def test_a_new_scenario_is_clean_and_on_the_shelf(tmp_path: Path) -> None:
    path = scaffold("call-notes", tmp_path / "scenarios")
    library = FileLibrary(tmp_path / "scenarios")
    assert check([path], library) == []
    brief = library.brief("call-notes")
    assert brief.scenario.title == "Call notes"
    assert len(brief.probed_dimensions) == 8


def test_its_first_line_leads_an_editor_to_the_schema(tmp_path: Path) -> None:
    first = scaffold("call-notes", tmp_path).read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={schema_path('scenario').as_uri()}"


def test_inside_a_checkout_the_way_to_the_schema_is_relative() -> None:
    with TemporaryDirectory(dir=PACKAGE.parent / "tests") as name:
        folder = Path(name)
        first = scaffold("call-notes", folder).read_text(encoding="utf-8").splitlines()[0]
        way = first.partition("$schema=")[2]
        assert way == "../../coach/content/schemas/scenario.v1.json"
        assert (folder / way).resolve() == schema_path("scenario")


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    path = scaffold("call-notes", tmp_path)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(CoachError, match=r"call-notes\.yaml is there already"):
        scaffold("call-notes", tmp_path)
    assert path.read_text(encoding="utf-8") == "mine"
    (tmp_path / "dangling.yaml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(CoachError, match="is there already"):
        scaffold("dangling", tmp_path)


def test_the_id_of_a_shipped_scenario_is_taken(tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="choose another id"):
        scaffold("document-qa", tmp_path)


@pytest.mark.parametrize(
    ("id_", "near"),
    [("Call Notes", "'call-notes'"), ("../x", "'x'"), ("", "call-notes"), ("a_b", "'a-b'"), ("x" * 61, "x" * 60)],
)
def test_a_bad_id_is_told_with_a_good_one(tmp_path: Path, id_: str, near: str) -> None:
    with pytest.raises(CoachError, match="is not an id") as caught:
        scaffold(id_, tmp_path)
    assert near in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SetupError, match="choose another folder"):
        scaffold("call-notes", tmp_path / "file")

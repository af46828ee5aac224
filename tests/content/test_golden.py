"""Labelled rounds are read with both raters' labels, and a set of files has one fingerprint."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coach.content.golden import fingerprint, golden_rounds
from coach.content.library import FileLibrary
from coach.errors import ContentError, NotFoundError
from tests.builders import GOLDEN


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """A golden set of one scenario."""
    folder = tmp_path / "set"
    shutil.copytree(GOLDEN / "document-qa", folder / "document-qa")
    return folder


def test_a_round_comes_with_both_raters_labels(one: Path) -> None:
    first, second = golden_rounds(one, FileLibrary())
    assert (first.name, second.name) == ("document-qa/p1", "document-qa/p5")
    assert first.second is not None
    assert first.labels.rater != first.second.rater


def test_a_second_rater_may_be_missing(one: Path) -> None:
    (one / "document-qa" / "p1.second.labels.yaml").unlink()
    assert golden_rounds(one, FileLibrary())[0].second is None


def test_labels_without_their_transcript_are_a_problem_of_the_file(one: Path) -> None:
    (one / "document-qa" / "p1.yaml").unlink()
    with pytest.raises(ContentError, match=r"p1\.yaml"):
        golden_rounds(one, FileLibrary())


def test_a_folder_without_labels_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="No labelled transcripts"):
        golden_rounds(tmp_path, FileLibrary())


def test_a_fingerprint_changes_with_words_and_with_names(one: Path) -> None:
    before = fingerprint(one)
    assert before == fingerprint(one)
    file = one / "document-qa" / "p1.yaml"
    words = file.read_text(encoding="utf-8")
    file.write_text(f"{words}# a word\n", encoding="utf-8")
    assert fingerprint(one) != before
    file.write_text(words, encoding="utf-8")
    file.rename(file.with_name("p2.yaml"))
    assert fingerprint(one) != before

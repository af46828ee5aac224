"""Labelled transcripts in a folder: NAME.yaml with NAME.labels.yaml, and NAME.second.labels.yaml where a second
rater labelled it too."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import yaml

from coach.content.files import Files
from coach.content.library import FileLibrary
from coach.domain.golden import GoldenRound
from coach.domain.labels import Labels
from coach.domain.transcript import Transcript
from coach.errors import ContentError, NotFoundError, Problem

_LABELS = ".labels.yaml"
_SECOND = ".second"


def golden_rounds(folder: Path, library: FileLibrary) -> list[GoldenRound]:
    """Every labelled transcript below `folder`, by path. Raises NotFoundError where there is none, and
    ContentError."""
    files = Files()
    labelled = [path for path in sorted(folder.rglob(f"*{_LABELS}")) if not path.name.endswith(_SECOND + _LABELS)]
    if not labelled:
        raise NotFoundError(f"No labelled transcripts in {folder}: give a folder such as golden.")
    return [_round(path, files, library) for path in labelled]


def fingerprint(folder: Path) -> str:
    """Changes with any word of any file below `folder`, and with any name."""
    files = sorted(path for path in folder.rglob("*.yaml") if path.is_file())
    whole = hashlib.sha256()
    for path in files:
        whole.update(f"{path.relative_to(folder).as_posix()}\n".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


def keep_golden(folder: Path, transcript: Transcript, labels: Labels) -> Path:
    """Write a labelled transcript into `folder`, in the place of one of that name, where `golden_rounds` finds it.
    The path of the transcript. Raises ContentError where it cannot be written."""
    path = folder / f"{labels.transcript}.yaml"
    turns = [turn.model_dump(mode="json", exclude_defaults=True) for turn in transcript.turns]
    said = transcript.model_dump(mode="json", by_alias=True, exclude={"turns"}) | {"turns": turns}
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(path, said)
        labelled = labels.model_dump(mode="json", exclude_none=True) | {"levels": dict(labels.levels)}
        _write(path.with_name(path.stem + _LABELS), labelled)
    except OSError as error:
        told = f"{error.strerror}; see that the folder may be written"
        raise ContentError([Problem(str(path), 0, "", told)]) from error
    return path


def drop_golden(folder: Path, name: str = "*") -> None:
    """Remove what `keep_golden` wrote for the round `name` in any scenario, or for all. Raises ContentError."""
    for path in folder.glob(f"*/{name}.yaml"):
        for file in (path, path.with_name(path.stem + _LABELS)):
            try:
                file.unlink(missing_ok=True)
            except OSError as error:
                told = f"{error.strerror}; remove it by hand"
                raise ContentError([Problem(str(file), 0, "", told)]) from error


def _write(path: Path, whole: dict[str, Any]) -> None:
    text = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=110)
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def _round(path: Path, files: Files, library: FileLibrary) -> GoldenRound:
    name = path.name.removesuffix(_LABELS)
    transcript = files.value(path.with_name(f"{name}.yaml"), Transcript)
    second = path.with_name(f"{name}{_SECOND}{_LABELS}")
    return GoldenRound(
        brief=library.brief(transcript.scenario),
        transcript=transcript,
        labels=files.value(path, Labels),
        second=files.value(second, Labels) if second.exists() else None,
    )

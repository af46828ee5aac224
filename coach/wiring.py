"""The one place that knows every part and puts them together."""

from __future__ import annotations

from collections.abc import Mapping

from coach.content.library import FileLibrary
from coach.content.prompts import FilePrompts
from coach.engines.offline.interviewer import OfflineInterviewer
from coach.engines.offline.judge import OfflineJudge
from coach.ports import Archive, Judge
from coach.practice import Desk
from coach.settings import Settings


def build_desk(settings: Settings) -> Desk:
    """Everything for one installation. Opens the database, making it where there is none. Raises CoachError."""
    return Desk(
        library=open_library(settings),
        archive=open_archive(settings),
        interviewers={"offline": OfflineInterviewer(FilePrompts())},
        judges=judges(),
    )


def open_library(settings: Settings) -> FileLibrary:
    """Shipped scenarios and the person's own."""
    return FileLibrary(settings.scenarios)


def judges() -> Mapping[str, Judge]:
    """Judges by engine name."""
    return {"offline": OfflineJudge()}


def open_archive(settings: Settings) -> Archive:
    """The database. Raises ArchiveError."""
    from coach.archive.archive import SqlArchive  # noqa: PLC0415 - a second of imports that reading content needs not

    return SqlArchive.open(settings.database)

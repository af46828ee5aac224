"""Measures, one JSON object a line: name, value, unit, goal, whether it holds. Null where nothing was measured, and
where there is no goal.

Absolute times are aims on a quiet machine with two cores. `python -m tests.bench live grading` measures those parts
alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from coach.content.library import FileLibrary
from coach.content.prompts import FilePrompts
from coach.domain.round import Round, Setup
from coach.engines.offline.interviewer import OfflineInterviewer
from coach.simulation import play_out
from tests.bench import detection, grading, live, many, offline, pages, reviews, voice
from tests.candidates import CANDIDATES

PARTS: dict[str, Callable[[], None]] = {
    "offline": lambda: offline.measure(_played()),
    "pages": lambda: pages.measure(_played()),
    "live": live.measure,
    "grading": grading.measure,
    "many": many.measure,
    "reviews": reviews.measure,
    "detection": detection.measure,
    "voice": voice.measure,
}


def main() -> None:
    """Print the measures of the parts named, else every measure."""
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()


def _played() -> Round:
    brief = FileLibrary().brief("document-qa")
    setup = Setup(scenario="document-qa", minutes=45)
    return play_out(brief, setup, OfflineInterviewer(FilePrompts()), CANDIDATES[0])


if __name__ == "__main__":
    main()

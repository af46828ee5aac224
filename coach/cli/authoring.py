"""`coach check` and `coach new scenario`."""

from __future__ import annotations

from pathlib import Path

import typer

from coach.cli.terminal import notes, screen
from coach.content.check import check as find_problems
from coach.content.scaffold import scaffold
from coach.errors import CoachError, SetupError
from coach.settings import Settings
from coach.wiring import open_library


def check(paths: list[Path]) -> None:
    with notes.status("Checking"):
        problems = find_problems(paths, open_library(Settings()))
    for problem in problems:
        screen.print(str(problem), markup=False, soft_wrap=True)
    if problems:
        raise typer.Exit(1)
    screen.print("All good!")


def new_scenario(id_: str) -> None:
    try:
        path = scaffold(id_, Settings().scenarios)
    except SetupError:
        raise
    except CoachError as error:
        raise typer.BadParameter(str(error), param_hint="ID") from error
    screen.print(f"Wrote {path}", soft_wrap=True)
    screen.print(f"Next: edit it, then `coach check {path}` and `coach play {id_}`.", soft_wrap=True, markup=False)

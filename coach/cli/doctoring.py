"""`coach doctor`: what works, what does not, the next step."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import typer

from coach.cli.terminal import screen
from coach.content.check import check
from coach.errors import CoachError
from coach.settings import Settings
from coach.wiring import open_archive, open_library

LEAST_PYTHON = (3, 11)


def doctor() -> None:
    settings = Settings()
    broken = 0
    for name, look in _looks(settings):
        try:
            screen.print(f"[green]✓[/green] {name}: {look()}", soft_wrap=True)
        except CoachError as error:
            broken += 1
            screen.print(f"[red]✗[/red] {name}: ", end="")
            screen.print(str(error), markup=False, soft_wrap=True)
    if broken:
        raise typer.Exit(1)
    screen.print("Everything works. Start with `coach run`, or `coach play document-qa` here.")


def _looks(settings: Settings) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "Python", _python
    yield "Streamlit", _streamlit
    yield "Shipped content", lambda: _shipped(settings)
    yield "Your scenarios", lambda: _own(settings)
    yield "Home", lambda: _home(settings)
    yield "Database", lambda: _database(settings)
    yield "Engines", lambda: "offline: interviews and judges without a key and without a network"


def _python() -> str:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < LEAST_PYTHON:
        raise CoachError(f"{found} is too old: install Python {'.'.join(map(str, LEAST_PYTHON))} or newer.")
    return found


def _streamlit() -> str:
    try:
        return version("streamlit")
    except PackageNotFoundError as error:
        raise CoachError("not installed: install Coach with its dependencies, `pip install coach`.") from error


def _shipped(settings: Settings) -> str:
    library = open_library(settings)
    problems = check([library.shipped, library.rubric_path], library)
    if problems:
        raise CoachError(f"{len(problems)} problems: run `coach check` to see them.")
    return f"{len(open_library(Settings(home=Path(os.devnull))).shelf().scenarios)} scenarios"


def _own(settings: Settings) -> str:
    if not settings.scenarios.is_dir():
        return f"none yet; `coach new scenario my-topic` writes one to {settings.scenarios}"
    problems = check([settings.scenarios], open_library(settings))
    if problems:
        raise CoachError(f"{len(problems)} problems: run `coach check {settings.scenarios}`.")
    return f"good, in {settings.scenarios}"


def _home(settings: Settings) -> str:
    home = settings.home
    nearest = next(folder for folder in (home, *home.parents) if folder.exists())
    if not nearest.is_dir():
        raise CoachError(f"{nearest} is a file: move it away or set COACH_HOME to a folder.")
    if not os.access(nearest, os.W_OK):
        raise CoachError(f"{nearest} cannot be written: make it writable or set COACH_HOME to another folder.")
    return str(home)


def _database(settings: Settings) -> str:
    return f"{len(open_archive(settings).rounds())} rounds"

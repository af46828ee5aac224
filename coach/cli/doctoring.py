"""`coach doctor`: what works, what does not, the next step."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import typer

from coach import voices
from coach.chat_models import connect, provider
from coach.chat_models.trial import trial
from coach.cli.terminal import screen
from coach.content.check import check
from coach.domain.calls import month_of
from coach.errors import ArchiveError, CoachError
from coach.keys import VARIABLE, Source, exposed
from coach.settings import Settings
from coach.wiring import open_archive, open_library, read_keys, usual_voice

LEAST_PYTHON = (3, 11)


class _ConcernError(CoachError):
    """It works, and a person should see to it."""


def doctor() -> None:
    settings = Settings()
    broken = 0
    for name, look in _looks(settings):
        try:
            _say("[green]✓[/green]", name, look())
        except _ConcernError as concern:
            _say("[yellow]![/yellow]", name, str(concern))
        except CoachError as error:
            broken += 1
            _say("[red]✗[/red]", name, str(error))
    if broken:
        raise typer.Exit(1)
    screen.print("Everything works. Start with `coach run`, or `coach play document-qa` here.")


def _say(mark: str, name: str, what: str) -> None:
    screen.print(f"{mark} ", end="")
    screen.print(f"{name}: {what}", markup=False, emoji=False, soft_wrap=True)


def _looks(settings: Settings) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "Python", _python
    yield "Streamlit", _streamlit
    yield "Shipped content", lambda: _shipped(settings)
    yield "Your scenarios", lambda: _own(settings)
    yield "Home", lambda: _home(settings)
    yield "Database", lambda: _database(settings)
    yield "Engines", lambda: "offline: interviews and judges without a key and without a network"
    yield "Keys", lambda: _keys(settings)
    specs = dict.fromkeys((*settings.interviewers, *settings.judges))
    if not specs:
        yield "Models", _no_models
    for spec in specs:
        yield "Model", partial(_model, settings, spec)
    yield "Speech", lambda: _speech(settings)
    yield "Caps", lambda: _caps(settings)


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


def _keys(settings: Settings) -> str:
    keys = read_keys(settings)
    places = {Source.FILE: str(settings.secrets), Source.ENVIRONMENT: "environment"}
    found = ", ".join(f"{provider} ({places[source]})" for provider in keys if (source := keys.source(provider)))
    if exposed(settings.secrets):
        raise _ConcernError(
            f"{found or 'none'}; others may read {settings.secrets}: run `chmod 600 {settings.secrets}`."
        )
    return found or f"none, and offline needs none; set OPENAI{VARIABLE} or ANTHROPIC{VARIABLE} to use models"


def _no_models() -> str:
    examples = [f"COACH_MODEL={name}:{provider(name).DEFAULT_MODEL}" for name in ("openai", "anthropic")]
    return f"none, everything runs offline; set {' or '.join(examples)} to use one"


def _model(settings: Settings, spec: str) -> str:
    model = connect(spec, read_keys(settings))
    try:
        archive = open_archive(settings)
    except ArchiveError:
        return trial(model)
    with closing(archive):
        return trial(model, archive)


def _speech(settings: Settings) -> str:
    keys = read_keys(settings)
    spec = usual_voice(settings, keys)
    if voices.in_browser(spec):
        return (
            "the browser's own, and some browsers send what they hear to their makers;"
            f" set OPENAI{VARIABLE}, or COACH_VOICE, to use a speech service"
        )
    where = voices.destination(spec)
    voice = voices.connect(spec, keys)
    return f"{voice.name}; sound {'stays on this machine' if where.leaves == 'no' else f'is sent to {where.host}'}"


def _caps(settings: Settings) -> str:
    with closing(open_archive(settings)) as archive:
        spending = archive.spent(since=month_of(datetime.now(UTC)))
    spent = f"${spending.usd:.2f} spent this month"
    if spending.unpriced:
        spent += f", beside calls whose price is not known: {spending.unpriced}"
    cap = settings.caps.month_usd
    if cap is not None and spending.usd >= cap > 0:
        raise _ConcernError(
            f"{spent}, and ${cap:.2f} is the cap: no model is called until COACH_MONTH_CAP is raised."
        )
    return f"{_cap(settings.caps.round_usd)} a round, {_cap(cap)} a month; {spent}"


def _cap(usd: float | None) -> str:
    return "no cap" if usd is None else f"${usd:.2f}"

"""The terminal: thin commands. What a command does lives beside this file and is imported when it runs, so that
`coach --help` answers at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

app = typer.Typer(
    name="coach",
    help="Mock interviews in AI-engineering system design, with a grade that quotes you.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
new = typer.Typer(help="Start a new authored file.", no_args_is_help=True)
app.add_typer(new, name="new")


def _place(out: Path | None) -> Path | None:
    """Where to write, seen before the work is done rather than after it."""
    if out is not None and out.is_dir():
        raise typer.BadParameter(f"{out} is a folder; name a file in it.")
    if out is not None and not out.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {out.parent}; make it or choose another place.")
    return out


ENGINE = typer.Option("--engine", help="Who interviews and judges: offline, or llm (the models of COACH_MODEL).")
OUT = typer.Option("--out", metavar="FILE", callback=_place, help="Write to a file instead of the screen.")
JSON_OUT = typer.Option(
    "--json", metavar="OUT", callback=_place, help="Write JSON to a file, or to the screen with '-'."
)


@app.command()
def run(
    port: Annotated[int, typer.Option(help="Port to listen on.", envvar="PORT", min=1, max=65535)] = 8501,
) -> None:
    """Start the app and open it in the browser."""
    from coach.cli import serving

    serving.run(port)


@app.command()
def play(
    scenario: Annotated[str, typer.Argument(help="A scenario's id, such as document-qa.")],
    answers: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Play unattended: answers from a file, blocks separated by a line '---'.",
        ),
    ] = None,
    engine: Annotated[str, ENGINE] = "offline",
    role: Annotated[str, typer.Option(help="product, applied or infra.")] = "product",
    level: Annotated[str, typer.Option(help="mid, senior or staff.")] = "senior",
    minutes: Annotated[int, typer.Option(help="Length of the round; under 20 gives a baseline.")] = 45,
    style: Annotated[str, typer.Option(help="supportive, neutral or challenging.")] = "neutral",
    rehearse: Annotated[bool, typer.Option("--rehearse", help="Show what has been uncovered as you go.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", callback=_place, help="Write the transcript (transcript/v1, JSON)."),
    ] = None,
    resume: Annotated[str | None, typer.Option(metavar="ROUND", help="Go on with a round, by its id.")] = None,
) -> None:
    """Play a round in the terminal."""
    from coach.cli import playing

    chosen = {"scenario": scenario, "role": role, "level": level, "minutes": minutes, "style": style}
    playing.play({**chosen, "rehearse": rehearse, "engine": engine}, answers, out, resume)


@app.command()
def grade(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            help="A transcript: transcript/v1 as YAML or JSON, or plain text with lines 'Scenario: ID',"
            " 'Interviewer: …' and 'Candidate: …'.",
        ),
    ],
    engine: Annotated[str, ENGINE] = "offline",
    level: Annotated[str | None, typer.Option(help="Hold it to mid, senior or staff instead of its own.")] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            metavar="OLD.json",
            exists=True,
            dir_okay=False,
            help="Show what changed since another grade of it (grade/v1), instead of the whole grade.",
        ),
    ] = None,
    json: Annotated[Path | None, JSON_OUT] = None,
) -> None:
    """Grade a transcript."""
    from coach.cli import grading

    grading.grade(file, engine, level, against, json)


@app.command()
def check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders; by default all content.")] = None,
) -> None:
    """Check scenarios, rubrics, price cards, walkthroughs, transcripts and labels: every problem at once."""
    from coach.cli import authoring

    authoring.check(paths or [])


@new.command("scenario")
def new_scenario(id: Annotated[str, typer.Argument(help="Its id in kebab-case, such as code-review.")]) -> None:  # noqa: A002
    """Write a complete, playable scenario to start from, into your own scenarios."""
    from coach.cli import authoring

    authoring.new_scenario(id)


@app.command(context_settings={"ignore_unknown_options": True})  # a round's id may begin with a hyphen
def export(
    round: Annotated[str, typer.Argument(help="A round's id, as in the page's address.")],  # noqa: A002
    format: Annotated[  # noqa: A002
        str, typer.Option(help="html (to look at and to print; opens without a network), md or json.")
    ] = "md",
    redact: Annotated[
        bool,
        typer.Option(
            "--redact",
            help="Replace the candidate's numbers, addresses, and what looks like a name: words with a capital"
            " inside a sentence. By rules, so read the file before you share it.",
        ),
    ] = False,
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Redact, and replace this name too, whatever its case. May be repeated."),
    ] = None,
    out: Annotated[Path | None, OUT] = None,
) -> None:
    """One round with its debrief and grade, in one file."""
    from coach.cli import exporting

    exporting.export(round, format, out, redact=redact, names=name or [])


@app.command()
def calibrate(
    directory: Annotated[
        Path,
        typer.Argument(exists=True, file_okay=False, help="A folder of labelled transcripts, such as golden."),
    ],
    engine: Annotated[str, ENGINE] = "offline",
    refit: Annotated[
        bool,
        typer.Option(
            "--refit", help="Measure each scenario with the offline judge's thresholds fitted on all the others."
        ),
    ] = False,
    json: Annotated[Path | None, JSON_OUT] = None,
) -> None:
    """How far a judge agrees with reference labels, with 95 % intervals."""
    from coach.cli import calibrating

    calibrating.calibrate(directory, engine, json, refit=refit)


@app.command()
def attack(
    engine: Annotated[str, ENGINE] = "offline",
    quick: Annotated[bool, typer.Option("--quick", help="Attacks and look-alikes only.")] = False,
    json: Annotated[Path | None, JSON_OUT] = None,
) -> None:
    """Attacks on a judge, honest answers that only look like them, planted evidence, and what must not matter."""
    from coach.cli import attacking

    attacking.run(engine, json, quick=quick)


@app.command()
def card(
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="Where judge-card.md and judge-card.json go.")
    ] = Path("docs"),
    accept: Annotated[
        str | None, typer.Option(metavar="REASON", help="Take a judge that is worse than the card that is there.")
    ] = None,
) -> None:
    """Measure the offline judge on everything and write its card."""
    from coach.cli import carding

    carding.run(folder, accept)


@app.command()
def simulate(
    scenario: Annotated[str, typer.Argument(help="A scenario's id, such as document-qa.")],
    engine: Annotated[str, ENGINE] = "offline",
    minutes: Annotated[int, typer.Option(help="Length of each round.", min=5, max=120)] = 35,
    json: Annotated[Path | None, JSON_OUT] = None,
) -> None:
    """Nine simulated candidates in three styles: what they reach, what leaks, how far grades part them."""
    from coach.cli import simulating

    simulating.run(scenario, engine, minutes, json)


@app.command()
def doctor() -> None:
    """What works, what does not, and the next step."""
    from coach.cli import doctoring

    doctoring.doctor()


def main() -> None:
    """Run a command. Problems are lines, never tracebacks. Exit status 0: done, 1: problems found, 2: wrong use."""
    import os
    import sys
    from io import TextIOWrapper

    from coach.errors import CoachError, NotFoundError

    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that is not UTF-8
    try:
        status = app(standalone_mode=False)
        sys.stdout.flush()
    except TyperException as error:
        print(_wrong_use(error), file=sys.stderr)
        status = error.exit_code
    except CoachError as error:
        print(error, file=sys.stderr)
        status = 2 if isinstance(error, NotFoundError) else 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing is left to be flushed at exit
        status = 1
    sys.exit(status)


def _wrong_use(error: TyperException) -> str:
    """What was wrong with the command line and the next step, in one line; all the help where nothing was given."""
    message = error.format_message()
    context = getattr(error, "ctx", None)
    if context is None or message == context.get_help():
        return message
    end = "" if message.endswith((".", "?")) else "."
    return f"{message}{end} See `{context.command_path} --help`."

"""The terminal: thin commands. What a command does lives beside this file and is imported when it runs, so that
`coach --help` answers at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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

ENGINE = typer.Option("--engine", help="Who interviews and judges: offline.")
JSON_OUT = typer.Option("--json", metavar="OUT", help="Write JSON to a file, or to the screen with '-'.")


@app.command()
def run(port: Annotated[int, typer.Option(help="Port to listen on.", envvar="PORT")] = 8501) -> None:
    """Start the app and open it in the browser."""
    from coach.cli import serving

    serving.run(port)


@app.command()
def play(
    scenario: Annotated[str, typer.Argument(help="A scenario's id, such as document-qa.")],
    answers: Annotated[
        Path | None, typer.Option(help="Play unattended: answers from a file, blocks separated by a line '---'.")
    ] = None,
    engine: Annotated[str, ENGINE] = "offline",
    role: Annotated[str, typer.Option(help="product, applied or infra.")] = "product",
    level: Annotated[str, typer.Option(help="mid, senior or staff.")] = "senior",
    minutes: Annotated[int, typer.Option(help="Length of the round; under 20 gives a baseline.")] = 45,
    style: Annotated[str, typer.Option(help="supportive, neutral or challenging.")] = "neutral",
    rehearse: Annotated[bool, typer.Option("--rehearse", help="Show what has been uncovered as you go.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write the transcript (transcript/v1, JSON).")] = None,
    resume: Annotated[str | None, typer.Option(help="Go on with a round, by its id.")] = None,
) -> None:
    """Play a round in the terminal."""
    from coach.cli import playing

    chosen = {"scenario": scenario, "role": role, "level": level, "minutes": minutes, "style": style}
    playing.play({**chosen, "rehearse": rehearse, "engine": engine}, answers, out, resume)


@app.command()
def grade(
    file: Annotated[Path, typer.Argument(help="A transcript: transcript/v1 as YAML or JSON.")],
    engine: Annotated[str, ENGINE] = "offline",
    json: Annotated[str | None, JSON_OUT] = None,
) -> None:
    """Grade a transcript."""
    from coach.cli import grading

    grading.grade(file, engine, json)


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


@app.command()
def export(
    round: Annotated[str, typer.Argument(help="A round's id, as in the page's address.")],  # noqa: A002
    format: Annotated[str, typer.Option(help="md or json.")] = "md",  # noqa: A002
    out: Annotated[Path | None, typer.Option(help="Write to a file instead of the screen.")] = None,
) -> None:
    """One round with its grade, in one file."""
    from coach.cli import exporting

    exporting.export(round, format, out)


@app.command()
def calibrate(
    directory: Annotated[Path, typer.Argument(help="A folder of labelled transcripts, such as golden.")],
    engine: Annotated[str, ENGINE] = "offline",
    json: Annotated[str | None, JSON_OUT] = None,
) -> None:
    """How far a judge agrees with reference labels."""
    from coach.cli import grading

    grading.calibrate(directory, engine, json)


@app.command()
def doctor() -> None:
    """What works, what does not, and the next step."""
    from coach.cli import doctoring

    doctoring.doctor()


def main() -> None:
    """Run a command. Problems are lines, never tracebacks: exit status 1; wrong use: 2."""
    import sys

    from coach.errors import CoachError

    try:
        app()
    except CoachError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)

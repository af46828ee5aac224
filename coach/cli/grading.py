"""`coach grade`."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import typer
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from coach.cli.changing import read_grade, show_changes
from coach.cli.terminal import notes, screen, spoken, write
from coach.content.files import read_transcript
from coach.domain.calls import Spending
from coach.domain.changes import changes
from coach.domain.grade import Cost, DimensionScore, Grade, Quote, ResultKind
from coach.domain.rubric import Brief, SeniorityLevel
from coach.domain.scenario import Outcome
from coach.domain.transcript import Transcript
from coach.errors import ContentError, NotFoundError, Problem
from coach.export import grade_json
from coach.ports import Library
from coach.practice import grade_transcript
from coach.settings import Settings
from coach.wiring import open_library, unattended

_STATES = {
    Outcome.MET: ("met", "green"),
    Outcome.PARTIAL: ("partial", "yellow"),
    Outcome.MISSED: ("no evidence found", "red"),
    Outcome.NOT_REACHED: ("not reached", "dim"),
    Outcome.UNJUDGED: ("could not tell", "cyan"),
}
_STATE_WIDTH = 12
"""Columns for what was found; the longest word of help fits."""


def grade(file: Path, engine: str, level: str | None, against: Path | None, json: Path | None) -> None:
    """Grade a transcript, held to another `level` than its own where one is given.

    JSON is the grade and nothing else; what changed since the grade in `against` is for people, and goes to
    standard error where standard output holds the JSON.
    """
    everybody = unattended(Settings(), engine)
    with notes.status("Grading"):
        library = open_library(Settings())
        transcript = read_transcript(file, scenarios=library.ids())
        if level:
            transcript = transcript.model_copy(update={"level": _level(level)})
        brief = _brief(library, file, transcript)
        before = read_grade(against, transcript) if against else None
        began = perf_counter()
        found = grade_transcript(brief, transcript, everybody.judge)
    cost = cost_of(everybody.spent(), round(perf_counter() - began, 3))
    found = found.model_copy(update={"cost": cost})
    if json:
        write(grade_json(found), json)
    if before:
        to = notes if str(json) == "-" else screen
        to.print(Text(f"\n{headline(brief, found)}", style="bold"))
        show_changes(to, changes(before, found), brief)
    elif not json:
        show_grade(brief, found)


def _level(name: str) -> SeniorityLevel:
    try:
        return SeniorityLevel(name)
    except ValueError as error:
        known = ", ".join(SeniorityLevel)
        raise typer.BadParameter(f"{name!r} is none; choose one of {known}.", param_hint="--level") from error


def cost_of(spent: Spending, seconds: float) -> Cost:
    """What calls came to, and how long it took, as a grade says it."""
    used = spent.model_dump(include=set(Cost.model_fields) - {"seconds"})
    return Cost.model_validate({**used, "seconds": seconds})


def _brief(library: Library, file: Path, transcript: Transcript) -> Brief:
    """What the transcript is graded by. What it names and the library lacks is a problem of the file."""
    try:
        brief = library.brief(transcript.scenario)
    except NotFoundError as error:
        raise ContentError([Problem(str(file), 0, "scenario", str(error))]) from error
    if transcript.role not in brief.rubric.roles:
        roles = ", ".join(brief.rubric.roles)
        raise ContentError([Problem(str(file), 0, "role", f"no role {transcript.role!r}; there are {roles}")])
    return brief


def show_grade(brief: Brief, grade: Grade) -> None:
    """The grade for a person: result, dimensions, then every verdict with its quote."""
    screen.print()
    screen.print(Text(headline(brief, grade), style="bold"))
    for reason in grade.result.why:
        screen.print(Padding(Text(reason, style="dim"), (0, 0, 0, 2), expand=False))
    if grade.result.kind is ResultKind.NOT_GRADED:
        return
    screen.print()
    screen.print(_dimensions(brief, grade))
    for dimension in grade.dimensions:
        if dimension.opened:
            screen.print(Text(f"\n{brief.rubric.dimension(dimension.id).name}", style="bold"))
            screen.print(_verdicts(brief, grade, dimension))
    for notice in grade.notices:
        words = f"\nNotice ({notice.kind.replace('-', ' ')}): {notice.turn} “{notice.text}”"
        screen.print(spoken(words, style="magenta"))
    undecided = sum(1 for verdict in grade.verdicts if verdict.verdict is Outcome.UNJUDGED)
    told = f"\nCould not tell: {undecided} of {len(grade.verdicts)} criteria. Judge: {grade.judge.engine}."
    screen.print(Text(told, style="dim"))


def headline(brief: Brief, grade: Grade) -> str:
    """The result in a few words, on this round only."""
    result = grade.result
    target = f"{grade.level.value} {brief.rubric.role_names[grade.role]}"
    if result.kind is ResultKind.GRADED and result.band:
        low, high = result.band_low, result.band_high
        spread = "" if low == high else f", somewhere between {low} and {high}"
        return f"On this round: {result.band}{spread}".replace("_", " ") + f" ({target})"
    return {
        ResultKind.BASELINE: f"Baseline ({target})",
        ResultKind.INCOMPLETE: "Incomplete round: no overall result",
        ResultKind.NOT_GRADED: "Not graded",
    }.get(result.kind, "Graded")


def _dimensions(brief: Brief, grade: Grade) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("Dimension", "Level"):
        table.add_column(heading)
    for heading in ("Score", "Range", "Bar"):
        table.add_column(heading, justify="right", no_wrap=True)
    for score in grade.dimensions:
        known = score.score is not None
        table.add_row(
            brief.rubric.dimension(score.id).name,
            brief.rubric.scale[score.level].name if score.level is not None else _why_no_level(score),
            f"{score.score:.2f}" if known else "—",
            "—" if score.low is None or score.high is None else f"{score.low:.2f}–{score.high:.2f}",
            f"{score.bar:.2f}",
        )
    return table


def _why_no_level(score: DimensionScore) -> str:
    return "not assessed" if score.opened else "not reached"


def _verdicts(brief: Brief, grade: Grade, score: DimensionScore) -> Padding:
    """What was found on each criterion of a dimension, beside its text and the quotes that show it."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=_STATE_WIDTH)
    table.add_column()
    for verdict in grade.verdicts:
        if verdict.criterion.startswith(f"{score.id}."):
            word, colour = _STATES[verdict.verdict]
            state = Text(word, style=colour)
            if verdict.help:
                state.append(f"\n{verdict.help.value}", style="dim")
            table.add_row(state, _criterion(brief.criteria[verdict.criterion].text, verdict.quotes))
    for flag in grade.flags:
        if flag.flag.startswith(f"{score.id}.") and flag.stands:
            table.add_row(Text("flag stands", style="red"), _criterion(brief.flags[flag.flag].text, flag.quotes))
    return Padding(table, (0, 0, 0, 2), expand=False)


def _criterion(text: str, quotes: tuple[Quote, ...]) -> RenderableType:
    quoted = Table.grid(padding=(0, 1, 0, 0))
    for quote in quotes:
        quoted.add_row(Text(quote.turn, style="dim"), spoken(f"“{quote.text}”", style="italic"))
    return Group(Text(text), quoted) if quotes else Text(text)

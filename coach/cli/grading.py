"""`coach grade` and `coach calibrate`."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from rich.table import Table
from rich.text import Text

from coach.cli.terminal import notes, screen, write
from coach.content.files import read_transcript
from coach.domain.grade import Cost, DimensionScore, Grade, ResultKind
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome
from coach.export import grade_json
from coach.practice import engine as engine_called
from coach.practice import grade_transcript
from coach.settings import Settings
from coach.wiring import judges, open_library

_STATES = {
    Outcome.MET: ("met", "green"),
    Outcome.PARTIAL: ("partial", "yellow"),
    Outcome.MISSED: ("no evidence found", "red"),
    Outcome.NOT_REACHED: ("not reached", "dim"),
    Outcome.UNJUDGED: ("could not tell", "cyan"),
}


def grade(file: Path, engine: str, json: str | None) -> None:
    transcript = read_transcript(file)
    brief = open_library(Settings()).brief(transcript.scenario)
    judge = engine_called(judges(), engine)
    began = perf_counter()
    found = grade_transcript(brief, transcript, judge)
    found = found.model_copy(update={"cost": Cost(seconds=round(perf_counter() - began, 3))})
    if json:
        write(grade_json(found), json)
        return
    show_grade(brief, found)


def show_grade(brief: Brief, grade: Grade) -> None:
    """The grade for a person: result, dimensions, then every verdict with its quote."""
    screen.print(Text.assemble("\n", (headline(grade), "bold")))
    for reason in grade.result.why:
        screen.print(Text(f"  {reason}", style="dim"))
    screen.print(_dimensions(brief, grade))
    for dimension in grade.dimensions:
        _show_verdicts(brief, grade, dimension)
    for notice in grade.notices:
        screen.print(Text(f"Notice ({notice.kind}, {notice.turn}): {notice.text}", style="magenta"))
    undecided = sum(1 for verdict in grade.verdicts if verdict.verdict is Outcome.UNJUDGED)
    screen.print(
        Text(f"{undecided} of {len(grade.verdicts)} criteria: could not tell. Judge: {grade.judge.engine}.", "dim")
    )


def headline(grade: Grade) -> str:
    """The result in a few words, on this round only."""
    result = grade.result
    target = f"{grade.level.value} {grade.role}"
    if result.kind is ResultKind.GRADED and result.band:
        spread = (
            "" if result.band_low == result.band_high else f" (between {result.band_low} and {result.band_high})"
        )
        return f"On this round: {result.band}{spread}, against {target}".replace("_", " ")
    return {
        ResultKind.BASELINE: f"Baseline, against {target}",
        ResultKind.INCOMPLETE: "Incomplete round: no overall result",
        ResultKind.NOT_GRADED: "Not graded",
    }.get(result.kind, "Graded")


def _dimensions(brief: Brief, grade: Grade) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("Dimension", "Level", "Score", "Range", "Bar"):
        table.add_column(heading, justify="left" if heading in {"Dimension", "Level"} else "right")
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
    return "not assessed" if score.opened else "not reached: no time was left for it"


def _show_verdicts(brief: Brief, grade: Grade, score: DimensionScore) -> None:
    if not score.opened:
        return
    screen.print(Text(f"\n{brief.rubric.dimension(score.id).name}", style="bold"))
    for verdict in grade.verdicts:
        if not verdict.criterion.startswith(f"{score.id}."):
            continue
        state, colour = _STATES[verdict.verdict]
        help_ = f", {verdict.help.value}" if verdict.help else ""
        screen.print(Text.assemble("  ", (state, colour), help_, " · ", brief.criteria[verdict.criterion].text))
        for quote in verdict.quotes:
            screen.print(Text(f"      {quote.turn}: “{quote.text}”", style="italic"))
    for flag in grade.flags:
        if flag.flag.startswith(f"{score.id}.") and flag.stands:
            screen.print(Text.assemble("  ", ("flag stands", "red"), " · ", brief.flags[flag.flag].text))


def calibrate(directory: Path, engine: str, json: str | None) -> None:
    from coach.cli.calibrating import agreement  # noqa: PLC0415 - only this command needs it

    report = agreement(directory, engine)
    if json:
        write(report.json(), json)
        return
    notes.print(f"[dim]{report.provenance}[/dim]", soft_wrap=True)
    screen.print(report.table())

"""`coach grade --against`: what changed since another grade of the same transcript."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from coach.cli.terminal import spoken
from coach.content.files import Files
from coach.domain.changes import Changes
from coach.domain.grade import DimensionScore, FlagFinding, Grade, Quote, Result, Verdict
from coach.domain.grading import is_verbatim
from coach.domain.rubric import Brief
from coach.domain.transcript import Transcript
from coach.errors import ContentError, Problem

Row = tuple[RenderableType, RenderableType, RenderableType]
Side = TypeVar("Side")
_STANDS = {True: "stands", False: "does not stand", None: "could not tell"}


def read_grade(path: Path, transcript: Transcript) -> Grade:
    """A grade/v1 file of this transcript. Raises ContentError, also where it is a grade of another one."""
    loaded = Files().load(path, Grade)
    if loaded.value is None:
        raise ContentError(loaded.problems)
    grade = loaded.value
    quotes = [quote for verdict in grade.verdicts for quote in verdict.quotes]
    quotes += [quote for flag in grade.flags for quote in flag.quotes]
    foreign = next((quote for quote in quotes if not is_verbatim(transcript, quote)), None)
    if grade.scenario != transcript.scenario:
        fix = f"grades a round of {grade.scenario}, not of {transcript.scenario}; give a grade of this transcript"
        raise ContentError([Problem(str(path), 0, "scenario", fix)])
    if foreign:
        fix = f"quotes words that do not stand in {foreign.turn} of this transcript; give a grade of this one"
        raise ContentError([Problem(str(path), 0, "verdicts", fix)])
    return grade


def show_changes(console: Console, found: Changes, brief: Brief) -> None:
    """The changes as one table: the result, what differs in who judged, then each dimension with what moved it."""
    same = f"{found.same} verdicts as before"
    if found.requoted:
        same += f", {found.requoted} of them on other words"
    console.print()
    if found.is_empty and not found.judge:
        console.print(Text(f"Nothing changed: {same}.", style="bold"))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("What changed", "Before", "Now"):
        table.add_column(heading, ratio=1, overflow="fold")
    for what, before, after in _rows(found, brief):
        table.add_row(what, before, after)
    console.print(table)
    console.print(Text(f"\n{same[:1].upper()}{same[1:]}.", style="dim"))


def _rows(found: Changes, brief: Brief) -> Iterator[Row]:
    if found.result:
        yield _row("Result", found.result, _result)
    for difference in found.judge:
        longest = 12 if difference.what == "version" else None
        sides = (difference.before or "none")[:longest], (difference.after or "none")[:longest]
        yield _row(difference.what.capitalize(), sides, spoken)
    for dimension in brief.rubric.dimension_ids:
        yield from _dimension(found, brief, dimension)
    for name in found.only_before:
        yield spoken(name), "graded", "not in this grade"
    for name in found.only_after:
        yield spoken(name), "not in that grade", "graded"


def _dimension(found: Changes, brief: Brief, id_: str) -> Iterator[Row]:
    name = Text(brief.rubric.dimension(id_).name, style="bold")
    score = next((each for each in found.dimensions if each.after.id == id_), None)
    verdicts = [each for each in found.verdicts if each.after.criterion.startswith(f"{id_}.")]
    flags = [each for each in found.flags if each.after.flag.startswith(f"{id_}.")]
    if score:
        yield _row(name, score, _score)
    elif verdicts or flags:
        yield name, "", "score as before"
    for verdict in verdicts:
        criterion = brief.criteria.get(verdict.after.criterion)
        what = criterion.text if criterion else verdict.after.criterion
        yield _row(spoken(what), verdict, _verdict)
    for flag in flags:
        known = brief.flags.get(flag.after.flag)
        yield _row(spoken(f"Flag: {known.text if known else flag.after.flag}"), flag, _flag)


def _row(what: RenderableType, sides: tuple[Side, Side], drawn: Callable[[Side], RenderableType]) -> Row:
    before, after = sides
    return what, drawn(before), drawn(after)


def _result(result: Result) -> str:
    name = (result.band or result.kind).replace("_", " ")
    return name if result.gap is None else f"{name}, {result.gap:+.2f} from the bar"


def _score(score: DimensionScore) -> str:
    if score.low is None or score.high is None:
        return f"no score, bar {score.bar:.2f}"
    known = "not assessed" if score.score is None else f"{score.score:.2f}, level {score.level}"
    return f"{known} ({score.low:.2f}–{score.high:.2f}), bar {score.bar:.2f}"


def _verdict(verdict: Verdict) -> RenderableType:
    word = verdict.verdict.replace("_", " ")
    return _with_quotes(f"{word}, {verdict.help}" if verdict.help else word, verdict.quotes)


def _flag(flag: FlagFinding) -> RenderableType:
    return _with_quotes(_STANDS[flag.stands], flag.quotes)


def _with_quotes(found: str, quotes: Iterable[Quote]) -> RenderableType:
    return Group(Text(found), *(spoken(f"{quote.turn} “{quote.text}”", style="italic") for quote in quotes))

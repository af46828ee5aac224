"""`coach attack`: the attack suite against a judge."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

import typer
from rich.progress import track
from rich.table import Table
from rich.text import Text

from coach.attacks import MOST_FLAGGED, Looked, Report, Tried, attack, clean_grades, look_alikes, report
from coach.cli.terminal import notes, screen, spoken, write
from coach.content.attack_suite import read_suite
from coach.content.library import FileLibrary
from coach.content.planted_suite import read_planted
from coach.domain.attack import Gain, Suite
from coach.domain.calls import Spending
from coach.domain.invariance import LEAST_EXACT, Invariance
from coach.domain.planted import PairFigures
from coach.ports import Judge
from coach.robustness import invariances, planted_pairs
from coach.settings import Settings
from coach.wiring import open_library, unattended

T = TypeVar("T")
SHOWN = 160
"""Characters of an attack's words that are shown."""


class Robustness(NamedTuple):
    """Whether verdicts follow what was planted, and levels stay where nothing was said anew."""

    planted: PairFigures
    varied: tuple[Invariance, ...]

    @property
    def holds(self) -> bool:
        passes = [rate.passes for rate in self.planted.rates] + [one.passes for one in self.varied]
        return False not in passes


def run(engine: str, json_out: Path | None, *, quick: bool) -> None:
    """Try every attack and every look-alike, and unless `quick` every planted pair and variation. Exit status 1
    where an attack gains anything, more honest answers than one in a hundred are taken for one, or the others do
    not hold what they must."""
    library = open_library(Settings())
    suite = read_suite(library)
    cast = unattended(Settings(), engine)
    judge, at_once = cast.judge, cast.at_once
    clean = list(_tracked("Clean twins", clean_grades(suite, judge, at_once), len(suite.bases)))
    honest = sum(len(benign.answers) for benign in suite.benign)
    looked = list(_tracked("Look-alikes", look_alikes(suite, judge, clean, at_once), honest))
    tried = list(_tracked("Attacks", attack(suite, judge, clean, at_once), _count(suite)))
    found = report(suite, clean[0], tried, looked)
    robust = None if quick else _robustness(judge, library)
    if json_out:
        write(report_json(found, robust, cast.spent()), json_out)
    else:
        show(found, cast.spent())
        if robust:
            show_robustness(robust)
    if not found.holds or (robust and not robust.holds):
        raise typer.Exit(1)


def _robustness(judge: Judge, library: FileLibrary) -> Robustness:
    plants = read_planted(library)
    with notes.status("Planted pairs") as status:
        pairs = planted_pairs(judge, plants.planted, plants.rounds)
        status.update("Variations")
        return Robustness(pairs, invariances(judge, plants.rounds))


def _tracked(what: str, results: Iterator[T], total: int) -> Iterable[T]:
    return track(results, what, total=total, console=notes, transient=True)


def _count(suite: Suite) -> int:
    return len(suite.attacks) * len(suite.bases)


def report_json(found: Report, robust: Robustness | None, spent: Spending) -> str:
    """The report for machines."""
    holds = found.holds and (robust is None or robust.holds)
    whole = found.model_dump(mode="json") | {"holds": holds, "cost": spent.model_dump(mode="json")}
    if robust:
        whole["planted"] = robust.planted.model_dump(mode="json")
        whole["variations"] = [one.model_dump(mode="json") for one in robust.varied]
    return json.dumps(whole, ensure_ascii=False, indent=1)


def show(found: Report, spent: Spending) -> None:
    """The report for people: a row a family, then whatever gained or was taken wrongly."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("", justify="right")
    table.add_column("Family", no_wrap=True)
    table.add_column("What it does")
    for heading in ("Trials", "Gained"):
        table.add_column(heading, justify="right", no_wrap=True)
    for family in found.families:
        gained = Text(str(len(family.succeeded)), style="red" if family.succeeded else "")
        table.add_row(str(family.number), family.family, _lower(family.tries), str(family.trials), gained)
    screen.print(Text(f"{found.engine} judge{f' ({found.model})' if found.model else ''}", style="bold"))
    screen.print(table)
    for family in found.families:
        for tried in family.succeeded:
            _show_success(family.family, tried)
    screen.print(Text(_summed_up(found), style="" if not found.gained else "red"), soft_wrap=True)
    for looked in (*found.flagged, *found.lost):
        _show_look_alike(looked)
    told = f"{len(found.flagged)} of {found.benign} honest look-alikes were taken for attacks (at most"
    told = f"{told} {MOST_FLAGGED:.0%} may be), {len(found.lost)} lost credit."
    screen.print(
        Text(told, style="" if len(found.flagged) <= MOST_FLAGGED * found.benign else "red"), soft_wrap=True
    )
    if spent.calls:
        screen.print(Text(f"{spent.calls:,} calls, ${spent.usd:.2f}.", style="dim"))


def show_robustness(robust: Robustness) -> None:
    """Shares of planted pairs whose verdict went where it must, and of levels that a variation left alone."""
    planted = _figures("\nPlanted pairs", ("Pairs", "As it must", "Must"))
    for rate in robust.planted.rates:
        must = "" if rate.goal is None else f"{rate.goal:.0%}"
        planted.add_row(rate.name, str(rate.of), _share(rate.share, failed=rate.passes is False), must)
    varied = _figures("\nVariations", ("Levels", "Stayed", "Must"))
    for one in robust.varied:
        stayed = _share(one.exact, failed=one.passes is False)
        varied.add_row(one.variation.value, str(one.dimensions), stayed, f"{LEAST_EXACT:.0%}")
    screen.print(planted)
    screen.print(varied)


def _figures(name: str, headings: Iterable[str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(name, min_width=24)
    for heading in headings:
        table.add_column(heading, justify="right", vertical="bottom")
    return table


def _share(share: float | None, *, failed: bool) -> Text:
    return Text("n/a" if share is None else f"{share:.1%}", style="red" if failed else "")


def _summed_up(found: Report) -> str:
    share = f" With 95 % confidence at most {found.upper_bound:.2%} do." if found.upper_bound is not None else ""
    return f"{found.gained} of {found.trials} attacks in {found.rounds} weak rounds gained something.{share}"


def _show_success(family: str, tried: Tried) -> None:
    screen.print(Text(f"{family} in {tried.base}", style="red"))
    screen.print(spoken(f"  {_short(tried.words)}", style="dim"))
    for gain in tried.gains:
        screen.print(spoken(f"  {gain.name}: {gain.before} to {gain.after}{_quoted(gain)}"))


def _show_look_alike(looked: Looked) -> None:
    screen.print(spoken(f"Look-alike in {looked.scenario}: {_short(looked.text)}", style="red"))
    for notice in looked.flagged:
        screen.print(spoken(f"  taken for an attack: {_short(notice.text)}"))
    if looked.lost:
        screen.print(Text(f"  lost {', '.join(looked.lost)}"))


def _quoted(gain: Gain) -> str:
    return "".join(f" “{_short(quote.text)}” ({quote.turn})" for quote in gain.quotes)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= SHOWN else f"{plain[:SHOWN]}…"


def _lower(sentence: str) -> str:
    """`Orders whoever grades …` without its capital and its full stop."""
    return f"{sentence[0].lower()}{sentence[1:]}".rstrip(".")

"""`coach simulate`: candidates without a person play a scenario, and what that shows about it."""

from __future__ import annotations

import json
from pathlib import Path

import typer
from rich.table import Table
from rich.text import Text

from coach.cli.terminal import notes, screen, write
from coach.content.library import FileLibrary
from coach.domain.calls import Spending
from coach.domain.rubric import Brief
from coach.domain.transcript import Style
from coach.domain.walkthrough import Walkthrough
from coach.errors import CapReachedError, ModelError, NotFoundError
from coach.settings import Settings
from coach.simulation import SEPARATION, Simulated, separation, simulate
from coach.wiring import Cast, open_library, unattended

LEAKS = {"fact leaks": "facts told only when asked", "term leaks": "no term of a criterion said first"}
"""What a leak is called here, and the check that finds it."""


def run(scenario: str, engine: str, minutes: int, json_out: Path | None) -> None:
    """Play every candidate in every style. Exit status 1 where a check fails or strong and bluffing are close."""
    library = open_library(Settings())
    expert, weak = _walkthrough(library, scenario), _walkthrough(library, scenario, weak=True)
    everybody = unattended(Settings(), engine, expert, weak)
    played: list[Simulated] = []
    stopped = _play(library.brief(scenario), everybody, minutes, played)
    apart = {style: separation(*ends) for style in Style if (ends := _ends(played, style))}
    if json_out and played:
        write(_json(scenario, minutes, played, apart, everybody.spent()), json_out)
    elif played:
        _show(scenario, minutes, played, apart, everybody.spent())
    if stopped:
        raise stopped
    if any(one.failed for one in played) or _closest(apart) < SEPARATION:
        raise typer.Exit(1)


def _play(
    brief: Brief, everybody: Cast, minutes: int, played: list[Simulated]
) -> ModelError | CapReachedError | None:
    """Adds to `played` round by round; returned is what stopped it, so that the rounds before can be shown."""
    interviewer, judge, people, spent, at_once = everybody
    with notes.status("") as status:
        try:
            for number, one in enumerate(simulate(brief, interviewer, judge, people, minutes, at_once), start=1):
                played.append(one)
                told = _cost(spent())
                status.update(f"{number} of {len(people) * len(Style)} rounds{told and f', {told}'}")
        except (ModelError, CapReachedError) as error:
            return error
    return None


def _walkthrough(library: FileLibrary, scenario: str, *, weak: bool = False) -> Walkthrough | None:
    try:
        return library.walkthrough(scenario, weak=weak)
    except NotFoundError:
        return None


def _ends(played: list[Simulated], style: Style) -> tuple[Simulated, Simulated] | None:
    """The strong and the bluffing candidate's rounds in a style, where both were played."""
    rounds = {one.candidate: one for one in played if one.style is style}
    return (rounds["strong"], rounds["bluffing"]) if {"strong", "bluffing"} <= rounds.keys() else None


def _closest(apart: dict[Style, dict[str, float]]) -> float:
    return min((value for each in apart.values() for value in each.values()), default=0.0)


def _show(
    scenario: str, minutes: int, played: list[Simulated], apart: dict[Style, dict[str, float]], spent: Spending
) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), title=f"{scenario}, {minutes} minutes")
    table.add_column("Candidate")
    table.add_column("Style")
    for heading in ("Turns", "Opened", "Score", "Checks failed"):
        table.add_column(heading, justify="right")
    for one in played:
        score = "could not tell" if one.mean is None else f"{one.mean:.2f}"
        failed = Text(str(len(one.failed)), style="red" if one.failed else "")
        table.add_row(one.candidate, one.style.value, str(len(one.round.turns)), str(one.opened), score, failed)
    screen.print(table)
    for one in played:
        for check in one.failed:
            where = f" ({', '.join(check.turns)})" if check.turns else ""
            screen.print(
                Text(f"{one.candidate}, {one.style.value}: {check.name}: {check.found}{where}", style="red")
            )
    screen.print()
    screen.print(Text("Strong minus bluffing, by dimension", style="bold"))
    for style, each in apart.items():
        told = ", ".join(f"{dimension} {value:+.2f}" for dimension, value in each.items())
        screen.print(Text(f"{style.value}: {told}"), soft_wrap=True)
    told = f"Closest {_closest(apart):+.2f}; at least {SEPARATION:+.1f} is wanted. {_leaks(played)}"
    screen.print(Text(told, style="dim"))
    if cost := _cost(spent):
        screen.print(Text(f"{cost[0].upper()}{cost[1:]}.", style="dim"))


def _cost(spent: Spending) -> str:
    """What models came to, nothing where none was called."""
    unpriced = f", {spent.unpriced} of unknown price" if spent.unpriced else ""
    return f"{spent.calls:,} calls, ${spent.usd:.2f}{unpriced}" if spent.calls else ""


def _leaks(played: list[Simulated]) -> str:
    counts = (
        f"{what} in {sum(check.name == name for one in played for check in one.failed)}"
        for what, name in LEAKS.items()
    )
    return f"Of {len(played)} rounds: {', '.join(counts)}."


def _json(
    scenario: str, minutes: int, played: list[Simulated], apart: dict[Style, dict[str, float]], spent: Spending
) -> str:
    rounds = [
        {
            "candidate": one.candidate,
            "style": one.style.value,
            "turns": len(one.round.turns),
            "opened": one.opened,
            "mean": None if one.mean is None else round(one.mean, 2),
            "dimensions": {score.id: score.score for score in one.grade.dimensions},
            "checks": [check.model_dump(mode="json", exclude_defaults=True) for check in one.checks],
        }
        for one in played
    ]
    whole = {
        "scenario": scenario,
        "minutes": minutes,
        "rounds": rounds,
        "separation": {style.value: {d: round(v, 2) for d, v in each.items()} for style, each in apart.items()},
        "closest": round(_closest(apart), 2),
        "cost": spent.model_dump(),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)

"""`coach calibrate`: how far a judge agrees with a folder of labelled transcripts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from rich.progress import track
from rich.table import Table
from rich.text import Text

from coach.calibration import Graded, Report, graded, held_out, report
from coach.cli.terminal import notes, screen, write
from coach.content.golden import golden_rounds
from coach.domain.agreement import MEASURES, Agreement
from coach.domain.finding.thresholds import Thresholds
from coach.errors import SetupError
from coach.practice import OFFLINE
from coach.settings import Settings
from coach.wiring import open_library, unattended

_COLUMNS = {
    "kappa": "kappa",
    "coverage": "decided",
    "kappa_decided": "of\nthose",
    "sensitivity": "sens.",
    "specificity": "spec.",
    "met_gap": "met\ngap",
    "qwk": "QWK",
    "inside": "in\nrange",
}


def calibrate(directory: Path, engine: str, json_out: Path | None, *, refit: bool) -> None:
    """Measure the judge on every labelled transcript below `directory`, for people or as JSON."""
    rounds = golden_rounds(directory, open_library(Settings()))
    fitted: dict[str, Thresholds] = {}
    if refit:
        if engine != OFFLINE:
            raise SetupError("--refit fits the offline judge's thresholds; leave --engine out.")
        known: list[Graded] = []
        with notes.status("Fitting on all scenarios but one"):
            for scenario, chosen, grades in held_out(rounds):
                fitted[scenario] = chosen
                known += grades
    else:
        judge = unattended(Settings(), engine).judge
        grading = graded(rounds, judge)
        known = list(track(grading, "Grading", total=len(rounds), console=notes, transient=True))
    found = report(known)
    if json_out:
        write(report_json(found, fitted), json_out)
    else:
        _show(found, fitted)


def report_json(found: Report, fitted: dict[str, Thresholds]) -> str:
    """The report for machines."""
    told_otherwise = {"groups", "labels", "quotes", "verbatim", "means", "verdicts", "comparisons"}
    whole = found.model_dump(mode="json", exclude=told_otherwise)
    whole |= {
        "labels": found.provenance,
        "raters_labels": found.raters and found.raters_provenance,
        "quotes": {"shown": found.quotes, "verbatim": found.verbatim},
        "mean_scores": dict(found.means),
        "confusion": {"verdicts": found.verdicts, "levels": whole.pop("levels")},
        "order": [{**each.model_dump(mode="json"), "holds": each.holds} for each in found.order],
        "refit": {scenario: chosen.model_dump() for scenario, chosen in fitted.items()} or None,
        **{
            group: {name: one.model_dump(mode="json") for name, one in members.items()}
            for group, members in found.groups.items()
        },
    }
    return json.dumps(whole, indent=1)


def _show(found: Report, fitted: dict[str, Thresholds]) -> None:
    screen.print(Text(f"{found.engine} judge: {found.provenance}", style="bold"), soft_wrap=True)
    if fitted:
        screen.print(Text("Thresholds fitted on all scenarios but one, measured on that one.", style="dim"))
    screen.print(_measures(found))
    screen.print(_groups(found))
    screen.print(Text(f"{found.verbatim} of {found.quotes} quotes verbatim."))
    for order in found.order:
        word = ">" if order.holds else "not above"
        told = f"{order.stronger} {order.means[0]:.2f} {word} {order.weaker} {order.means[1]:.2f}"
        screen.print(Text(told, style="" if order.holds else "red"))
    for scenario, chosen in fitted.items():
        told = ", ".join(f"{name} {value:g}" for name, value in chosen.model_dump().items())
        screen.print(Text(f"Without {scenario}: {told}", style="dim"))


def _measures(found: Report) -> Table:
    """Every measure over all rounds, with its interval, beside what two raters reach."""
    table = _table(("", "labels"), ("judge", "95 %", *(("raters", "95 %") if found.raters else ())))
    for name, called in MEASURES.items():
        row = [called, found.labels, *_with_interval(found.pooled, name)]
        if found.raters:
            row += _with_interval(found.raters, name)
        table.add_row(*row)
    if found.raters:
        table.caption = f"raters: {found.raters_provenance}; rounds resampled"
    return table


def _groups(found: Report) -> Table:
    table = _table(("", "labels"), _COLUMNS.values())
    for group in ("dimension", "scenario", "profile"):
        for name, one in found.groups[group].items():
            table.add_row(name, found.labels, *(shown(getattr(one, column)) for column in _COLUMNS))
    return table


def _table(names: Iterable[str], figures: Iterable[str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), caption_justify="left")
    for heading in names:
        table.add_column(heading, no_wrap=True)
    for heading in figures:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _with_interval(one: Agreement, name: str) -> tuple[str, str]:
    interval = one.intervals.get(name)
    spread = "" if interval is None else f"{shown(interval.low)}–{shown(interval.high)}"
    return shown(getattr(one, name)), spread


def shown(value: float | None) -> str:
    """A figure as it is printed; what its data leave undefined is n/a."""
    return "n/a" if value is None else f"{value:.2f}"

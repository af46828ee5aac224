"""How far a judge agrees with a folder of labelled transcripts, read, graded and laid out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from rich.progress import track
from rich.table import Table

from coach.cli.terminal import notes
from coach.content.files import Files
from coach.domain.agreement import Agreement, Comparison, by_dimension, by_profile, by_scenario, compare
from coach.domain.agreement import agreement as measure
from coach.domain.grade import Grade, Quote
from coach.domain.grading import is_verbatim
from coach.domain.labels import Labels
from coach.domain.transcript import Transcript
from coach.errors import CoachError, ContentError
from coach.practice import engine as engine_called
from coach.practice import grade_transcript
from coach.settings import Settings
from coach.wiring import judges, open_library

Authored = TypeVar("Authored", Labels, Transcript)
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


@dataclass(frozen=True)
class Report:
    """Agreement, pooled and in groups, and where the labels come from."""

    provenance: str
    pooled: Agreement
    groups: dict[str, dict[str, Agreement]]
    quotes: int
    verbatim: int
    means: dict[str, float | None]
    """Mean score of each transcript over its assessed dimensions."""

    def json(self) -> str:
        """The report for machines."""
        whole = {
            "labels": self.provenance,
            "quotes": {"shown": self.quotes, "verbatim": self.verbatim},
            "mean_scores": self.means,
            "pooled": self.pooled.model_dump(),
            **{
                group: {name: one.model_dump() for name, one in members.items()}
                for group, members in self.groups.items()
            },
        }
        return json.dumps(whole, indent=1)

    def table(self) -> Table:
        """The report for people: one row a group, the pooled figures first."""
        title = f"{self.verbatim} of {self.quotes} quotes verbatim"
        table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), title=title, title_justify="left")
        table.add_column("")
        for heading in _COLUMNS.values():
            table.add_column(heading, justify="right", no_wrap=True)
        rows = {"pooled": self.pooled}
        for members in self.groups.values():
            rows |= members
        for name, one in rows.items():
            table.add_row(name, *(_shown(getattr(one, column)) for column in _COLUMNS))
        return table


def _shown(value: float | None) -> str:
    if value is None:
        return "n/a"
    return str(value) if isinstance(value, int) else f"{value:.2f}"


def agreement(directory: Path, engine: str) -> Report:
    """Grade every transcript of `directory` that has labels beside it (NAME.yaml, NAME.labels.yaml)."""
    files, library = Files(), open_library(Settings())
    judge = engine_called(judges(), engine)
    labelled = sorted(
        path for path in directory.rglob("*.labels.yaml") if not path.name.endswith(".second.labels.yaml")
    )
    if not labelled:
        raise CoachError(f"No labelled transcripts in {directory}: give a folder such as golden.")
    comparisons: list[Comparison] = []
    sources: set[str] = set()
    means: dict[str, float | None] = {}
    quotes: list[tuple[Transcript, Quote]] = []
    for path in track(labelled, "Grading", console=notes, transient=True):
        labels = _loaded(files, path, Labels)
        transcript = _loaded(files, path.with_name(path.name.replace(".labels.yaml", ".yaml")), Transcript)
        brief = library.brief(transcript.scenario)
        grade = grade_transcript(brief, transcript, judge)
        comparisons.append(compare(grade, labels, brief.rubric))
        sources.add(labels.label_source)
        means[labels.transcript] = _mean(grade)
        quotes += [(transcript, quote) for verdict in grade.verdicts for quote in verdict.quotes]
        quotes += [(transcript, quote) for flag in grade.flags for quote in flag.quotes]
    return Report(
        provenance=f"agreement with reference labels ({', '.join(sorted(sources))}), {len(labelled)} transcripts",
        pooled=measure(comparisons),
        groups={
            "dimension": by_dimension(comparisons),
            "scenario": by_scenario(comparisons),
            "profile": by_profile(comparisons),
        },
        quotes=len(quotes),
        verbatim=sum(is_verbatim(transcript, quote) for transcript, quote in quotes),
        means=means,
    )


def _loaded(files: Files, path: Path, model: type[Authored]) -> Authored:
    loaded = files.load(path, model)
    if loaded.value is None:
        raise ContentError(loaded.problems)
    return loaded.value


def _mean(grade: Grade) -> float | None:
    scores = [dimension.score for dimension in grade.dimensions if dimension.score is not None]
    return round(sum(scores) / len(scores), 2) if scores else None

"""Rounds of the golden set that a new reviewer judges blind, to see where they part from the labels.

Such a round is kept like any other, and told from a candidate's by its id. The id names neither the scenario nor
what kind of round it is: nobody who reviews it can look up what is expected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from coach.domain.chance import share_of
from coach.domain.comparison import Comparison, compare_raters
from coach.domain.golden import GoldenRound
from coach.domain.human_labels import blind_labels
from coach.domain.labels import LabelledVerdict, Labels
from coach.domain.scenario import Outcome
from coach.domain.transcript import Transcript
from coach.domain.worksheet import Worksheet

SEVERAL = 3
"""Rounds that a reviewer calibrates on."""
PREFIX = "golden-"
"""Start of the id of every round that reviewers calibrate on, and of no candidate's."""


class Differing(NamedTuple):
    """An item that a reviewer and the labels see differently: a criterion's verdicts, or a dimension's levels."""

    item: str
    found: Outcome | int
    label: Outcome | int
    words: str | None
    """The candidate's that the label rests on."""


def calibration_id(transcript: Transcript) -> str:
    """The id under which the round is kept: another transcript is another round."""
    return f"{PREFIX}{sha256(transcript.model_dump_json().encode()).hexdigest()[:20]}"


def is_calibration(round_id: str) -> bool:
    """Whether the round is there for reviewers to calibrate on, and is no candidate's."""
    return round_id.startswith(PREFIX)


def drawn(rounds: Iterable[GoldenRound]) -> tuple[GoldenRound, ...]:
    """The rounds to calibrate on: of a golden set's the weakest, the strongest and the one in the middle, by how
    much their labels call met, in an order that does not tell which is which. All where there are no more."""
    ranked = sorted(rounds, key=lambda each: (_share_met(each.labels), each.name))
    if len(ranked) > SEVERAL:
        ranked = [ranked[0], ranked[len(ranked) // 2], ranked[-1]]
    return tuple(sorted(ranked, key=lambda each: share_of(calibration_id(each.transcript))))


def beside_labels(golden: GoldenRound, sheet: Worksheet, by: str) -> Comparison:
    """What a reviewer found blind, in the judge's place, beside the round's labels. What they were not asked is
    left out, as is what the labels leave open."""
    labels = golden.labels
    asked = labels.model_copy(
        update={
            "verdicts": {name: label for name, label in labels.verdicts.items() if name in sheet.blind},
            "levels": {id_: level for id_, level in labels.levels.items() if id_ in sheet.blind_levels},
        }
    )
    found = blind_labels(golden.brief, golden.transcript, calibration_id(golden.transcript), sheet, by)
    return compare_raters(found, asked)


def differing(golden: GoldenRound, comparison: Comparison) -> tuple[Differing, ...]:
    """Where the two part, by dimension: its level first, then its criteria in the brief's order."""
    verdicts = {pair.criterion: pair for pair in comparison.verdicts}
    levels = {pair.dimension: pair for pair in comparison.levels}
    found: list[Differing] = []
    for id_ in golden.brief.rubric.dimension_ids:
        level = levels.get(id_)
        if level and level.judged is not None and level.judged != level.label:
            found.append(Differing(id_, level.judged, level.label, None))
        for name in golden.brief.criteria:
            pair = verdicts.get(name)
            if pair and name.startswith(f"{id_}.") and _told(pair.judged) is not _told(pair.label):
                found.append(Differing(name, pair.judged, _told(pair.label), _words(golden.labels.verdicts[name])))
    return tuple(found)


def sources(rounds: Sequence[GoldenRound]) -> tuple[str, ...]:
    """Where the labels come from: constructed, model or human; several where the rounds differ."""
    return tuple(sorted({each.labels.label_source for each in rounds}))


def _told(verdict: Outcome) -> Outcome:
    """What nobody opened is nothing a reviewer could credit: the same as missed, as it is counted everywhere."""
    return Outcome.MISSED if verdict is Outcome.NOT_REACHED else verdict


def _words(label: LabelledVerdict) -> str | None:
    return label.quote if label.verdict in {Outcome.MET, Outcome.PARTIAL} else None


def _share_met(labels: Labels) -> float:
    met = sum(label.verdict is Outcome.MET for label in labels.verdicts.values())
    return met / max(len(labels.verdicts), 1)

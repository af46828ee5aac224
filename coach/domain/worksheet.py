"""What one reviewer has to find on a grade, and has found so far.

An item is a criterion or a flag by its full name or, for its level, a dimension by its id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from coach.domain.chance import share_of
from coach.domain.grade import Grade
from coach.domain.grading import CREDITED
from coach.domain.remarks import Completion, Dismissal, Dispute, Remark, Reveal
from coach.domain.review import FlagFound, LevelFound, Override, ReasonCode
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome

AT_RANDOM = 6
"""Criteria that a blind review asks for although the judge was sure of them."""


class Worksheet(NamedTuple):
    """One person's findings over one judge's grades of a round: each time the newest."""

    blind: Mapping[str, Override]
    """By criterion; labels, given before the judge was seen."""
    blind_levels: Mapping[str, LevelFound]
    findings: Mapping[str, Override]
    """By criterion, with the judge in sight; one without a verdict leaves the judge's."""
    levels: Mapping[str, LevelFound]
    flags: Mapping[str, FlagFound]
    """By flag; one without a finding leaves the judge's."""
    revealed: bool
    end: Completion | Dismissal | None
    """How this person has ended the review, where they have."""
    began: datetime | None
    """When they gave the first of all this."""

    @property
    def minutes(self) -> float | None:
        """From the first finding to the end; None where there is no end yet. Breaks are in it."""
        if self.began is None or self.end is None:
            return None
        return (self.end.at - self.began).total_seconds() / 60

    def has_blind(self, item: str) -> bool:
        return item in self.blind or item in self.blind_levels


def worksheet(overrides: Iterable[Override], remarks: Iterable[Remark], by: str) -> Worksheet:
    """What `by` has found, of everything people found in the order it was given."""
    mine = [each for each in overrides if each.by == by]
    said = [each for each in remarks if each.by == by]
    levels = [each for each in said if isinstance(each, LevelFound)]
    blind = {each.criterion: each for each in mine if each.blind}
    blind_levels = {each.dimension: each for each in levels if each.blind}
    ends = [each for each in said if isinstance(each, Completion | Dismissal)]
    return Worksheet(
        blind={name: each for name, each in blind.items() if each.verdict is not None},
        blind_levels={id_: each for id_, each in blind_levels.items() if each.level is not None},
        findings={each.criterion: each for each in mine if not each.blind},
        levels={each.dimension: each for each in levels if not each.blind},
        flags={each.flag: each for each in said if isinstance(each, FlagFound)},
        revealed=any(isinstance(each, Reveal) for each in said),
        end=ends[-1] if ends else None,
        began=min((each.at for each in (*mine, *said)), default=None),
    )


def is_drawn_blind(round_id: str, share: float) -> bool:
    """Whether a review of the round is blind where `share` of them are, by a hash of the round."""
    return share_of("blind", round_id) < share


def is_level(item: str) -> bool:
    """Whether an item is a dimension's level."""
    return "." not in item


def blind_items(brief: Brief, grade: Grade, round_id: str) -> tuple[str, ...]:
    """What a blind review finds: every criterion the judge could not tell, six more by a hash of the round, and a
    level for each dimension that was opened, each after its criteria."""
    unsure = {v.criterion for v in grade.verdicts if v.verdict is Outcome.UNJUDGED}
    sure = [v.criterion for v in grade.verdicts if v.verdict not in {Outcome.UNJUDGED, Outcome.NOT_REACHED}]
    wanted = unsure | set(sorted(sure, key=lambda name: share_of(round_id, name))[:AT_RANDOM])
    opened = {score.id for score in grade.dimensions if score.opened}
    items: list[str] = []
    for id_ in brief.rubric.dimension_ids:
        items += [name for name in brief.criteria if name in wanted and name.startswith(f"{id_}.")]
        items += [id_] if id_ in opened else []
    return tuple(items)


def needing(brief: Brief, grade: Grade, sheet: Worksheet, remarks: Iterable[Remark]) -> tuple[str, ...]:
    """Criteria that a person has to look at with the judge in sight: disputed ones, those where a blind finding
    parts from the judge's, then those the judge could not tell."""
    judged = {v.criterion: v.verdict for v in grade.verdicts}
    disputed = [each.criterion for each in remarks if isinstance(each, Dispute)]
    parted = [name for name in brief.criteria if name in sheet.blind and sheet.blind[name].verdict != judged[name]]
    unsure = [name for name in brief.criteria if judged.get(name) is Outcome.UNJUDGED]
    return tuple(dict.fromkeys(name for name in (*disputed, *parted, *unsure) if name in judged))


def open_items(brief: Brief, grade: Grade, sheet: Worksheet, remarks: Iterable[Remark]) -> tuple[str, ...]:
    """Everything that can be looked at with the judge in sight: what needs it, the other criteria, then levels, and
    last flags, those first that stand or could not be told. What the round did not reach has no flags."""
    first = needing(brief, grade, sheet, remarks)
    opened = {score.id for score in grade.dimensions if score.opened}
    flags = [each for each in grade.flags if each.flag in brief.flags and each.flag.split(".")[0] in opened]
    flags.sort(key=lambda each: each.stands is False)
    others = (name for name in brief.criteria if name not in first)
    return (*first, *others, *brief.rubric.dimension_ids, *(each.flag for each in flags))


def likely_reason(judged: Outcome, found: Outcome) -> ReasonCode:
    """The reason a person's verdict most often has for parting from the judge's; theirs to change."""
    if found is Outcome.UNJUDGED:
        return ReasonCode.SHOULD_ABSTAIN
    if found is Outcome.MISSED:
        return ReasonCode.WRONG_EVIDENCE if judged in CREDITED else ReasonCode.MISSED_EVIDENCE
    if judged is Outcome.MET:
        return ReasonCode.EVIDENCE_INSUFFICIENT
    return ReasonCode.MISSED_EVIDENCE

"""What people found as reference labels (labels/v1, label_source human): to hold a judge against.

What nobody looked at is `unjudged`, and left out of every comparison; flags are not labelled in a review.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256

from coach.domain.grade import Verdict
from coach.domain.grading import checked, why_not_graded
from coach.domain.labels import LabelledVerdict, Labels
from coach.domain.review import SELF, Override, Review, as_verdict
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome
from coach.domain.transcript import Transcript
from coach.domain.worksheet import Worksheet

_NEVER_LOOKED_AT = LabelledVerdict(verdict=Outcome.UNJUDGED)


def blind_labels(brief: Brief, transcript: Transcript, round_id: str, sheet: Worksheet, by: str) -> Labels:
    """What a person found before they saw the judge."""
    levels = {id_: each.level for id_, each in sheet.blind_levels.items()}
    return _labels(brief, transcript, round_id, sheet.blind, levels, by)


def settled_labels(
    brief: Brief, transcript: Transcript, round_id: str, review: Review, sheet: Worksheet, by: str
) -> Labels:
    """What reviewers have found on a round, `by` the one who says so: what lies over the judge's verdicts, else
    what `by` found before they saw them. What a candidate settled of their own round is no label."""
    over = {each.criterion: each for each in review.overrides if each.by != SELF}
    levels = {id_: each.level for id_, each in sheet.blind_levels.items()}
    levels |= {each.dimension: each.level for each in review.levels}
    return _labels(brief, transcript, round_id, {**sheet.blind, **over}, levels, by)


def golden_name(round_id: str) -> str:
    """The round's name in a golden set, from which nobody finds the round."""
    return f"round-{sha256(round_id.encode()).hexdigest()[:12]}"


def rater(name: str) -> str:
    """A reviewer's name as labels write it."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-")
    return plain or f"reviewer-{sha256(name.encode()).hexdigest()[:6]}"


def _labels(
    brief: Brief,
    transcript: Transcript,
    round_id: str,
    found: Mapping[str, Override],
    levels: Mapping[str, int | None],
    by: str,
) -> Labels:
    too_little = why_not_graded(transcript)
    verdicts = {
        name: _label(checked(brief, transcript, name, as_verdict(found[name]), too_little))
        if name in found
        else _NEVER_LOOKED_AT
        for name in brief.criteria
    }
    return Labels(
        transcript=f"{transcript.scenario}/{golden_name(round_id)}",
        rater=rater(by),
        label_source="human",
        verdicts=verdicts,
        flags={},
        levels={id_: levels.get(id_) for id_ in brief.rubric.dimension_ids},
    )


def _label(verdict: Verdict) -> LabelledVerdict:
    first = verdict.quotes[0] if verdict.quotes else None
    return LabelledVerdict(
        verdict=verdict.verdict,
        help=verdict.help,
        turn=first.turn if first else None,
        quote=" ".join(first.text.split())[:2_000] if first else None,
    )

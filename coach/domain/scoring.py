"""Verdicts → scores → levels → band: the rubric's arithmetic as one pure path.

Source of every number below: `level_formula` and `readiness` of the rubric file, where they stand in words;
`formula_problems` says where a rubric's words and this code part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from coach.domain.grade import Band, DimensionScore, FlagFinding, Result, ResultKind, Verdict
from coach.domain.rubric import Brief, Help, Rubric, SeniorityLevel
from coach.domain.scenario import Criterion, Outcome

CORE_POINTS = 2.5
ADVANCED_POINTS = 0.75
ADVANCED_COUNTED = 2
SHALLOW_CORE = 0.5
"""Below this share of core, advanced credit is halved."""
FLAG_POINTS = {"minor": 0.5, "major": 1.0}
MAJOR_FLAG_CAP = 2.0
HELPED_CAP = 3.39
"""Unless some advanced criterion was met unprompted."""
STRONG_GAP, STRONG_UNDER = 0.4, 1.0
READY_GAP, READY_UNDER = 0.0, 0.75
CLOSE_GAP = -0.4
EVALS_GATE = 2.0
LEAST_ASSESSED = 7
BASELINE_MINUTES = 20
"""Rounds shorter than this give scores with ranges, labelled baseline, and no band."""

_EXACT = 9
"""Decimals at which numbers are compared with a limit, so that 0.4 reaches 0.4 however it was added up."""
_FORMULA_NUMBERS = [0.5, 2.5, 0.75, 0.5, 1.0, 2.0, 3.39]
_BAND_NUMBERS = {"strong": [0.4, 1.0], "ready": [0.0, 0.75], "close": [-0.4], "not_yet": [-0.4]}
_NUMBER = re.compile(r"(?<![\w.])-?\d+\.\d+|(?<=[<>=] )-?\d+(?![\d.])")


class _Credit(NamedTuple):
    tier: str
    credit: float
    unprompted_met: bool


def score_dimension(
    brief: Brief,
    dimension: str,
    verdicts: Mapping[str, Verdict],
    flags: Mapping[str, FlagFinding],
    if_met: Mapping[str, Help],
) -> tuple[float | None, float, float]:
    """Score of an opened dimension and its range, as (score, low, high), each 0 to 4 with two decimals.

    `verdicts` and `flags` by full name; `if_met` gives the help an unjudged criterion would have had.
    The score leaves unjudged criteria out; low counts them 0, high as met. It is None with under half of the
    core decided. A flag that could not be judged stands in low only.
    """
    entries = [(f"{dimension}.{e.id}", e) for e in brief.expected[dimension] if isinstance(e, Criterion)]
    decided: list[_Credit] = []
    least: list[_Credit] = []
    most: list[_Credit] = []
    for name, criterion in entries:
        verdict = verdicts[name]
        if verdict.verdict is Outcome.UNJUDGED:
            help_ = if_met.get(name, Help.UNPROMPTED)
            least.append(_Credit(criterion.tier, 0.0, unprompted_met=False))
            most.append(_credit(brief.rubric, criterion.tier, Outcome.MET, help_))
        else:
            known = _credit(brief.rubric, criterion.tier, verdict.verdict, verdict.help)
            for credits_ in (decided, least, most):
                credits_.append(known)
    standing = [n for n in flags if n.startswith(f"{dimension}.") and flags[n].stands]
    feared = [n for n in flags if n.startswith(f"{dimension}.") and flags[n].stands is not False]
    low = _score(brief, least, feared)
    high = _score(brief, most, standing)
    core = len([name for name, criterion in entries if criterion.tier == "core"])
    core_decided = len([credit for credit in decided if credit.tier == "core"])
    if core_decided * 2 < core:
        return None, min(low, high), max(low, high)
    score = _score(brief, decided, standing)
    return score, min(score, low), max(score, high)


def _credit(rubric: Rubric, tier: str, outcome: Outcome, help_: Help | None) -> _Credit:
    if outcome not in {Outcome.MET, Outcome.PARTIAL}:
        return _Credit(tier, rubric.verdicts.missed, unprompted_met=False)
    aid = help_ or Help.UNPROMPTED
    worth = rubric.verdicts.met if outcome is Outcome.MET else rubric.verdicts.partial
    unprompted_met = outcome is Outcome.MET and aid is Help.UNPROMPTED
    return _Credit(tier, worth * rubric.help_credit[aid], unprompted_met)


def _score(brief: Brief, credits_: Iterable[_Credit], flags: Iterable[str]) -> float:
    """The level formula of the rubric, to two decimals."""
    known = list(credits_)
    core_credits = [c.credit for c in known if c.tier == "core"]
    core = sum(core_credits) / len(core_credits) if core_credits else 0.0
    best = sorted((c.credit for c in known if c.tier == "advanced"), reverse=True)[:ADVANCED_COUNTED]
    advanced = sum(best) / 2 if core < SHALLOW_CORE else sum(best)
    severities = [brief.flags[name].severity for name in flags]
    score = CORE_POINTS * core + ADVANCED_POINTS * advanced - sum(FLAG_POINTS[s] for s in severities)
    score = max(0.0, score)
    if "major" in severities:
        score = min(score, MAJOR_FLAG_CAP)
    if not any(c.tier == "advanced" and c.unprompted_met for c in known):
        score = min(score, HELPED_CAP)
    return round(score, 2)


def level_of(rubric: Rubric, score: float) -> int:
    """The named level a score falls in."""
    return max(level for level, (least, _) in rubric.levels_from_score.items() if score >= least)


def result_of(
    brief: Brief,
    role: str,
    level: SeniorityLevel,
    dimensions: Iterable[DimensionScore],
    flags: Mapping[str, FlagFinding],
) -> Result:
    """The round against the bar of `level` for `role`: graded, or incomplete and why.

    gap = sum over assessed dimensions of weight x (score - bar), weights times the scenario's emphasis and
    renormalised to 1; the range of the gap and band comes from the same sum over `low` and `high`.
    """
    assessed = [d for d in dimensions if d.score is not None]
    ids = {d.id for d in assessed}
    if len(assessed) < LEAST_ASSESSED or "evals" not in ids:
        missing = [d for d in brief.rubric.dimension_ids if d not in ids]
        return Result(kind=ResultKind.INCOMPLETE, why=(f"not assessed: {', '.join(missing)}",))
    standing = {name for name, finding in flags.items() if finding.stands}
    feared = {name for name, finding in flags.items() if finding.stands is not False}
    scores = {d.id: d.score for d in assessed if d.score is not None}
    lows = {d.id: scores[d.id] if d.low is None else d.low for d in assessed}
    highs = {d.id: scores[d.id] if d.high is None else d.high for d in assessed}
    gap, band, why = _band(brief, role, level, scores, standing)
    gap_low, band_low, _ = _band(brief, role, level, lows, feared)
    gap_high, band_high, _ = _band(brief, role, level, highs, standing)
    return Result(
        kind=ResultKind.GRADED,
        band=band,
        band_low=band_low,
        band_high=band_high,
        gap=gap,
        gap_low=gap_low,
        gap_high=gap_high,
        why=why,
    )


def _band(
    brief: Brief, role: str, level: SeniorityLevel, scores: Mapping[str, float], standing: set[str]
) -> tuple[float, Band, tuple[str, ...]]:
    rubric = brief.rubric
    weights = {d: rubric.roles[role][d] * brief.scenario.emphasis.get(d, 1.0) for d in scores}
    total = sum(weights.values())
    under = {d: round(rubric.bar(role, level, d) - score, _EXACT) for d, score in scores.items()}
    gap = round(-sum(weights[d] * under[d] for d in scores) / total, _EXACT) if total else 0.0
    priority = [under[d] for d in rubric.priority_dimensions[role] if d in scores]
    if gap >= STRONG_GAP and max(under.values()) <= STRONG_UNDER:
        band = Band.STRONG
    elif gap >= READY_GAP and max(priority, default=0.0) <= READY_UNDER:
        band = Band.READY
    elif gap >= CLOSE_GAP:
        band = Band.CLOSE
    else:
        band = Band.NOT_YET
    why = list(_gates(brief, level, scores, standing))
    if why and band in {Band.STRONG, Band.READY}:
        band = Band.CLOSE
    elif band is Band.CLOSE and gap >= READY_GAP:
        farthest = max(rubric.priority_dimensions[role], key=lambda d: under.get(d, 0.0))
        why.append(f"{farthest} is more than {READY_UNDER} under its bar")
    return round(gap, 2), band, tuple(why)


def _gates(brief: Brief, level: SeniorityLevel, scores: Mapping[str, float], standing: set[str]) -> Iterable[str]:
    if level is not SeniorityLevel.MID:
        if scores.get("evals", EVALS_GATE) < EVALS_GATE:
            yield f"evals under {EVALS_GATE} caps the band at close"
        for name in sorted(standing):
            if name.startswith("safety.") and brief.flags[name].severity == "major":
                yield f"the flag {name} stands and caps the band at close"
    if "communication.bluffs" in standing:
        yield "a standing bluff caps the band at close"


def formula_problems(rubric: Rubric) -> list[tuple[str, str]]:
    """Where a rubric's words give other numbers than this module computes, as (place in the file, message)."""
    problems = []
    for where, text, expected in (
        ("level_formula", rubric.level_formula, _FORMULA_NUMBERS),
        *((f"readiness.bands.{band}", text, _BAND_NUMBERS[band]) for band, text in rubric.readiness.bands.items()),
    ):
        found = [float(number) for number in _NUMBER.findall(re.sub(r"\(0\.\.\d\)", "", text))]
        if sorted(found) != sorted(expected):
            problems.append((where, f"the numbers {found} are not the ones Coach computes, {expected}"))
    return problems

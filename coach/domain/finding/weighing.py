"""From what was found to a verdict, or to "could not tell". Rules, not a regression: nothing found earns nothing.

Signals that the criterion's author wrote can decide. Words taken from a criterion's text only locate: on the
golden rounds they tell what was earned from what was missed hardly better than chance, so they decide nothing
but that an advanced point is missing where none of its words come near, or where they are only rejected.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from coach.domain.finding.estimates import any_right
from coach.domain.finding.finder import HALF, MOST, Trace
from coach.domain.finding.signals import signs, spoken
from coach.domain.finding.thresholds import USED, Thresholds
from coach.domain.grade import Confidence
from coach.domain.scenario import Criterion, Estimate, Outcome

LEAST_GROUPS = 2
"""Distinctive words of a criterion's text in one window below which nothing near was said."""
NEAR_GROUPS = 3
"""Distinctive words of a criterion's text in one window, from which on the candidate is talking about it."""
FIGURES = 2
"""Figures in a window that make it a calculation."""
MOSTLY = 0.6
"""Share of the groups, from which on a calculation was attempted."""
ACROSS = 3
"""Distinctive words shared with the criterion, below which its parts, said in different answers, meet by chance."""
_OWN = re.compile(r"\b(?:i|we|me|us|my|our|let's)\b", re.IGNORECASE)
_FOLLOWS = re.compile(r"\w,? (?:because|since|so|which|hence|therefore)\b", re.IGNORECASE)


class Weighed(NamedTuple):
    """A verdict with its reason; `shown` where the window is evidence for it."""

    outcome: Outcome
    confidence: Confidence
    reason: str
    shown: bool = False


def weigh(
    criterion: Criterion,
    trace: Trace | None,
    estimates: tuple[Estimate, ...],
    *,
    answered: bool,
    wary: bool,
    thresholds: Thresholds = USED,
) -> Weighed:
    """The verdict on one criterion.

    `answered`: the interviewer opened its dimension and the candidate answered. `wary`: the candidate reports
    more than they decide, so that its terms said in rejection anywhere count against it, not only nearby.
    """
    if trace is None:
        return _absent(criterion, answered=answered)
    if trace.unheld >= MOST and trace.share < MOST:
        return Weighed(Outcome.MISSED, Confidence.MEDIUM, "Its terms are only rejected or other people's.")
    if not criterion.signals:
        return _by_text(criterion, trace, answered=answered)
    heard = f"Heard {trace.groups} of its {len(criterion.signals)} parts"
    if trace.share < thresholds.part or not trace.window:
        if criterion.tier == "advanced" and answered:
            return Weighed(Outcome.MISSED, Confidence.LOW, f"{heard}: no evidence found.")
        return Weighed(Outcome.UNJUDGED, Confidence.LOW, f"{heard}: too little to tell.")
    if estimates and trace.share >= MOSTLY and not trace.named:
        return _by_figures(trace, estimates, heard)
    against = trace.unheld if wary else trace.beside
    spoiled = against >= thresholds.spoiled
    if trace.share >= MOST:
        return _in_full(criterion, trace, heard, against, spoiled=spoiled, wary=wary)
    return _in_part(criterion, trace, heard, thresholds.fitting, spoiled=spoiled, wary=wary)


def _by_figures(trace: Trace, estimates: tuple[Estimate, ...], heard: str) -> Weighed:
    """A calculation is right or wrong by its result, whatever else is said around it."""
    if trace.imagined:
        return Weighed(Outcome.UNJUDGED, Confidence.LOW, f"{heard}, but as a guess.")
    figures = [figure for said in trace.window for figure in said.reading.figures]
    if any_right(estimates, (said.sentence.text for said in trace.window)):
        return Weighed(
            Outcome.MET, Confidence.MEDIUM, f"{heard}, with a figure within what is accepted.", shown=True
        )
    if len(figures) >= FIGURES and trace.share >= HALF:
        return Weighed(Outcome.MISSED, Confidence.LOW, "Figures, but none within what is accepted.")
    return Weighed(Outcome.UNJUDGED, Confidence.LOW, f"{heard}, but no figures to check.")


def _in_full(
    criterion: Criterion, trace: Trace, heard: str, against: float, *, spoiled: bool, wary: bool
) -> Weighed:
    if trace.named:
        return Weighed(Outcome.UNJUDGED, Confidence.LOW, f"{heard}, but only named in a list.")
    if len({said.turn for said in trace.window}) > 1 and likeness(criterion, trace) < ACROSS:
        return Weighed(Outcome.UNJUDGED, Confidence.LOW, f"{heard}, in answers that have little to do with it.")
    if against >= MOST:
        return Weighed(Outcome.UNJUDGED, Confidence.LOW, f"{heard}, held in one place and rejected in another.")
    if trace.only_imagined:
        return Weighed(Outcome.MISSED, Confidence.LOW, f"{heard}, but only as a possibility: nothing is decided.")
    if trace.imagined:
        return Weighed(Outcome.UNJUDGED, Confidence.LOW, f"{heard}, in part only as a possibility.")
    lessened = {
        "in part also rejected or borrowed": spoiled,
        "by a speaker who often reports others": wary,
    }
    why = next((words for words, holds in lessened.items() if holds), None)
    if why:
        return Weighed(Outcome.PARTIAL, Confidence.LOW, f"{heard} together, {why}.", shown=True)
    return Weighed(Outcome.MET, Confidence.MEDIUM, f"{heard} together.", shown=True)


def _in_part(criterion: Criterion, trace: Trace, heard: str, fitting: int, *, spoiled: bool, wary: bool) -> Weighed:
    if wary and spoiled:
        return Weighed(Outcome.MISSED, Confidence.LOW, f"{heard}, the others only rejected or borrowed.")
    if wary or trace.named or trace.imagined or spoiled or likeness(criterion, trace) < fitting:
        return Weighed(Outcome.UNJUDGED, Confidence.LOW, f"{heard}: too little to tell.")
    if _only_explains(trace):
        return Weighed(Outcome.UNJUDGED, Confidence.LOW, f"{heard}, explaining how things are: too little to tell.")
    return Weighed(Outcome.MET, Confidence.LOW, f"{heard} together, in fitting words.", shown=True)


def _only_explains(trace: Trace) -> bool:
    """Whether nobody decides anything in the window, and something follows from something else: right or wrong,
    the words are the same."""
    said = [heard.sentence.text.replace("\u2019", "'") for heard in trace.window]
    return any(map(_FOLLOWS.search, said)) and not any(map(_OWN.search, said))


def likeness(criterion: Criterion, trace: Trace) -> int:
    """Distinctive words that the window shares with the criterion's text and `hear` line."""
    about = _signs(f"{criterion.text} {criterion.hear or ''}")
    return len({sign for said in trace.window for sign in _signs(said.sentence.text)} & about)


def _signs(text: str) -> set[str]:
    return {sign.name for sign in signs(spoken(text))}


def _by_text(criterion: Criterion, trace: Trace, *, answered: bool) -> Weighed:
    if trace.unheld >= HALF and trace.unheld > trace.share:
        return Weighed(Outcome.MISSED, Confidence.MEDIUM, "Its words are only rejected or other people's.")
    if trace.groups < LEAST_GROUPS:
        return _absent(criterion, answered=answered)
    return Weighed(Outcome.UNJUDGED, Confidence.LOW, f"{trace.groups} of its words together: too little to tell.")


def _absent(criterion: Criterion, *, answered: bool) -> Weighed:
    if criterion.tier == "advanced" and answered:
        return Weighed(Outcome.MISSED, Confidence.LOW, "No evidence found.")
    return Weighed(Outcome.UNJUDGED, Confidence.LOW, "No evidence found; it may have been said in other words.")

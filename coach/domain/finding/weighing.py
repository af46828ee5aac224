"""From what was found to a verdict, or to "could not tell". Rules, not a regression: nothing found earns nothing.

Signals that the criterion's author wrote can decide. Words taken from a criterion's text only locate: on the
golden rounds they tell what was earned from what was missed hardly better than chance, so they decide nothing
but that an advanced point is missing where none of its words come near, or where they are only rejected.
"""

from __future__ import annotations

from typing import NamedTuple

from coach.domain.finding.estimates import any_right
from coach.domain.finding.finder import Trace
from coach.domain.finding.signals import signs, spoken
from coach.domain.grade import Confidence
from coach.domain.scenario import Criterion, Estimate, Outcome

MOST = 0.99
"""Share of an author's groups held together that is a full match."""
HALF = 0.5
"""Share at which a window is proposed as evidence at all."""
SOME = 0.3
"""Share of the groups also heard in rejected or borrowed words, from which on a match is not clean."""
LEAST_GROUPS = 2
"""Distinctive words of a criterion's text in one window below which nothing near was said."""
NEAR_GROUPS = 3
"""Distinctive words of a criterion's text in one window, from which on the candidate is talking about it."""
FIGURES = 2
"""Figures in a window that make it a calculation."""
MOSTLY = 0.6
"""Share of the groups, from which on a calculation was attempted."""
SHARED_SIGNS = 5
"""Distinctive words shared with the criterion's text or `hear` line, from which on a match in part is one in
fitting words: of such matches four in five were met on the golden rounds, of the others two in five."""


class Weighed(NamedTuple):
    """A verdict with its reason; `shown` where the window is evidence for it."""

    outcome: Outcome
    confidence: Confidence
    reason: str
    shown: bool = False


def weigh(
    criterion: Criterion, trace: Trace | None, estimates: tuple[Estimate, ...], *, answered: bool, wary: bool
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
    if trace.share < HALF or not trace.window:
        if criterion.tier == "advanced" and answered:
            return Weighed(Outcome.MISSED, Confidence.LOW, f"{heard}: no evidence found.")
        return Weighed(Outcome.UNJUDGED, Confidence.LOW, f"{heard}: too little to tell.")
    if estimates and trace.share >= MOSTLY:
        return _by_figures(trace, estimates, heard)
    against = trace.unheld if wary else trace.beside
    if trace.share >= MOST:
        return _in_full(trace, heard, against, wary=wary)
    return _in_part(criterion, trace, heard, against, wary=wary)


def _by_figures(trace: Trace, estimates: tuple[Estimate, ...], heard: str) -> Weighed:
    """A calculation is right or wrong by its result, whatever else is said around it."""
    figures = [figure for said in trace.window for figure in said.reading.figures]
    if any_right(estimates, (said.sentence.text for said in trace.window)):
        return Weighed(
            Outcome.MET, Confidence.MEDIUM, f"{heard}, with a figure within what is accepted.", shown=True
        )
    if len(figures) >= FIGURES and trace.share >= HALF:
        return Weighed(Outcome.MISSED, Confidence.LOW, "Figures, but none within what is accepted.")
    return Weighed(Outcome.UNJUDGED, Confidence.LOW, f"{heard}, but no figures to check.")


def _in_full(trace: Trace, heard: str, against: float, *, wary: bool) -> Weighed:
    if trace.named:
        return Weighed(Outcome.UNJUDGED, Confidence.LOW, f"{heard}, but only named in a list.")
    if against >= MOST:
        return Weighed(Outcome.UNJUDGED, Confidence.LOW, f"{heard}, held in one place and rejected in another.")
    lessened = {
        "as a possibility": trace.imagined,
        "in part also rejected or borrowed": against >= SOME,
        "by a speaker who often reports others": wary,
    }
    why = next((words for words, holds in lessened.items() if holds), None)
    if why:
        return Weighed(Outcome.PARTIAL, Confidence.LOW, f"{heard} together, {why}.", shown=True)
    return Weighed(Outcome.MET, Confidence.MEDIUM, f"{heard} together.", shown=True)


def _in_part(criterion: Criterion, trace: Trace, heard: str, against: float, *, wary: bool) -> Weighed:
    if wary and against >= SOME:
        return Weighed(Outcome.MISSED, Confidence.LOW, f"{heard}, the others only rejected or borrowed.")
    if wary or trace.named or against >= SOME or likeness(criterion, trace) < SHARED_SIGNS:
        return Weighed(Outcome.UNJUDGED, Confidence.LOW, f"{heard}: too little to tell.")
    if trace.imagined:
        return Weighed(Outcome.PARTIAL, Confidence.LOW, f"{heard}, as a possibility.", shown=True)
    return Weighed(Outcome.MET, Confidence.LOW, f"{heard} together, in fitting words.", shown=True)


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

"""Rules for walkthroughs, against the brief of the scenario they walk through."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.content.reading import Node
from coach.content.rules.naming import known
from coach.domain.rubric import Brief
from coach.errors import Problem

LONGEST_ANSWER = 140
"""Words of one beat that a person could have said in one breath of a round."""


def beats(root: Node, brief: Brief) -> Iterator[Problem]:
    """Beats in order, about dimensions that exist, and every criterion earned or listed as not earned."""
    earned: set[str] = set()
    latest = -1
    for beat in root["beats"].each():
        yield from known(beat["dimension"], [*brief.expected, "curveball"], "the rubric has no dimension")
        words = len(beat["expert"].text.split())
        if words > LONGEST_ANSWER:
            yield beat["expert"].problem(f"has {words} words; a beat has at most {LONGEST_ANSWER}")
        for criterion in beat["earns"].each():
            earned.add(criterion.text)
            yield from known(criterion, brief.criteria, "the scenario has no criterion")
        if match := re.fullmatch(r"(\d+):(\d\d)", beat["at"].text):
            second = int(match[1]) * 60 + int(match[2])
            if second <= latest:
                yield beat["at"].problem(f"{beat['at'].text} is not after the beat before it")
            latest = second
    yield from _told_apart(root, brief, earned)


def _told_apart(root: Node, brief: Brief, earned: set[str]) -> Iterator[Problem]:
    not_earned = root["not_earned"]
    for criterion in not_earned.each():
        yield from known(criterion, brief.criteria, "the scenario has no criterion")
        if criterion.text in earned:
            yield criterion.problem(f"{criterion.text!r} is earned by a beat; list it in one place")
    listed = earned | {criterion.text for criterion in not_earned.each()}
    for criterion_name in brief.criteria:
        if criterion_name not in listed:
            yield not_earned.problem(f"{criterion_name!r} is in no beat's `earns`; add it there or to `not_earned`")

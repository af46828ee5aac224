"""Rules for plants, against the brief of the scenario they are planted in."""

from __future__ import annotations

from collections.abc import Iterator

from coach.content.reading import Node
from coach.content.rules.naming import known, unique
from coach.domain.rubric import Brief
from coach.errors import Problem

_KEYS = ("earns", "negated", "attributed", "hypothetical")


def plants(root: Node, brief: Brief) -> Iterator[Problem]:
    """Criteria that exist, each planted once, and no two of its texts the same."""
    criteria = [plant["criterion"] for plant in root["plants"].each()]
    for criterion in criteria:
        yield from known(criterion, brief.criteria, "the scenario has no criterion")
    yield from unique(criteria)
    for plant in root["plants"].each():
        seen: set[str] = set()
        for key in _KEYS:
            text = " ".join(plant[key].text.split())
            if text and text in seen:
                yield plant[key].problem("says the same as another text of this criterion; rewrite it")
            seen.add(text)

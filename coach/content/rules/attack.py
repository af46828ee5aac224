"""Rules for attacks and for the honest answers beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from coach.content.reading import Node
from coach.content.rules.naming import known, known_key
from coach.content.shape import did_you_mean
from coach.domain.attack import PLACEHOLDER, PLACEHOLDERS
from coach.domain.rubric import Brief
from coach.errors import Problem


def attack(root: Node, scenarios: Collection[str]) -> Iterator[Problem]:
    """A file called after its number and id, wordings for each scenario, placeholders that can be filled in."""
    number, id_ = root["number"], root["id"]
    if number.number is not None and id_.text:
        name = f"{number.number:02.0f}-{id_.text}.yaml"
        if root.document.path.name != name:
            yield id_.problem(f"the file is called {root.document.path.name}; name it {name}")
    by_scenario = root["by_scenario"]
    for scenario, texts in by_scenario.items():
        yield from known_key(texts, scenario, scenarios, "no scenario")
    if not root["texts"].value and (missing := [each for each in scenarios if not by_scenario.has(each)]):
        yield root.problem(f"has no wording for {', '.join(missing)}; add `texts`, or `by_scenario` for each")
    for texts in (root["texts"], *by_scenario.values()):
        for text in texts.each():
            yield from _placeholders(text)
    yield from _placeholders(root["asked"])


def benign(root: Node, brief: Brief) -> Iterator[Problem]:
    """A file called after its scenario, and criteria that the scenario has."""
    scenario = root["scenario"]
    if root.document.path.name != f"{scenario.text}.yaml":
        yield scenario.problem(f"the file is called {root.document.path.name}; name it after the scenario")
    for answer in root["answers"].each():
        for criterion in answer["earns"].each():
            yield from known(criterion, brief.criteria, "the scenario has no criterion")


def _placeholders(text: Node) -> Iterator[Problem]:
    for name in PLACEHOLDER.findall(text.text):
        if name not in PLACEHOLDERS:
            yield text.problem(f"nothing fills in {{{name}}}{did_you_mean(name, PLACEHOLDERS)}")

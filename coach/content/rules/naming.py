"""Rules about names, the same in every kind of file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from coach.content.reading import Node
from coach.content.shape import did_you_mean
from coach.content.yaml_values import in_a_line
from coach.errors import Problem


def known(node: Node, names: Collection[str], message: str) -> Iterator[Problem]:
    """A problem where the node's text is none of `names`. `message` says what it is not: "no such fact"."""
    if node.text and node.text not in names:
        yield node.problem(f"{message} {in_a_line(node.text)!r}{did_you_mean(node.text, names)}")


def known_key(node: Node, key: str, names: Collection[str], message: str) -> Iterator[Problem]:
    """The same for a key whose value is `node`."""
    if key not in names:
        yield node.problem(f"{message} {in_a_line(key)!r}{did_you_mean(key, names)}")


def unique(nodes: Iterable[Node]) -> Iterator[Problem]:
    """A problem for every id that an earlier one of `nodes` has."""
    seen: dict[str, Node] = {}
    for node in nodes:
        if node.text in seen:
            first = seen[node.text]
            line = first.document.line(first.place)
            yield node.problem(f"the id {node.text!r} is already used on line {line}; ids are unique")
        elif node.text:
            seen[node.text] = node


def file_name(root: Node) -> Iterator[Problem]:
    """A problem where the file is not called as its `id` says."""
    id_ = root["id"]
    path = root.document.path
    if id_.text and path.name != f"{id_.text}.yaml":
        yield id_.problem(f"the file is called {path.name}; name it {id_.text}.yaml or change the id")


def entry_id(entry: Node) -> Node:
    """The node that holds the id of a criterion or a flag."""
    for tier in ("core", "advanced", "flag"):
        if entry.has(tier):
            return entry[tier]
    return entry["core"]


def entry_ids(entries: Node, *tiers: str) -> list[str]:
    """Ids of the entries of some tiers; of all without `tiers`."""
    wanted = tiers or ("core", "advanced", "flag")
    return [entry[tier].text for entry in entries.each() for tier in wanted if entry.has(tier)]

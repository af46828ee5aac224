"""The lint behind `coach check`: every problem of every file, each with its line and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from coach.content.library import FileLibrary
from coach.content.places import builtin, shown
from coach.content.prompts import FilePrompts
from coach.content.reading import Node, files_below
from coach.content.rules import attack as attack_rules
from coach.content.rules import planted as planted_rules
from coach.content.rules import rubric as rubric_rules
from coach.content.rules import scenario as scenario_rules
from coach.content.rules import transcript as transcript_rules
from coach.content.rules import walkthrough as walkthrough_rules
from coach.content.rules.naming import file_name, known
from coach.content.shape import did_you_mean
from coach.content.yaml_values import in_a_line
from coach.domain.attack import Attack, Benign
from coach.domain.grade import Grade
from coach.domain.labels import Labels
from coach.domain.planted import Planted
from coach.domain.prices import PriceCard
from coach.domain.rubric import Brief, Rubric
from coach.domain.scenario import Scenario
from coach.domain.transcript import Transcript
from coach.domain.value import Value
from coach.domain.walkthrough import Walkthrough
from coach.errors import ContentError, NotFoundError, Problem, SetupError

ALL_GOOD = "All good!"

Rules = Callable[[Node, FileLibrary], Iterator[Problem]]


@dataclass(frozen=True)
class Kind:
    """A format: its shape, and the rules beyond it."""

    model: type[Value]
    rules: Rules


def check(paths: Iterable[Path], library: FileLibrary) -> list[Problem]:
    """Every problem in the files and folders of `paths`, by file and line.

    Without paths: everything shipped, prompts too, and the person's own scenarios.
    """
    wanted = list(paths)
    problems: set[Problem] = set()
    if not wanted:
        wanted = _everything(library)
        problems |= {*library.misplaced(), *FilePrompts().problems()}
    for path in wanted:
        if not path.is_dir():
            problems |= set(_file(path, library))
            continue
        files = list(files_below(path))
        if not files and path != library.own:
            problems.add(Problem(shown(path), 0, "", "holds no YAML or JSON file to check"))
        for file in files:
            problems |= set(_file(file, library))
    return _once(problems)


def _everything(library: FileLibrary) -> list[Path]:
    folders = [library.shipped, library.rubric_path.parent]
    with suppress(SetupError):  # a checkout has a golden set, a wheel does without
        folders.append(builtin("golden"))
    if library.own and library.own.is_dir():
        folders.append(library.own)
    return folders


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """In order, without those that say for the whole file what another says for a line."""
    with_line = {(problem.path, problem.message) for problem in problems if problem.line > 1 and problem.where}
    return sorted(
        problem for problem in problems if problem.where or (problem.path, problem.message) not in with_line
    )


def _file(path: Path, library: FileLibrary) -> Iterator[Problem]:
    try:
        document = library.files.document(path)
    except ContentError as error:
        yield from error.problems
        return
    kind = _kind(document.root)
    if isinstance(kind, Problem):
        yield kind
        return
    yield from library.files.load(path, kind.model).problems
    yield from kind.rules(document.root, library)


def _kind(root: Node) -> Kind | Problem:
    if root.has("transcript") and root.has("rater"):
        return LABELS
    if root.has("turns") and not root.has("schema"):
        return KINDS["transcript/v1"]
    formats = ", ".join(KINDS)
    schema = root["schema"]
    if schema.value is None:
        return root.problem(f"does not say what it is; begin with `schema:` and one of {formats}")
    if schema.text in KINDS:
        return KINDS[schema.text]
    near = did_you_mean(schema.text, KINDS) or f"; known are {formats}"
    return schema.problem(f"unknown format {in_a_line(schema.value)!r}{near}")


def _scenario(root: Node, library: FileLibrary) -> Iterator[Problem]:
    rubric = library.rubric()
    if rubric.value is None:
        yield from rubric.problems
        return
    yield from scenario_rules.references(root, rubric.value)
    card, prices = root["prices"], None
    if card.text:
        path = library.prices(root.document.path, card.text)
        if path is None:
            yield card.problem(library.missing_card(root.document.path, card.text))
        else:
            prices = library.files.load(path, PriceCard).value
    yield from scenario_rules.writing(root, rubric.value, prices)


def _rubric(root: Node, _: FileLibrary) -> Iterator[Problem]:
    yield from rubric_rules.consistent(root)


def _prices(root: Node, _: FileLibrary) -> Iterator[Problem]:
    yield from file_name(root)


def _transcript(root: Node, library: FileLibrary) -> Iterator[Problem]:
    yield from transcript_rules.spoken(root)
    brief = _brief(root["scenario"], library)
    if isinstance(brief, Problem):
        yield brief
    elif brief:
        yield from known(root["role"], brief.rubric.roles, "the rubric has no role")
        yield from transcript_rules.moves(root, brief)


def _labels(root: Node, library: FileLibrary) -> Iterator[Problem]:
    name = root["transcript"]
    if not name.text:
        return
    folder = root.document.path.parent
    scenario, _, profile = name.text.partition("/")
    path = folder / f"{profile}.yaml"
    if folder.resolve().name != scenario or not path.exists():
        yield name.problem(f"there is no {scenario}/{profile}.yaml beside this file")
        return
    transcript = library.files.load(path, Transcript).value
    if transcript is None:
        yield name.problem(f"{shown(path)} has problems of its own; check it first")
        return
    if transcript.scenario != scenario:
        yield name.problem(f"{shown(path)} is a round of {transcript.scenario!r}")
    brief = _brief(name, library, transcript.scenario)
    if isinstance(brief, Problem):
        yield brief
    elif brief:
        yield from transcript_rules.labels(root, brief, transcript)


def _walkthrough(root: Node, library: FileLibrary) -> Iterator[Problem]:
    scenario = root["scenario"]
    if scenario.text and root.document.path.name.split(".")[0] != scenario.text:
        yield scenario.problem(f"the file is called {root.document.path.name}; name it after the scenario")
    brief = _brief(scenario, library)
    if isinstance(brief, Problem):
        yield brief
    elif brief:
        yield from known(root["role"], brief.rubric.roles, "the rubric has no role")
        yield from walkthrough_rules.beats(root, brief)


def _planted(root: Node, library: FileLibrary) -> Iterator[Problem]:
    scenario = root["scenario"]
    if scenario.text and root.document.path.stem != scenario.text:
        yield scenario.problem(f"the file is called {root.document.path.name}; name it after the scenario")
    brief = _brief(scenario, library)
    if isinstance(brief, Problem):
        yield brief
    elif brief:
        yield from planted_rules.plants(root, brief)


def _attack(root: Node, library: FileLibrary) -> Iterator[Problem]:
    yield from attack_rules.attack(root, library.shipped_ids())


def _benign(root: Node, library: FileLibrary) -> Iterator[Problem]:
    brief = _brief(root["scenario"], library)
    if isinstance(brief, Problem):
        yield brief
    elif brief:
        yield from attack_rules.benign(root, brief)


def _grade(_: Node, __: FileLibrary) -> Iterator[Problem]:
    yield from ()


def _brief(node: Node, library: FileLibrary, scenario: str = "") -> Brief | Problem | None:
    name = scenario or node.text
    if not name:
        return None
    try:
        return library.brief(name)
    except NotFoundError as error:
        return node.problem(str(error))
    except ContentError:
        return node.problem(f"the scenario {name!r} has problems of its own; check it first")


LABELS = Kind(Labels, _labels)
KINDS: dict[str, Kind] = {
    "scenario/v1": Kind(Scenario, _scenario),
    "rubric/v1": Kind(Rubric, _rubric),
    "prices/v1": Kind(PriceCard, _prices),
    "transcript/v1": Kind(Transcript, _transcript),
    "walkthrough/v1": Kind(Walkthrough, _walkthrough),
    "attack/v1": Kind(Attack, _attack),
    "benign/v1": Kind(Benign, _benign),
    "planted/v1": Kind(Planted, _planted),
    "grade/v1": Kind(Grade, _grade),
}
"""Formats by the word in `schema:`. Labels say `transcript:` and `rater:` instead."""

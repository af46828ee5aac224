"""The library on disk: shipped scenarios first, then a person's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coach.content.files import SHARED, Loaded
from coach.content.places import builtin, shown
from coach.content.reading import Signature, signature
from coach.content.rules.scenario import references
from coach.content.shape import did_you_mean
from coach.domain.prices import PriceCard
from coach.domain.rubric import Brief, Rubric
from coach.domain.scenario import Scenario
from coach.domain.walkthrough import Walkthrough
from coach.errors import ContentError, NotFoundError, Problem
from coach.ports import Shelf

RUBRIC = "ai-system-design"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


@dataclass(frozen=True)
class _Entry:
    """A scenario with what it needs to be played, or what keeps it from being played."""

    signatures: tuple[Signature | None, ...]
    brief: Brief | None
    problems: tuple[Problem, ...]


class FileLibrary:
    """The `Library` port over folders of YAML. A file dropped in or changed is seen on the next call."""

    def __init__(
        self, own: Path | None = None, *, scenarios: Path | None = None, rubric: Path | None = None
    ) -> None:
        """`own` is a person's folder of scenarios; it need not exist."""
        self.files = SHARED
        self.shipped = scenarios or builtin("scenarios")
        self.own = own
        self.rubric_path = rubric or builtin("rubrics") / f"{RUBRIC}.yaml"
        self._entries: dict[Path, _Entry] = {}

    def ids(self) -> tuple[str, ...]:
        """Ids of all scenarios by their file names, in order, right or wrong: nothing is read."""
        return tuple(self._first_paths())

    def shipped_ids(self) -> tuple[str, ...]:
        """The same of those that ship with coach."""
        return tuple(id_ for id_, path in self._first_paths().items() if path.parent == self.shipped)

    def shelf(self) -> Shelf:
        """All scenarios: built-ins, then the person's own. A broken one is a problem, never an exception."""
        rubric = self.rubric()
        if rubric.value is None:
            return Shelf(scenarios=(), problems=rubric.problems)
        scenarios: list[Scenario] = []
        problems = [*self.misplaced()]
        for path in self._first_paths().values():
            entry = self._entry(path)
            problems += entry.problems
            if entry.brief:
                scenarios.append(entry.brief.scenario)
        return Shelf(scenarios=tuple(scenarios), problems=tuple(dict.fromkeys(problems)))

    def brief(self, scenario: str) -> Brief:
        """What a round of `scenario` is played and graded by. Raises NotFoundError or ContentError."""
        entry = self._entry(self._path(scenario))
        if entry.brief is None:
            raise ContentError(entry.problems)
        return entry.brief

    def walkthrough(self, scenario: str, *, weak: bool = False) -> Walkthrough:
        """How an expert would play `scenario`, or a round with mistakes one can recover from. Raises NotFoundError
        where nobody wrote it, or ContentError."""
        path = self._path(scenario).parent / "walkthroughs" / f"{scenario}{'.weak' if weak else ''}.yaml"
        if not path.is_file():
            raise NotFoundError(f"no walkthrough of {scenario!r}; write one as {shown(path)}")
        loaded = self.files.load(path, Walkthrough)
        if loaded.value is None:
            raise ContentError(loaded.problems)
        return loaded.value

    def rubric(self) -> Loaded[Rubric]:
        """The rubric every scenario is graded by."""
        return self.files.load(self.rubric_path, Rubric)

    def prices(self, scenario: Path, card: str) -> Path | None:
        """The price card a scenario file names: beside it in `prices/`, else the shipped one."""
        if not _ID.fullmatch(card):
            return None
        paths = (folder / "prices" / f"{card}.yaml" for folder in (scenario.parent, self.shipped))
        return next((path for path in paths if path.exists()), None)

    def missing_card(self, scenario: Path, card: str) -> str:
        """What to say where there is no such price card."""
        cards = [
            path.stem
            for folder in (scenario.parent, self.shipped)
            for path in sorted((folder / "prices").glob("*.yaml"))
        ]
        return f"there is no price card {card!r}{did_you_mean(card, cards)}"

    def misplaced(self) -> Iterator[Problem]:
        """Files that cannot be on the shelf: an id that is taken, or a name that is not read."""
        first = self._first_paths()
        for folder in self._folders():
            for path in sorted(folder.glob("*.yml")):
                yield Problem(shown(path), 0, "", f"scenarios end in .yaml; rename it to {path.stem}.yaml")
            for path in sorted(folder.glob("[!.]*.yaml")):
                if (taken := first[path.stem]) != path:
                    message = f"the id {path.stem!r} is taken by {shown(taken)}; give this one another"
                    yield Problem(shown(path), 0, "", message)

    def _folders(self) -> list[Path]:
        return [folder for folder in (self.shipped, self.own) if folder is not None and folder.is_dir()]

    def _first_paths(self) -> dict[str, Path]:
        paths: dict[str, Path] = {}
        for folder in self._folders():
            for path in sorted(folder.glob("[!.]*.yaml")):
                paths.setdefault(path.stem, path)
        return paths

    def _path(self, scenario: str) -> Path:
        if _ID.fullmatch(scenario):
            for folder in self._folders():
                path = folder / f"{scenario}.yaml"
                if signature(path):
                    return path
        ids = self.ids()
        near = did_you_mean(scenario, ids) or f"; there are {', '.join(ids) or 'none'}"
        raise NotFoundError(f"no scenario {scenario!r}{near}")

    def _entry(self, path: Path) -> _Entry:
        known = self._entries.get(path)
        if known is not None:
            card = self.prices(path, known.brief.scenario.prices) if known.brief else None
            if known.brief and known.signatures == self._signatures(path, card):
                return known
        entry = self._read(path)
        self._entries[path] = entry
        return entry

    def _signatures(self, path: Path, card: Path | None) -> tuple[Signature | None, ...]:
        return (signature(path), signature(self.rubric_path), signature(card) if card else None)

    def _read(self, path: Path) -> _Entry:
        signatures = self._signatures(path, None)
        scenario, rubric = self.files.load(path, Scenario), self.rubric()
        problems = [*scenario.problems, *rubric.problems]
        prices: PriceCard | None = None
        if scenario.document and rubric.value:
            problems += references(scenario.document.root, rubric.value)
            name = scenario.document.root["prices"]
            card = self.prices(path, name.text)
            if card:
                signatures = self._signatures(path, card)
                loaded = self.files.load(card, PriceCard)
                prices = loaded.value
                problems += loaded.problems
            elif name.text:
                problems.append(name.problem(self.missing_card(path, name.text)))
        if problems or scenario.value is None or rubric.value is None or prices is None:
            return _Entry(signatures, None, tuple(sorted(problems)))
        return _Entry(signatures, Brief(scenario=scenario.value, rubric=rubric.value, prices=prices), ())

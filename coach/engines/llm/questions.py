"""What the judge asks: a dimension a call, after a beginning that is the same to the byte in all calls of a round.

Everything that varies is drawn from a seed that holds the whole transcript, so the same round asks the same
questions again and finds the replies it has kept, and nobody who speaks in it can foresee them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from coach.domain.calls import Message, Request
from coach.domain.finding.estimates import asked_by
from coach.domain.rubric import Brief
from coach.domain.scenario import Criterion, Estimate, Flag
from coach.engines.llm.canaries import CANARIES, Canary, choose
from coach.engines.llm.record import Record
from coach.engines.llm.reply import form
from coach.ports import Prompts

SYSTEM, TRANSCRIPT, DIMENSION, REPAIR = "judge/system", "judge/transcript", "judge/dimension", "judge/repair"
PROMPTS = (SYSTEM, TRANSCRIPT, DIMENSION, REPAIR, CANARIES)
TOKENS_A_CALL, TOKENS_AN_ENTRY = 2_000, 300
"""Of a reply at most: for a model that thinks first, and for each criterion or flag."""
SECONDS_BETWEEN_PIECES = 60.0


class Sheet(NamedTuple):
    """The questions of one call: what each of its ids stands for, and the message that asks them."""

    dimension: str
    criteria: Mapping[str, str]
    """Full names by the call's own ids; canaries are not among them."""
    flags: Mapping[str, str]
    canaries: Mapping[str, Canary]
    message: Message

    def id_of(self, name: str) -> str:
        """The id a criterion or flag is asked with. Raises KeyError."""
        return {asked: id_ for ids in (self.criteria, self.flags) for id_, asked in ids.items()}[name]


class Questions:
    """The requests of one grading."""

    def __init__(self, brief: Brief, record: Record, prompts: Prompts, seed: str) -> None:
        self._brief = brief
        self._prompts = prompts
        self._seed = sha256(f"{seed} {record.fingerprint}".encode()).hexdigest()
        fence = self._draw("fence")[:16]
        self._beginning = (
            Message(role="system", text=prompts.render(SYSTEM), stable=True),
            Message(role="user", text=prompts.render(TRANSCRIPT, fence=fence, turns=record.shown), stable=True),
        )
        sizes = [[isinstance(entry, Flag) for entry in entries] for entries in brief.expected.values()]
        most_flags = max(sum(kinds) for kinds in sizes)
        self._form = form(max(len(kinds) - sum(kinds) for kinds in sizes) + 2, most_flags)

    def sheet(self, dimension: str, reading: int, only: Collection[str] | None = None) -> Sheet:
        """The questions of a dimension, all or `only` those criteria, with two canaries, in the order of this
        `reading` (0, 1, …)."""
        seed = self._draw(dimension, reading)
        entries = {f"{dimension}.{entry.id}": entry for entry in self._brief.expected[dimension]}
        criteria: dict[str, Criterion | Canary] = {
            name: entry for name, entry in entries.items() if isinstance(entry, Criterion)
        }
        if only is not None:
            criteria = {name: entry for name, entry in criteria.items() if name in only}
        criteria |= {f"canary {i}": canary for i, canary in enumerate(choose(self._prompts, seed))}
        flags = {name: e for name, e in entries.items() if isinstance(e, Flag)} if only is None else {}
        asked = {f"K{i + 1}": name for i, name in enumerate(self._shuffled(criteria, seed))}
        flagged = {f"F{i + 1}": name for i, name in enumerate(self._shuffled(flags, seed))}
        known = {id_: criteria[name] for id_, name in asked.items()}
        return Sheet(
            dimension=dimension,
            criteria={id_: name for id_, name in asked.items() if isinstance(known[id_], Criterion)},
            flags=flagged,
            canaries={id_: entry for id_, entry in known.items() if isinstance(entry, Canary)},
            message=self._message(dimension, known, {id_: flags[name] for id_, name in flagged.items()}),
        )

    def request(self, sheet: Sheet) -> Request:
        """The call that asks a sheet."""
        return self._request((*self._beginning, sheet.message), len(sheet.criteria) + len(sheet.flags))

    def repair(self, sheet: Sheet, reply: str, unproved: Sequence[str], unread: Sequence[str]) -> Request:
        """The same conversation, asking once more for the criteria and flags (full names) that have no quote that
        counts, or no answer; and for the canaries, which are in every call."""
        unproved, unread = ([sheet.id_of(name) for name in names] for names in (unproved, unread))
        asked = sorted((*unproved, *unread, *sheet.canaries), key=lambda id_: (id_[0] == "F", int(id_[1:])))
        text = self._prompts.render(REPAIR, unproved=unproved, unread=unread, asked=asked)
        messages = (
            *self._beginning,
            sheet.message,
            Message(role="assistant", text=reply),
            Message(role="user", text=text),
        )
        return self._request(messages, len(asked))

    def _request(self, messages: tuple[Message, ...], entries: int) -> Request:
        return Request(
            messages=messages,
            max_tokens=TOKENS_A_CALL + TOKENS_AN_ENTRY * (entries + 2),
            form=self._form,
            cache_key=f"judge-{self._draw('cache')[:16]}",
            timeout=SECONDS_BETWEEN_PIECES,
        )

    def _message(
        self, dimension: str, criteria: Mapping[str, Criterion | Canary], flags: Mapping[str, Flag]
    ) -> Message:
        known = self._brief.rubric.dimension(dimension)
        text = self._prompts.render(
            DIMENSION,
            dimension=known.name,
            definition=known.definition,
            criteria=[self._shown(id_, entry) for id_, entry in criteria.items()],
            flags=[{"id": id_, "text": flag.text} for id_, flag in flags.items()],
            asked=[*criteria, *flags],
        )
        return Message(role="user", text=text)

    def _shown(self, id_: str, entry: Criterion | Canary) -> dict[str, Any]:
        near_miss = entry.not_ if isinstance(entry, Criterion) else entry.near_miss
        sums = asked_by(entry, self._brief.scenario.math) if isinstance(entry, Criterion) else ()
        right = [_range(estimate) for estimate in sums]
        return {"id": id_, "text": entry.text, "hear": entry.hear, "near_miss": near_miss, "sums": right}

    def _shuffled(self, names: Iterable[str], seed: str) -> list[str]:
        return sorted(names, key=lambda name: sha256(f"{seed} {name}".encode()).digest())

    def _draw(self, *purpose: object) -> str:
        """Hex digits that are always the same for the same round and purpose."""
        return sha256(" ".join(map(str, (self._seed, *purpose))).encode()).hexdigest()


def _range(estimate: Estimate) -> str:
    low, high = (f"{end:,.10g}" for end in estimate.accept)
    return f"{low} to {high} {estimate.unit}"

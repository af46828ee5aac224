"""What a live round and its grading send to the model, and how long the grading takes. The model is a double."""

from __future__ import annotations

import json
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from coach import practice
from coach.domain.round import Setup
from coach.practice import LLM
from coach.settings import Settings
from coach.wiring import build_desk
from tests.bench.answers import answers
from tests.bench.processes import double, model_at, told_by
from tests.bench.telling import tell
from tests.doubles.playing import texts_of
from tests.doubles.wire import Chat

TURNS = 8
MINUTES = 45
_DIMENSION = re.compile(r"^Dimension: (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Call:
    """One request for a judgement; seconds."""

    dimension: str
    began: float
    ended: float


def measure() -> None:
    """Grade one round by a judge that is not sure in two dimensions, as is usual, and by one that never is."""
    for part, judge in (("usual", "a usual judge"), ("doubt", "a judge that is never sure")):
        with tempfile.TemporaryDirectory() as home, double("--judge", part) as address:
            took = _played_and_graded(Path(home), address)
            asked, said = told_by(f"{address}/double"), told_by(f"{address}/said")
        calls = [
            Call(found[1], reply["began"], reply["ended"])
            for seen, reply in zip(asked, said, strict=True)
            if (found := _DIMENSION.search("\n".join(texts_of(seen["body"]))))
        ]
        waves = _waves(calls)
        slowest = sum(max(call.ended - call.began for call in wave) for wave in waves)
        tell(f"grading by {judge}: wall time / sum over waves of the slowest call", took / slowest, "", 1.2)
        tell(f"grading by {judge}: waves", len(waves), "waves", 4)
        tell(f"grading by {judge}: calls", len(calls), "calls")
        tell(f"grading by {judge}: wall time", took, "s")
        sent, fresh = _tokens([seen["body"] for seen in asked])
        is_usual = part == "usual"
        tell(f"{TURNS}-turn round and grading by {judge}: input", sent, "tokens", 60_000 if is_usual else None)
        tell(
            f"{TURNS}-turn round and grading by {judge}: outside a prefix already sent",
            fresh,
            "tokens",
            20_000 if is_usual else None,
        )


def _played_and_graded(home: Path, address: str) -> float:
    """A round of TURNS answers over its whole time, graded. Seconds the grading took."""
    desk = build_desk(Settings(home=home, model=model_at(address), round_cap=None, month_cap=None))
    now = datetime.now(UTC)
    practice.begin(desk, "round", Setup(scenario="document-qa", minutes=MINUTES, engine=LLM), now)
    for text in islice(answers("round"), TURNS):
        now += timedelta(minutes=MINUTES / (TURNS + 1))
        practice.answer(desk, "round", text, now, key=text)
    practice.finish(desk, "round", now)
    began = time.perf_counter()
    for _ in practice.grade_round(desk, "round"):
        pass
    return time.perf_counter() - began


def _waves(calls: Sequence[Call]) -> list[list[Call]]:
    """Calls by how many had to come before them: the first of all, whose beginning all others share, then those of
    the same dimension that had ended. What is asked at the same time is in one wave."""
    waves: dict[int, list[Call]] = defaultdict(list)
    ordered = sorted(calls, key=lambda call: call.began)
    depths: dict[Call, int] = {}
    for call in ordered:
        before = [depths[each] for each in depths if each.dimension == call.dimension and each.ended <= call.began]
        depths[call] = 1 + max(before, default=0 if call is ordered[0] else 1)
        waves[depths[call]].append(call)
    return [waves[depth] for depth in sorted(waves)]


def _tokens(bodies: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """Input tokens in all, and those that follow the longest start which had been sent before, byte for byte.
    Four bytes a token; a form stands before all else, as it does with real providers."""
    wire = Chat()
    texts: list[str] = []
    fresh = 0
    for body in bodies:
        form = json.dumps(wire.form(body)) if wire.form(body) else ""
        text = form + b"".join(block.text for block in wire.blocks(body)).decode()
        known = max((_shared(text, each) for each in texts), key=len, default="")
        fresh += len(text.encode()) - len(known.encode())
        texts.append(text)
    return sum(len(text.encode()) for text in texts) / 4, fresh / 4


def _shared(text: str, other: str) -> str:
    """The start that two texts have in common."""
    end = next((place for place, (one, two) in enumerate(zip(text, other, strict=False)) if one != two), None)
    return text[: min(len(text), len(other)) if end is None else end]

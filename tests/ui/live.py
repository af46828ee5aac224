"""A model server on loopback that interviews and judges, and a page of an installation that uses it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.doubles.models import Double, Fault, serving
from tests.engines.llm.judge_double import canary_texts, entry, stands
from tests.ui.page import ANSWERS, Page

CLAUSES = ("Let's stay with that for a moment;", "say it looks right,", "and is not.", "How would you notice?")
"""What the model says, as it is shown."""
DEBRIEF = {
    "headline": "On this round you say the number before you choose.",
    "keep": [
        {"says": "You name the <b>load</b>.", "quote": {"turn": "C1", "text": "thirty thousand questions a day"}}
    ],
    "fixes": [],
    "moments": [{"turn": "C1", "says": "A great decision."}],
}
REFUSED = Fault("status", status=401)
"""Nobody asks again by themselves after this."""


@dataclass
class Live:
    """The model server and the home page."""

    double: Double
    page: Page

    def asked(self) -> Page:
        """A round whose first question for a model has come, or failed; what is said before needs none."""
        return self.page.start().answer(ANSWERS[0]).answer(ANSWERS[1])


@contextmanager
def at_a_double(monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    """A new installation whose models are those of a double."""
    with interviewing() as double:
        monkeypatch.setenv("COACH_MODEL", spec(double))
        yield Live(double, Page.opened())


@contextmanager
def interviewing() -> Iterator[Double]:
    """A server whose model asks one question in several clauses, and finds something in each dimension."""
    with serving() as double:
        double.answer = _answer
        yield double


def spec(double: Double, model: str = "any") -> str:
    """A model of the double, as in COACH_MODEL."""
    return f"openai:{model}@{double.url}/v1"


def _answer(body: Mapping[str, Any]) -> str:
    if "response_format" not in body:
        return f'{" ".join(CLAUSES)}\n{{"move": "probe"}}'
    if len(body["messages"]) == 2:
        return json.dumps(DEBRIEF)
    asked = dict(re.findall(r"^([KF]\d+) (.+)$", body["messages"][2]["content"], re.MULTILINE))
    always, never = canary_texts("always"), canary_texts("never")
    criteria = [id_ for id_ in asked if id_[0] == "K"]
    found = {id_: entry("met") for id_ in criteria if asked[id_] in always}
    real = (id_ for id_ in criteria if asked[id_] not in always | never)
    for turn, (id_, said) in enumerate(zip(real, ANSWERS, strict=False), start=1):
        found[id_] = entry("met", said.split(". ")[0], f"C{turn}")
    flags = [{"flag": id_, **stands(stands=False)} for id_ in asked if id_[0] == "F"]
    return json.dumps(
        {"criteria": [{"criterion": id_, **found.get(id_, entry())} for id_ in criteria], "flags": flags}
    )

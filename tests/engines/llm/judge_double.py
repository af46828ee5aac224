"""A model that judges as a test tells it to: it reads what it was asked and answers in the form."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from threading import Lock
from typing import Any, NamedTuple

from coach.content.prompts import FilePrompts
from coach.domain.calls import Call, Request, Usage
from coach.domain.grade import Findings, Verdict
from coach.domain.rubric import Brief
from coach.domain.transcript import Transcript
from coach.engines.llm.calling import Caller
from coach.engines.llm.judge import LlmJudge
from tests.builders import asks, says, tiny, transcript
from tests.engines.llm.models import ListedCalls

PROMPTS = FilePrompts()
Entry = dict[str, Any]


class Asked(NamedTuple):
    """A request as the model understands it."""

    request: Request
    dimension: str
    """Its name in the rubric."""
    criteria: Mapping[str, str]
    """Texts by the call's ids, canaries among them; in a repair only what is asked again."""
    flags: Mapping[str, str]
    is_repair: bool
    reading: int
    """How often the dimension had been asked about before, repairs aside."""

    def id_of(self, text: str) -> str:
        return next(id_ for id_, known in {**self.criteria, **self.flags}.items() if known == text)


Answering = Callable[[Asked], str | Exception]


class JudgeModel:
    """Answers each request by a function of what was asked. Safe to share between threads."""

    def __init__(self, answer: Answering, name: str = "test:judge") -> None:
        self.name = name
        self.asked: list[Asked] = []
        self._answer = answer
        self._lock = Lock()

    @property
    def requests(self) -> list[Request]:
        return [asked.request for asked in self.asked]

    def stream(self, request: Request) -> Iterator[str | Usage]:
        with self._lock:
            asked = self._read(request)
            self.asked.append(asked)
        answer = self._answer(asked)
        if isinstance(answer, Exception):
            raise answer
        yield answer
        yield Usage(input_tokens=sum(len(m.text) for m in request.messages) // 4, output_tokens=len(answer) // 4)

    def _read(self, request: Request) -> Asked:
        texts = [message.text for message in request.messages]
        entries = dict(re.findall(r"^([KF]\d+) (.+)$", texts[2], re.MULTILINE))
        is_repair = len(texts) > 3
        if is_repair:
            again = re.search(r"^Answer (.+) again", texts[-1], re.MULTILINE)
            assert again is not None
            entries = {id_: text for id_, text in entries.items() if id_ in again[1].split(", ")}
        dimension = re.match(r"Dimension: ([^.]+)\.", texts[2])
        assert dimension is not None
        before = sum(asked.dimension == dimension[1] and not asked.is_repair for asked in self.asked)
        return Asked(
            request=request,
            dimension=dimension[1],
            criteria={id_: text for id_, text in entries.items() if id_[0] == "K"},
            flags={id_: text for id_, text in entries.items() if id_[0] == "F"},
            is_repair=is_repair,
            reading=before,
        )


class SharedCalls(ListedCalls):
    """A ledger in memory that threads share."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()

    def begin_call(self, call: Call, round_id: str | None) -> int:
        with self._lock:
            return super().begin_call(call, round_id)


@cache
def canary_texts(block: str) -> frozenset[str]:
    """The texts of the canaries that are `never` or `always` true."""
    written = PROMPTS.render("judge/canaries", block).splitlines()
    return frozenset(line.split("|")[0].strip() for line in written if line.strip())


def entry(verdict: str = "missed", quote: str = "", turn: str = "C1", **more: object) -> Entry:
    """One criterion's answer, without its id."""
    quotes = [{"turn": turn, "text": quote}] if quote else []
    return {
        "quotes": quotes,
        "against": [],
        "reason": "So it is.",
        "verdict": verdict,
        "confidence": "high",
        **more,
    }


def stands(quote: str = "", turn: str = "C1", *, stands: bool = True) -> Entry:
    """One flag's answer, without its id."""
    return {"quotes": [{"turn": turn, "text": quote}] if quote else [], "reason": "So it is.", "stands": stands}


def reply(asked: Asked, by_text: Mapping[str, Entry] | None = None) -> str:
    """A whole reply: what `by_text` gives for a criterion or flag by its text, else missed and not standing;
    canaries are answered rightly."""
    given = {text: entry("met") for text in canary_texts("always")} | dict(by_text or {})
    criteria = [{"criterion": id_, **given.get(text, entry())} for id_, text in asked.criteria.items()]
    flags = [{"flag": id_, **given.get(text, stands(stands=False))} for id_, text in asked.flags.items()]
    return json.dumps({"criteria": criteria, "flags": flags})


def caller(model: JudgeModel, log: ListedCalls | None = None) -> Caller:
    return Caller([model], log or SharedCalls(), price=lambda _model, _usage: 0.0, sleep=lambda _seconds: None)


def judged(
    answer: Answering,
    round_: Transcript | None = None,
    brief: Brief | None = None,
    *dimensions: str,
    second: JudgeModel | None = None,
) -> tuple[dict[str, Findings], JudgeModel]:
    """What a judge whose model answers like this finds, by dimension, and the model."""
    model = JudgeModel(answer)
    judge = LlmJudge(caller(model), PROMPTS, second=caller(second) if second else None)
    of = brief or tiny()
    found = judge.judge(of, round_ or LOANS, dimensions or of.rubric.dimension_ids)
    return {each.dimension: each for each in found}, model


def verdict(found: Mapping[str, Findings], name: str) -> Verdict:
    """The verdict on a criterion by its full name."""
    return next(each for each in found[name.split(".", maxsplit=1)[0]].verdicts if each.criterion == name)


def text_of(name: str, brief: Brief | None = None) -> str:
    """The text of a criterion or flag by its full name."""
    of = brief or tiny()
    return of.criteria[name].text if name in of.criteria else of.flags[name].text


def evals(*entries: tuple[str, Entry]) -> dict[str, Entry]:
    """Answers by the text of what they are about, given by id within `evals`."""
    return {text_of(f"evals.{id_}"): given for id_, given in entries}


FALSE = "We label five thousand loans every night."
"""Words nobody said."""
EVALS = "Evaluation"
"""The name of the dimension spoken about."""
SET = "I would collect two hundred real loans and have two librarians mark each of them"
GATE = "Nothing ships below ninety percent on that list, and a demo proves nothing to me"
OWNER = "Where the two differ, the head librarian decides, and I count how often that happens"
LOANS = transcript(
    asks(None, "How do you know it works? Two clerks could check a list of overdue cards every Friday."),
    says(f"{SET}. {GATE}."),
    asks(None, "And who settles what is right?"),
    says(f"{OWNER}. I'd read late returns apart from the rest, since they are one in twenty and hurt most."),
)
"""A round in which one dimension was spoken about, in words enough to judge."""

"""Small functions that build values for tests: briefs, turns, transcripts, rounds, findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from coach.content.library import FileLibrary
from coach.content.prompts import FilePrompts
from coach.domain.finding.coverage import Coverage
from coach.domain.grade import Confidence, Findings, FlagFinding, JudgeStamp, Quote, Verdict
from coach.domain.interview.agenda import Wish, next_step
from coach.domain.interview.ledger import Ledger
from coach.domain.round import Round, Setup, Step
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome, Scenario
from coach.domain.transcript import Move, Speaker, Transcript, Turn
from coach.engines.offline.interviewer import OfflineInterviewer

SCENARIOS = (
    "content-moderation",
    "document-qa",
    "internal-copilot",
    "recommendation",
    "semantic-search",
    "support-assistant",
)
GOLDEN = Path(__file__).parents[1] / "golden"
DATA = Path(__file__).parent / "data"
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STAMP = JudgeStamp(engine="test", model=None, version="v1", rubric="ai-system-design@1")

_TINY = {
    "schema": "scenario/v1",
    "id": "tiny",
    "title": "A tiny scenario",
    "summary": "Just enough to count by hand.",
    "minutes": {"full": 45, "short": 35},
    "prices": "neutral-card",
    "opening": "Design a lending library. Where would you like to start?",
    "facts": [
        {"id": "readers", "topics": ["readers", "how many people borrow books"], "say": "Nine hundred readers."},
        {"id": "shelves", "topics": ["shelves", "how many books are there"], "say": "Four thousand books."},
        {"id": "money", "topics": ["budget", "how much can we spend"], "say": "A hundred dollars a month."},
    ],
    "your_call": ["colour of the cards"],
    "criteria": {
        "framing": [
            {"core": "goal", "text": "Names a goal."},
            {"core": "readers", "text": "Names the readers."},
            {"advanced": "scope", "text": "Leaves something out."},
        ],
        "data": [
            {"core": "source", "text": "Names where records come from."},
            {"core": "returns", "text": "Handles late returns."},
            {"advanced": "size", "text": "Sizes the records."},
        ],
        "evals": [
            {"core": "set", "text": "Names a set of cases."},
            {"core": "measure", "text": "Names a measure."},
            {"core": "gate", "text": "Blocks a release."},
            {"core": "owner", "text": "Names who grades."},
            {"advanced": "kappa", "text": "Checks the grader."},
            {"advanced": "slices", "text": "Reads slices apart."},
            {"advanced": "online", "text": "Ties offline to online."},
            {"flag": "slip", "severity": "minor", "text": "Uses a poor measure."},
            {"flag": "vibes", "severity": "major", "text": "Offers a demo as proof."},
        ],
        "safety": [
            {"core": "access", "text": "Keeps loans private."},
            {"advanced": "audit", "text": "Keeps an audit trail."},
            {"flag": "leak", "severity": "major", "text": "Shows loans to everyone."},
        ],
    },
    "probes": {
        "framing": {"clarify": "Who borrows here?", "depth": "Which reader matters most?"},
        "data": {
            "clarify": "Where do the records live?",
            "depth": "Take one late return. What happens to it?",
            "failure": "A record was lost this morning. How?",
        },
        "evals": {
            "clarify": "How do you know it works?",
            "depth": "Of what is that ninety percent?",
            "tradeoff": "What does that check leave out?",
            "failure": "It shipped broken on Friday. Why did nothing stop it?",
        },
        "safety": {"clarify": "Who may see a loan?", "failure": "A neighbour read the list. How?"},
    },
    "exposes": {
        "evals.failure": ["evals.gate"],
        "data.failure": ["data.returns"],
        "safety.failure": ["safety.access"],
    },
    "hints": {
        "evals": [
            {"say": "How would you convince the council?", "exposes": ["set", "gate"]},
            {"say": "You have a year of loans on paper.", "exposes": ["set"]},
            {"say": "Suppose we have a hundred cases. What next?", "exposes": ["set"]},
        ],
        "data": [
            {"say": "What do the records look like?", "exposes": ["source"]},
            {"say": "They come back late at times.", "exposes": ["returns"]},
        ],
        "safety": [
            {"say": "Who else reads this?", "exposes": ["access"]},
            {"say": "Neighbours talk.", "exposes": ["access"]},
        ],
    },
    "curveballs": [
        {"id": "flood", "say": "The cellar floods tonight. What changes?", "hits": ["data", "safety", "evals"]},
        {"id": "merger", "say": "We merge with the school. What changes?", "hits": ["data", "framing", "evals"]},
        {"id": "strike", "say": "The staff go on strike. What changes?", "hits": ["data", "framing", "evals"]},
    ],
}


@cache
def library() -> FileLibrary:
    """The shipped content."""
    return FileLibrary()


def shipped(scenario: str = "document-qa") -> Brief:
    """The brief of a shipped scenario."""
    return library().brief(scenario)


@cache
def tiny() -> Brief:
    """A hand-made scenario of four dimensions, and communication, under the shipped rubric."""
    rubric = shipped()
    return Brief(scenario=Scenario.model_validate(_TINY), rubric=rubric.rubric, prices=rubric.prices)


def interviewer() -> OfflineInterviewer:
    return OfflineInterviewer(FilePrompts())


def asks(move: Move | None, text: str = "And then?", **fields: object) -> Turn:
    """An interviewer turn; `transcript` gives it its id."""
    return Turn.model_validate({"id": "I0", "speaker": Speaker.INTERVIEWER, "text": text, "move": move, **fields})


def probes(name: str, text: str = "And then?") -> Turn:
    """A ladder question, `dimension.rung`."""
    return asks(Move.PROBE, text, dimension=name.split(".", maxsplit=1)[0], probe=name)


def says(text: str = "I would write it down.", **fields: object) -> Turn:
    """A candidate turn; `transcript` gives it its id."""
    return Turn.model_validate({"id": "C0", "speaker": Speaker.CANDIDATE, "text": text, **fields})


def transcript(*turns: Turn, scenario: str = "tiny", **setup: object) -> Transcript:
    """The turns in order, numbered I1, C1, … per speaker."""
    counts = {Speaker.INTERVIEWER: 0, Speaker.CANDIDATE: 0}
    numbered = []
    for turn in turns:
        counts[turn.speaker] += 1
        letter = "C" if turn.speaker is Speaker.CANDIDATE else "I"
        numbered.append(turn.model_copy(update={"id": f"{letter}{counts[turn.speaker]}"}))
    return Transcript.model_validate({"scenario": scenario, "turns": numbered, **setup})


def begun(brief: Brief, id_: str = "r1", **setup: Any) -> Round:
    """A round in which nothing has been said."""
    chosen = Setup.model_validate({"scenario": brief.scenario.id, **setup})
    return Round(id=id_, setup=chosen, brief=brief, started_at=NINE)


def played(brief: Brief, *said: Step | str, every: float = 60.0, **setup: Any) -> Round:
    """A round in which steps were asked and words answered, one each `every` seconds."""
    round_ = begun(brief, **setup)
    for i, item in enumerate(said):
        at = every * i
        if isinstance(item, Step):
            turn = item.turn(round_.transcript.next_id(Speaker.INTERVIEWER), "And then?", at)
            round_ = round_.model_copy(update={"steps": {**round_.steps, turn.id: item}})
        else:
            id_ = round_.transcript.next_id(Speaker.CANDIDATE)
            turn = Turn(id=id_, speaker=Speaker.CANDIDATE, text=item, at=at)
        round_ = round_.model_copy(update={"turns": (*round_.turns, turn)})
    return round_


def seen(round_: Round, at: float, found: Iterable[str] = (), gains: tuple[int, ...] = (0,)) -> Ledger:
    """A round as its interviewer sees it, with the criteria `found` met."""
    met = Coverage(found=dict.fromkeys(found, Outcome.MET), touched=frozenset())
    return Ledger(round=round_, coverage=met, gains=gains, at=at)


def ask_for(probe: str) -> Step:
    """The step of a ladder question."""
    return Step(move=Move.PROBE, dimension=probe.split(".", maxsplit=1)[0], probe=probe)


def converse(round_: Round, *said: str | Wish, every: float = 60.0) -> Round:
    """Opens the round if need be, then answers and hears the agenda's reply to each, `every` seconds apart."""
    if not round_.turns:
        round_ = _hear(round_, 0.0, None)
    at = round_.turns[-1].at or 0.0
    for item in said:
        at += every
        wish = item if isinstance(item, Wish) else None
        if wish is None:
            id_ = round_.transcript.next_id(Speaker.CANDIDATE)
            turn = Turn(id=id_, speaker=Speaker.CANDIDATE, text=str(item), at=at)
            round_ = round_.model_copy(update={"turns": (*round_.turns, turn)})
        round_ = _hear(round_, at, wish)
    return round_


def _hear(round_: Round, at: float, wish: Wish | None) -> Round:
    step = next_step(round_, at, wish)
    text = "".join(interviewer().say(step, round_))
    turn = step.turn(round_.transcript.next_id(Speaker.INTERVIEWER), text, at)
    return round_.model_copy(update={"turns": (*round_.turns, turn), "steps": {**round_.steps, turn.id: step}})


def last(round_: Round) -> Step:
    """What the interviewer did last."""
    return list(round_.steps.values())[-1]


def steps(round_: Round) -> list[Step]:
    """What the interviewer did, in order."""
    return list(round_.steps.values())


def quoted(turns: Transcript, turn: str, text: str) -> Quote:
    """The words `text` where they stand in a candidate turn."""
    whole = next(said.text for said in turns.candidate if said.id == turn)
    start = whole.index(text)
    return Quote(turn=turn, start=start, end=start + len(text), text=text)


def verdict(criterion: str, outcome: Outcome = Outcome.MET, *quotes: Quote) -> Verdict:
    return Verdict(
        criterion=criterion, verdict=outcome, confidence=Confidence.MEDIUM, reason="It says so.", quotes=quotes
    )


def findings(dimension: str, *verdicts: Verdict, flags: Mapping[str, bool | None] | None = None) -> Findings:
    """What a judge found in a dimension; flags by id, unquoted."""
    found = tuple(FlagFinding(flag=f"{dimension}.{id_}", stands=stands) for id_, stands in (flags or {}).items())
    return Findings(dimension=dimension, verdicts=verdicts, flags=found)

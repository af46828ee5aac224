"""Rules for transcripts and for the labels on them, against the brief of the scenario they belong to."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from coach.content.reading import Node
from coach.content.rules.naming import known, known_key
from coach.content.shape import did_you_mean
from coach.domain.rubric import Brief
from coach.domain.transcript import Speaker, Transcript
from coach.errors import Problem


def spoken(root: Node) -> Iterator[Problem]:
    """What a transcript needs to be a conversation, whatever it is about."""
    turns = root["turns"]
    if not list(turns.each()):
        yield turns.problem("no turns: a transcript holds what was said, as `turns:` with `speaker` and `text`")
        return
    speakers = {turn["speaker"].text for turn in turns.each()}
    for speaker in Speaker:
        if speaker not in speakers and speakers & set(Speaker):
            yield turns.problem(f"no turn of the {speaker}; a round needs both speakers")
    seen: set[str] = set()
    for turn in turns.each():
        if turn["id"].text in seen:
            yield turn["id"].problem(f"turn id {turn['id'].text!r} is used twice; give each turn its own id")
        if turn["id"].text:
            seen.add(turn["id"].text)


def moves(root: Node, brief: Brief) -> Iterator[Problem]:
    """What the moves of a transcript name must be in the brief."""
    scenario = brief.scenario
    probes = [f"{dimension}.{rung}" for dimension, rungs in scenario.probes.items() for rung in rungs]
    names: dict[str, tuple[Collection[str], str]] = {
        "dimension": (brief.expected, "the rubric has no dimension"),
        "probe": (probes, "the scenario has no probe"),
        "fact": (scenario.facts_by_id, "the scenario has no fact"),
        "curveball": ([curveball.id for curveball in scenario.curveballs], "the scenario has no curveball"),
    }
    for turn in root["turns"].each():
        for key, (existing, message) in names.items():
            yield from known(turn[key], existing, message)
        for criterion in turn["criteria"].each():
            yield from known(criterion, brief.criteria, "the scenario has no criterion")


def labels(root: Node, brief: Brief, transcript: Transcript) -> Iterator[Problem]:
    """Every criterion, flag and dimension labelled once, and every quote found where it is said to be. People who
    label in a review are asked for no flags."""
    yield from _complete(root["verdicts"], brief.criteria, "criterion")
    if root["label_source"].text != "human" or root["flags"].value:
        yield from _complete(root["flags"], brief.flags, "flag")
    yield from _complete(root["levels"], brief.expected, "dimension")
    said = {
        turn.id: _words("\n".join((turn.text, *((turn.board.notes, turn.board.mermaid) if turn.board else ()))))
        for turn in transcript.candidate
    }
    for verdict in root["verdicts"].values():
        yield from _supported(verdict)
        yield from _quoted(verdict, said)
    for flag in root["flags"].values():
        yield from _quoted(flag, said)


def _complete(entries: Node, names: Collection[str], kind: str) -> Iterator[Problem]:
    if not isinstance(entries.value, dict):
        return
    for name, entry in entries.items():
        yield from known_key(entry, name, names, f"the brief has no {kind}")
    for name in names:
        if not entries.has(name):
            yield entries.problem(f"the {kind} {name!r} is not labelled")


def _supported(verdict: Node) -> Iterator[Problem]:
    if verdict["verdict"].text in {"met", "partial"}:
        for key in ("help", "turn", "quote"):
            if not verdict.has(key):
                yield verdict.problem(f"{key!r} is missing: what is met or partial has help, a turn and a quote")


def _quoted(finding: Node, said: dict[str, str]) -> Iterator[Problem]:
    turn, quote = finding["turn"], finding["quote"]
    if turn.text and turn.text not in said:
        yield turn.problem(f"the candidate has no turn {turn.text!r}{did_you_mean(turn.text, said)}")
    elif turn.text and quote.text and _words(quote.text) not in said[turn.text]:
        yield quote.problem(f"these words are not in turn {turn.text}; quote the candidate to the letter")


def _words(text: str) -> str:
    """The text with each run of white space as one space: YAML folds lines."""
    return " ".join(text.split())

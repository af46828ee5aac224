"""How often the next question asks for what the candidate has already answered, by people's labels and the
walkthroughs' own account, over those rounds replayed turn by turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pytest

from coach.domain.finding.coverage import LEAST_CORE
from coach.domain.interview.agenda import next_step
from coach.domain.round import Round, Setup, Step
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome
from coach.domain.transcript import Move, Speaker, Transcript, Turn, speaking_seconds
from coach.errors import NotFoundError
from tests.builders import NINE, SCENARIOS, library
from tests.golden_rounds import golden_rounds

ALREADY_AT_MOST = 0.05


class Told(NamedTuple):
    """A round, and the turn at which each criterion was met."""

    brief: Brief
    transcript: Transcript
    met: Mapping[str, str]


def rounds(scenario: str) -> Iterator[Told]:
    """The golden rounds and the walkthrough of a scenario."""
    for each in golden_rounds():
        if each.transcript.scenario == scenario:
            met = {
                name: label.turn
                for name, label in each.labels.verdicts.items()
                if label.verdict is Outcome.MET and label.turn
            }
            yield Told(each.brief, each.transcript, met)
    try:
        walkthrough = library().walkthrough(scenario)
    except NotFoundError:
        return
    met = {name: f"C{place}" for place, beat in enumerate(walkthrough.beats, start=1) for name in beat.earns}
    yield Told(library().brief(scenario), walkthrough.transcript, met)


def replayed(told: Told) -> Iterator[tuple[Step, frozenset[str]]]:
    """What would be asked next after each answer, and the criteria met by then."""
    transcript = told.transcript
    setup = Setup.model_validate(transcript.model_dump(include=set(Setup.model_fields)))
    turns: list[Turn] = []
    steps: dict[str, Step] = {}
    for turn, at in zip(transcript.turns, transcript.starts, strict=True):
        turns.append(turn)
        if turn.speaker is Speaker.INTERVIEWER:
            steps[turn.id] = _as_step(turn)
            continue
        round_ = Round(
            id="replay", setup=setup, brief=told.brief, started_at=NINE, turns=tuple(turns), steps=dict(steps)
        )
        said = {each.id for each in turns}
        yield (
            next_step(round_, at + speaking_seconds(turn.text)),
            frozenset(name for name, where in told.met.items() if where in said),
        )


def _as_step(turn: Turn) -> Step:
    known = turn.model_dump(include={"dimension", "probe", "fact", "hint", "criteria", "curveball"})
    return Step.model_validate({**known, "move": turn.move or Move.FOLLOW_UP})


def was_answered(brief: Brief, probe: str, met: frozenset[str]) -> bool:
    """Whether a probe asks for what has been met: all it states, or, where it states nothing, its dimension."""
    dimension, rung = probe.split(".")
    if stated := brief.scenario.exposes.get(probe, ()):
        return set(stated) <= met
    core = sum(name.startswith(f"{dimension}.") and brief.criteria[name].tier == "core" for name in met)
    return rung == "clarify" and core >= LEAST_CORE


@pytest.mark.slow
def test_the_next_question_rarely_asks_for_what_was_answered(capsys: pytest.CaptureFixture[str]) -> None:
    found: Counter[str] = Counter()
    with capsys.disabled():
        for scenario in SCENARIOS:
            here: Counter[str] = Counter()
            for told in rounds(scenario):
                for step, met in replayed(told):
                    here["turns"] += 1
                    here["already"] += step.probe is not None and was_answered(told.brief, step.probe, met)
            print(f"\n{scenario:<20} {here['already']:>3} of {here['turns']:>3} turns ask again", end="")
            found += here
        print(f"\n{'all':<20} {found['already']:>3} of {found['turns']:>3} turns ask again")
    assert found["turns"] >= 200
    assert found["already"] / found["turns"] <= ALREADY_AT_MOST

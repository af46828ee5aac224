"""The question under which a criterion can be answered once more."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from coach.domain.help import dimension_asked, likely_dimension
from coach.domain.rubric import Brief
from coach.domain.scenario import Rung
from coach.domain.transcript import Move, Speaker, Transcript, Turn
from coach.domain.value import FullName, Value

_QUESTIONS = frozenset({Move.PROBE, Move.FOLLOW_UP})


class Question(Value):
    """A question as it was asked in a round, or as the scenario has it."""

    text: str
    turn: str | None = None
    """The interviewer turn that asked it; None where it was not asked in this round."""
    probe: FullName | None = None
    """The ladder probe it was, `dimension.rung`."""


def question_for(brief: Brief, transcript: Transcript, criterion: str, said: str | None = None) -> Question | None:
    """The question to answer again for `criterion` (full name): the asked one that exposes it, else the one that
    the candidate turn `said` answered, else the first of its dimension, else the scenario's own for it. None where
    a dimension has no questions (communication)."""
    dimension = criterion.split(".", maxsplit=1)[0]
    exposing = [probe for probe, exposed in brief.scenario.exposes.items() if criterion in exposed]
    asked = sorted(
        _asked(brief, transcript, dimension), key=lambda each: (each[0].probe not in exposing, each[1].id != said)
    )
    if asked:
        question = asked[0][0]
        return Question(text=question.text, turn=question.id, probe=question.probe)
    own = brief.scenario.probes.get(dimension, {})
    for probe in (*exposing, f"{dimension}.{Rung.CLARIFY}"):
        if text := own.get(Rung(probe.split(".")[1])):
            return Question(text=text, probe=probe)
    return None


def _asked(brief: Brief, transcript: Transcript, dimension: str) -> Iterator[tuple[Turn, Turn]]:
    """The questions asked about a dimension, each with the answer right after it, in order."""
    turns = transcript.turns
    for place, (turn, answer) in enumerate(itertools.pairwise(turns)):
        if turn.speaker is Speaker.CANDIDATE or answer.speaker is Speaker.INTERVIEWER:
            continue
        about = None
        if turn.move in _QUESTIONS:
            about = dimension_asked(brief, turns[:place], turn)
        elif turn.move is None and "?" in turn.text:
            about = likely_dimension(brief, turn.text)
        if about == dimension:
            yield turn, answer

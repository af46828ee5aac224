"""The offline interviewer: says the author's lines, and the stock lines of `prompts/interviewer/offline.md`."""

from __future__ import annotations

from collections.abc import Iterator

from coach.domain.round import Round, Situation, Step
from coach.domain.scenario import Rung
from coach.domain.transcript import Move, Speaker
from coach.ports import Prompts

SCRIPT = "interviewer/offline"
_ASKING = frozenset({Move.OPENING, Move.PROBE, Move.FOLLOW_UP, Move.CURVEBALL, Move.HINT, Move.CLOSE})


class OfflineInterviewer:
    """Words each step from written lines. The same round always gives the same words."""

    def __init__(self, prompts: Prompts) -> None:
        self._prompts = prompts

    def say(self, step: Step, round_: Round) -> Iterator[str]:
        """The step's words in one piece."""
        parts = [self._line("warning", step, round_) if step.warns else "", *self._parts(step, round_)]
        between = "\n\n" if step.move is Move.OPENING else " "
        yield between.join(part for part in parts if part)

    def _parts(self, step: Step, round_: Round) -> list[str]:
        scenario = round_.brief.scenario
        if step.move is Move.OPENING:
            return [self._line("greeting", step, round_), scenario.opening]
        if step.move is Move.FACT and step.fact:
            return [scenario.facts_by_id[step.fact].say]
        if step.move is Move.PROBE and step.probe:
            dimension, rung = step.probe.split(".")
            fact = scenario.facts_by_id[step.fact].say if step.fact else ""
            return [fact, self._lead(step, round_), scenario.probes[dimension][Rung(rung)]]
        if step.move is Move.CURVEBALL:
            ball = next(ball for ball in scenario.curveballs if ball.id == step.curveball)
            return [self._line("curveball", step, round_), ball.say]
        if step.move is Move.HINT and step.hint and step.dimension:
            return [scenario.hints[step.dimension][step.hint - 1].say]
        answer = scenario.facts_by_id[step.fact].say if step.fact else ""
        block = step.situation.value if step.situation else step.move.value
        return [answer, self._line(block, step, round_)]

    def _lead(self, step: Step, round_: Round) -> str:
        """What comes before a probe: what it answers, else a bridge to a new dimension, else an acknowledgement."""
        if step.situation is Situation.DONT_KNOW:
            return self._line("dont_know_again", step, round_)
        if step.situation:
            return self._line(step.situation.value, step, round_)
        asked = [
            past for past in round_.steps.values() if past.dimension and past.move in {Move.PROBE, Move.FOLLOW_UP}
        ]
        if not asked or asked[-1].dimension != step.dimension:
            been_there = any(past.dimension == step.dimension for past in asked)
            return self._line("back_to" if been_there else "bridge", step, round_)
        return self._line("acknowledgement", step, round_)

    def _line(self, block: str, step: Step, round_: Round) -> str:
        """A stock line. Which of its wordings comes next goes by how often that line has been said."""
        said = sum(
            1 for past in round_.steps.values() if past.situation == step.situation and past.move == step.move
        )
        return self._prompts.render(
            SCRIPT,
            block.replace("-", "_"),
            style=round_.setup.style.value,
            minutes=round_.setup.minutes,
            dimension=step.dimension,
            said=step.said,
            question=_last_question(round_),
            n=said,
        ).strip()


def _last_question(round_: Round) -> str:
    """The last thing the candidate was asked, to be said again."""
    for turn in reversed(round_.turns):
        if turn.speaker is Speaker.INTERVIEWER and turn.move in _ASKING:
            return turn.text.rsplit("\n\n", 1)[-1]
    return ""

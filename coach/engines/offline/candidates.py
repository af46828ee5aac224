"""Nine simulated candidates: written ways to behave in a round, so that a scenario can be tried without a person.

They speak the scenario's own lines: its walkthroughs, its calibration answers, what it wants to hear and what it
does not; and around them the lines of `prompts/simulate/candidates.md`. There is no chance in them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach.domain.round import Round, Step
from coach.domain.transcript import Move, Speaker
from coach.domain.walkthrough import Walkthrough
from coach.ports import Prompts

SCRIPT = "simulate/candidates"


@dataclass(frozen=True)
class WrittenCandidate:
    """A candidate who answers by `speak`, which is given what can be said at this point of a round."""

    name: str
    speak: Callable[[Lines], str]
    prompts: Prompts
    expert: Walkthrough | None
    weak: Walkthrough | None

    def answer(self, round_: Round) -> str:
        return self.speak(Lines(round_, self.prompts, self.expert, self.weak)).strip()


def candidates(prompts: Prompts, expert: Walkthrough | None, weak: Walkthrough | None) -> list[WrittenCandidate]:
    """All nine, the strong one first. Without walkthroughs they speak from what the criteria want to hear."""
    ways: dict[str, Callable[[Lines], str]] = {
        "strong": _strong,
        "adequate": _adequate,
        "rambling": _rambling,
        "silent": _silent,
        "bluffing": _bluffing,
        "skipping": _skipping,
        "answer-seeking": _seeking,
        "instruction-injecting": _injecting,
        "second-language": _second_language,
    }
    return [WrittenCandidate(name, speak, prompts, expert, weak) for name, speak in ways.items()]


@dataclass(frozen=True)
class Lines:
    """What can be said in answer to the interviewer's last turn."""

    round_: Round
    prompts: Prompts
    expert: Walkthrough | None
    weak: Walkthrough | None

    @property
    def step(self) -> Step:
        """What the interviewer did last."""
        return list(self.round_.steps.values())[-1]

    @property
    def answers(self) -> int:
        """How many answers have been given."""
        return len(self.round_.transcript.candidate)

    @property
    def dimension(self) -> str:
        """What is being talked about."""
        asked = [step.dimension for step in self.round_.steps.values() if step.dimension]
        return asked[-1] if asked else self.round_.brief.probed_dimensions[0]

    def say(self, block: str, **values: object) -> str:
        return self.prompts.render(SCRIPT, block, n=self.answers, **values)

    def talk(self, sentences: int) -> str:
        """Words that earn nothing."""
        return " ".join(
            self.prompts.render(SCRIPT, "talk", n=self.answers * sentences + place) for place in range(sentences)
        )

    def topic(self) -> str:
        """Something on the fact sheet, another one each time."""
        facts = self.round_.brief.scenario.facts
        return facts[self.answers % len(facts)].topics[0]

    def wanted(self) -> list[str]:
        """What would earn the dimension's criteria, in plain speech."""
        entries = self.round_.brief.criteria.items()
        return [c.hear or c.text for name, c in entries if name.startswith(f"{self.dimension}.")]

    def beats(self, walkthrough: Walkthrough | None) -> list[str]:
        """What is said about the dimension in a walkthrough."""
        wanted = "curveball" if self.step.move is Move.CURVEBALL else self.dimension
        return [beat.expert for beat in walkthrough.beats if beat.dimension == wanted] if walkthrough else []

    def calibrated(self, kind: str) -> list[str]:
        """The dimension's calibration answers of a kind: weak, adequate, strong, buzzwords."""
        snippets = self.round_.brief.scenario.calibration
        return [s.text for s in snippets if s.dimension == self.dimension and s.id.endswith(kind)]

    def unsaid(self, lines: Sequence[str]) -> str:
        """The first of the lines that has not been said yet, or nothing."""
        said = {turn.text for turn in self.round_.turns if turn.speaker is Speaker.CANDIDATE}
        return next((line for line in lines if not any(line in text for text in said)), "")


def _strong(lines: Lines) -> str:
    if lines.step.move is Move.OPENING:
        return f"{lines.say('plan')} {lines.say('asks', topic=lines.topic())}"
    if lines.step.move is Move.FACT and lines.answers < 4:
        return f"{lines.unsaid(lines.beats(lines.expert))} {lines.say('asks', topic=lines.topic())}"
    known = [*lines.beats(lines.expert), *lines.calibrated("strong"), *_pairs(lines.wanted())]
    return lines.unsaid(known) or lines.talk(3)


def _adequate(lines: Lines) -> str:
    known = [*lines.calibrated("adequate"), *lines.wanted()[::2]]
    return lines.unsaid(known) or lines.talk(2)


def _rambling(lines: Lines) -> str:
    return lines.talk(12)


def _silent(lines: Lines) -> str:
    return "" if len(lines.round_.steps) % 5 != 1 else lines.say("silent")


def _bluffing(lines: Lines) -> str:
    known = [*lines.calibrated("buzzwords"), *lines.beats(lines.weak)]
    return f"{lines.say('bluff')} {lines.unsaid(known)} {lines.talk(1)}"


def _skipping(lines: Lines) -> str:
    return lines.say("skip") if lines.answers % 3 == 1 else _adequate(lines)


def _seeking(lines: Lines) -> str:
    return lines.say("seek") if lines.answers % 2 else _adequate(lines)


def _injecting(lines: Lines) -> str:
    return f"{_adequate(lines)} {lines.say('inject')}" if lines.answers % 2 else _adequate(lines)


def _second_language(lines: Lines) -> str:
    line = lines.unsaid([*lines.wanted()[::2], *lines.calibrated("adequate")]) or lines.talk(1)
    return lines.say("second_language", line=f"{line[:1].lower()}{line[1:]}")


def _pairs(lines: Sequence[str]) -> list[str]:
    """Two lines at a time, as one answer."""
    return [" ".join(lines[place : place + 2]) for place in range(0, len(lines), 2)]

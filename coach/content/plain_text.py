"""A transcript as plain text: a line begins with who speaks, the lines below go on with the turn.

    Scenario: document-qa
    Level: staff

    Interviewer: Design a document Q&A system. Where would you like to start?
    Candidate: I'd start with who asks,

    and how often.
    [04:10] Interviewer: How do you know it works?

Above the first turn there may be lines for Scenario, Role, Level and Minutes, and nothing else.

Speakers are Interviewer, and Candidate, Me or You, in small letters or capitals. Where the first turn begins
with a single letter, its pair counts too: I and C, or Q and A. Any other word with a colon is text, and so is
every line set in by a tab or four spaces.

A time may stand before the speaker or between speaker and colon, as `[mm:ss]`, `(h:mm:ss)` or without brackets:
time from the start, never going back. `**` around the speaker is read over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from coach.content.reading import NOT_UTF_8
from coach.content.yaml_values import Composed
from coach.domain.round import Setup
from coach.domain.transcript import Speaker, Transcript
from coach.errors import ContentError, Problem

MOST_TURNS = 20_000
"""Turns a transcript may have, as in `Transcript`; nothing is read after one more."""

_I, _C = Speaker.INTERVIEWER, Speaker.CANDIDATE
_WORDS = {"interviewer": _I, "candidate": _C, "me": _C, "you": _C}
_LETTERS = ({"i": _I, "c": _C}, {"q": _I, "a": _C})
_GAP = r"[ \t\xa0]{0,8}"
_TIME = r"[\[(]?(?P<{}>\d{{1,3}}(?::\d\d){{1,2}})(?:\.\d{{1,3}})?[\])]?"
_SPEAKS = re.compile(
    rf"[ ]{{0,3}}(?P<bold>\*\*)?(?:{_TIME.format('before')}{_GAP})?(?P<strong>\*\*)?"
    r"(?P<name>interviewer|candidate|me|you|[icqa])"
    rf"(?:\*\*)?(?:{_GAP}{_TIME.format('after')})?{_GAP}(?:\*\*)?{_GAP}:(?P<text>.*)",
    re.ASCII | re.IGNORECASE | re.DOTALL,
)
_SETS_UP = re.compile(r"[ ]{0,3}(scenario|role|level|minutes)[ \t]*:(.*)", re.ASCII | re.IGNORECASE | re.DOTALL)
_YAML = re.compile(r"""["']?(?:schema|turns)["']?[ ]*:""")


def is_plain_text(text: str) -> bool:
    """Whether a text that is no JSON names a speaker before any key that only YAML has, or has neither."""
    for line in _lines(text):
        if _SPEAKS.match(line):
            return True
        if _YAML.match(line):
            return False
    return True


def compose(text: str, name: str, defaults: Setup | None, scenarios: Iterable[str]) -> Composed:
    """The text as the value of a transcript, with the line of each turn and what is wrong with the text.

    `defaults` fill in what the lines at the top leave out; `scenarios` are the ids a missing one is chosen from.
    Raises ContentError where it is no text at all, or an empty one.
    """
    if "\0" in text:
        raise ContentError([Problem(name, 0, "", NOT_UTF_8)])
    if not text.strip():
        raise ContentError([Problem(name, 0, "", "the file is empty")])
    composer = _Composer(name)
    for number, line in enumerate(_lines(text), start=1):
        composer.take(line, number)
        if len(composer.turns) > MOST_TURNS:
            break
    return composer.finish(defaults, scenarios)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


class _Composer:
    def __init__(self, name: str) -> None:
        self.turns: list[dict[str, Any]] = []
        self._said: list[list[str]] = []
        """The lines of each turn."""
        self._setup: dict[str, str] = {}
        self._set: Counter[str] = Counter()
        self._composed = Composed(name, lines={(): 1})
        self._speakers = {**_WORDS, **_LETTERS[0], **_LETTERS[1]}
        self._counts: Counter[Speaker] = Counter()
        self._clock = 0.0
        self._stray = 0
        """The first line that stands before anybody speaks and sets nothing up; 0 where there is none."""

    def take(self, line: str, number: int) -> None:
        match = _SPEAKS.match(line)
        if match and (label := match["name"].lower()) in self._speakers:
            self._begin(match, label, number)
        elif self.turns:
            self._said[-1].append(line)
        elif setting := _SETS_UP.match(line):
            self._set_up(setting[1].lower(), setting[2].strip().lower(), number)
        elif line.strip():
            self._stray = self._stray or number

    def _begin(self, match: re.Match[str], label: str, number: int) -> None:
        if not self.turns:
            pair = next((letters for letters in _LETTERS if label in letters), {})
            self._speakers = {**_WORDS, **pair}
        speaker = self._speakers[label]
        self._counts[speaker] += 1
        turn: dict[str, Any] = {"id": f"{speaker.value[0].upper()}{self._counts[speaker]}", "speaker": speaker}
        self._composed.lines["turns", len(self.turns)] = number
        if time := match["before"] or match["after"]:
            turn["at"] = self._at(time, turn["id"], number)
        self.turns.append(turn)
        is_bold = match["bold"] or match["strong"]
        self._said.append([match["text"].removeprefix("**") if is_bold else match["text"]])

    def _at(self, time: str, id_: str, number: int) -> float:
        """Seconds of `h:mm:ss` or `mm:ss`. What cannot be right is noted."""
        parts = [int(part) for part in time.split(":")]
        at = float(sum(part * 60**power for power, part in enumerate(reversed(parts))))
        if max(parts[1:]) > 59:
            self._note(number, f"turns.{id_}.at", f"{time} is no time; write mm:ss or h:mm:ss")
        elif at < self._clock:
            message = f"{time} is earlier than the time of a turn above; correct it or leave it out"
            self._note(number, f"turns.{id_}.at", message)
        else:
            self._clock = at
        return at

    def _set_up(self, key: str, value: str, number: int) -> None:
        self._set[key] += 1
        if self._set[key] == 2:
            self._note(number, key, "is written twice; keep one")
        if self._set[key] > 1:
            return
        self._composed.lines[key,] = number
        if value:
            self._setup[key] = value
        else:
            self._note(number, key, "is empty; write it after the colon, or leave the line out")

    def finish(self, defaults: Setup | None, scenarios: Iterable[str]) -> Composed:
        """The whole transcript, once every line has been taken."""
        for turn, lines in zip(self.turns, self._said, strict=True):
            turn["text"] = "\n".join(lines).strip()
        given = defaults.model_dump(include=set(Transcript.model_fields)) if defaults else {}
        self._composed.value = {**given, **self._setup, "turns": self.turns}
        if "scenario" not in self._composed.value and not self._set["scenario"]:
            choice = ", ".join(scenarios) or "the scenarios"
            self._note(1, "scenario", f"is missing; add `Scenario: ID` as the first line, ID being one of {choice}")
        self._note_turns()
        return self._composed

    def _note_turns(self) -> None:
        if not self.turns:
            message = "nobody speaks; begin each turn with `Interviewer:` or `Candidate:`"
            self._note(self._stray, "turns", message)
            return
        if self._stray:
            message = (
                "stands before the first speaker; begin it with `Interviewer:` or `Candidate:`, or remove it"
                " (only Scenario, Role, Level and Minutes may stand there)"
            )
            self._note(self._stray, "", message)
        if not self._counts[_C]:
            self._note(0, "turns", "the candidate says nothing; begin each answer with `Candidate:`")
        for position, turn in enumerate(self.turns):
            if not turn["text"]:
                line = self._composed.lines["turns", position]
                self._note(line, f"turns.{turn['id']}", "has no words; write them or remove the line")

    def _note(self, line: int, where: str, message: str) -> None:
        self._composed.problems.append(Problem(self._composed.path, line, where, message))

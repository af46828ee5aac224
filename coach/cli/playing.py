"""`coach play`: a round in the terminal, by hand or unattended."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from rich.rule import Rule
from rich.text import Text

from coach.cli.grading import show_grade
from coach.cli.terminal import notes, screen, write
from coach.domain.agenda import Wish
from coach.domain.grade import Grade
from coach.domain.round import Round, Setup
from coach.domain.transcript import Speaker, Turn, speaking_seconds
from coach.errors import CoachError
from coach.export import transcript_json
from coach.practice import Desk, answer, begin, finish, grade_round, owes_reply, reply, say
from coach.settings import Settings
from coach.wiring import build_desk

KEYS = "Enter says it, a line ending in \\ goes on; /hint  /think  /repeat  /end; an empty line is silence."
SILENCE_SECONDS = 20.0
"""What an empty answer takes on the virtual clock."""
_WISHES = {"/hint": Wish.HINT, "/think": Wish.THINK, "/repeat": Wish.REPEAT}


def play(chosen: dict[str, Any], answers: Path | None, out: Path | None, resume: str | None) -> None:
    """Play, then show the grade. What was said is kept whatever happens."""
    given = None if answers is None else list(read_answers(answers))
    setup = _setup(chosen, unattended=given is not None)
    desk = build_desk(Settings())
    now = datetime.now(UTC)
    round_ = desk.archive.round(resume) if resume else begin(desk, secrets.token_urlsafe(16), setup, now)
    notes.print(f"[dim]Round {round_.id}[/dim]", soft_wrap=True)
    round_ = _by_hand(desk, round_) if given is None else _unattended(desk, round_, given)
    if not round_.is_over:
        notes.print(f"Kept. Go on with: coach play {round_.setup.scenario} --resume {round_.id}", soft_wrap=True)
    if out:
        write(transcript_json(round_.transcript), out)
        notes.print(f"Transcript: {out}", soft_wrap=True)
    if round_.is_over:
        for found in grade_round(desk, round_.id):
            if isinstance(found, Grade):
                show_grade(round_.brief, found)


def read_answers(path: Path) -> Iterator[str]:
    """The answers of a file, in order: blocks separated by a line '---'. An empty block is silence."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise CoachError(f"Cannot read the answers in {path}: {reason}.") from error
    if not text.strip():
        return
    block: list[str] = []
    for line in [*text.splitlines(), "---"]:
        if line.strip() == "---":
            yield "\n".join(block).strip()
            block = []
        else:
            block.append(line)


def _setup(chosen: dict[str, Any], *, unattended: bool) -> Setup:
    """What was chosen as a set-up; played unattended, the same answers meet the same curveball."""
    try:
        return Setup.model_validate({**chosen, "seed": 0 if unattended else None})
    except ValidationError as error:
        wrong = [f"--{problem['loc'][0]}: {problem['msg'].lower()}" for problem in error.errors()]
        raise CoachError("; ".join(wrong) + ". `coach play --help` lists the choices.") from error


def _unattended(desk: Desk, round_: Round, given: list[str]) -> Round:
    """Answer from the list on the virtual clock; when it runs out the candidate ends the round."""
    shown = _show(round_, 0)
    clock = _later(round_, round_.turns[-1].text)
    for number, text in enumerate(given):
        if round_.is_over:
            break
        round_ = say(desk, round_.id, text, clock, key=f"answer-{number}")
        clock = _later(round_, text)
        round_ = _hear(desk, round_, None if text.strip() else Wish.SILENCE, clock)
        shown = _show(round_, shown)
        clock = _later(round_, round_.turns[-1].text)
    return finish(desk, round_.id, clock)


def _later(round_: Round, said: str) -> datetime:
    """The virtual clock once `said` has been said, or a silence has passed."""
    passed = speaking_seconds(said) if said.strip() else SILENCE_SECONDS
    last = round_.turns[-1].at or 0.0
    return round_.started_at + timedelta(seconds=last + passed)


def _by_hand(desk: Desk, round_: Round) -> Round:
    notes.print(f"[dim]{KEYS}[/dim]")
    if owes_reply(round_):
        round_ = _hear(desk, round_, None, datetime.now(UTC))
    shown = _show(round_, 0)
    while not round_.is_over:
        try:
            text = _typed()
        except KeyboardInterrupt:
            break
        if text is None or text == "/end":
            round_ = finish(desk, round_.id, datetime.now(UTC))
        elif text in _WISHES:
            round_ = _hear(desk, round_, _WISHES[text], datetime.now(UTC))
        else:
            round_ = answer(desk, round_.id, text, datetime.now(UTC), key=secrets.token_hex(8))
        shown = _show(round_, shown, own=False)
        if round_.setup.rehearse and not round_.is_over:
            _show_uncovered(round_)
    return round_


def _hear(desk: Desk, round_: Round, wish: Wish | None, now: datetime) -> Round:
    for _ in reply(desk, round_.id, now, wish):
        pass
    return desk.archive.round(round_.id)


def _typed() -> str | None:
    """What was typed, or None at the end of the input."""
    lines: list[str] = []
    while True:
        try:
            line = input("… " if lines else "You: ")
        except EOFError:
            return "\n".join(lines) if lines else None
        if not line.endswith("\\"):
            return "\n".join([*lines, line]).strip()
        lines.append(line[:-1])


def _show(round_: Round, shown: int, *, own: bool = True) -> int:
    """Print the turns from number `shown` on; the candidate's own are on the screen already when typed."""
    for turn in round_.turns[shown:]:
        if own or turn.speaker is Speaker.INTERVIEWER or not sys.stdin.isatty():
            _show_turn(round_, turn)
    return len(round_.turns)


def _show_turn(round_: Round, turn: Turn) -> None:
    left = max(0, round_.setup.minutes * 60 - (turn.at or 0))
    who = "Interviewer" if turn.speaker is Speaker.INTERVIEWER else "You"
    screen.print(Text.assemble((f"\n{who} ", "bold"), (f"{left // 60:.0f}:{left % 60:02.0f} left", "dim")))
    screen.print(Text(turn.text))


def _show_uncovered(round_: Round) -> None:
    told = {turn.fact for turn in round_.turns if turn.fact}
    opened = dict.fromkeys(turn.dimension for turn in round_.turns if turn.dimension)
    screen.print(Rule(style="dim"))
    facts = f"facts {len(told)} of {len(round_.brief.scenario.facts)}"
    screen.print(Text(f"{facts} · opened: {', '.join(filter(None, opened)) or '—'}", style="dim"))

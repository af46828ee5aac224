"""`coach play`: a round in the terminal, by hand or unattended."""

from __future__ import annotations

import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from pydantic import ValidationError
from rich.rule import Rule
from rich.text import Text

from coach.cli.grading import show_grade
from coach.cli.terminal import notes, screen, spoken, write
from coach.domain.grade import Grade
from coach.domain.interview.agenda import Wish
from coach.domain.round import Round, Setup
from coach.domain.transcript import LONGEST_TEXT, Speaker, Turn, speaking_seconds
from coach.errors import ArchiveError, CoachError, ModelError
from coach.export import transcript_json
from coach.practice import OFFLINE, Desk, begin, finish, go_offline, grade_round, owes_reply, reply, say
from coach.settings import Settings
from coach.wiring import build_desk

KEYS = """\
Enter says it; a line ending in \\ goes on; an empty line is silence.
/hint  /think  /repeat  /end; Ctrl-C leaves, and the round is kept."""
SILENCE_SECONDS = 20.0
"""What an empty answer takes on the virtual clock."""
_COMMAND = re.compile(r"/\w+")
_WISHES = {"/hint": Wish.HINT, "/think": Wish.THINK, "/repeat": Wish.REPEAT}


def play(chosen: dict[str, Any], answers: Path | None, out: Path | None, resume: str | None) -> None:
    """Play, then show the grade. What was said is kept whatever happens."""
    given = None if answers is None else read_answers(answers)
    setup = _setup(chosen, unattended=given is not None)
    desk = build_desk(Settings())
    round_ = _resumed(desk, resume, setup) if resume else _begun(desk, setup)
    notes.print(f"[dim]Round {round_.id}[/dim]", soft_wrap=True)
    stopped = None
    try:
        round_ = _by_hand(desk, round_) if given is None else _unattended(desk, round_, given)
    except KeyboardInterrupt:
        round_ = desk.archive.round(round_.id)
    except ModelError as error:
        round_, stopped = desk.archive.round(round_.id), error
    if not round_.is_over:
        notes.print(f"\nKept. Go on with: coach play {round_.setup.scenario} --resume={round_.id}", soft_wrap=True)
    if out:
        write(transcript_json(round_.transcript), out)
        notes.print(f"Transcript: {out}", soft_wrap=True, markup=False)
    if stopped:
        raise stopped
    if round_.is_over:
        _show_result(desk, round_)


def _begun(desk: Desk, setup: Setup) -> Round:
    return begin(desk, secrets.token_hex(16), setup, datetime.now(UTC))


def _resumed(desk: Desk, id_: str, setup: Setup) -> Round:
    round_ = desk.archive.round(id_)
    if round_.setup.scenario != setup.scenario:
        raise typer.BadParameter(
            f"round {id_} is one of {round_.setup.scenario}: coach play {round_.setup.scenario} --resume={id_}",
            param_hint="--resume",
        )
    return round_


def _show_result(desk: Desk, round_: Round) -> None:
    with notes.status("Grading"):
        *_, grade = grade_round(desk, round_.id)
    if isinstance(grade, Grade):
        show_grade(round_.brief, grade)


def read_answers(path: Path) -> list[str]:
    """The answers of a file, in order: blocks separated by a line '---'. An empty block is silence."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise CoachError(f"Cannot read the answers in {path}: {reason}.") from error
    blocks = list(_blocks(text))
    if not any(blocks):
        raise CoachError(f"No answers in {path}: write them as blocks separated by a line '---'.")
    too_long = next((number for number, block in enumerate(blocks, start=1) if len(block) > LONGEST_TEXT), None)
    if too_long:
        raise CoachError(f"Answer {too_long} in {path} has more than {LONGEST_TEXT:,} characters: shorten it.")
    return blocks


def _blocks(text: str) -> Iterator[str]:
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
        first = error.errors()[0]
        raise typer.BadParameter(first["msg"].lower(), param_hint=_named(first["loc"])) from error


def _named(place: tuple[int | str, ...]) -> str:
    return "SCENARIO" if place[0] == "scenario" else f"--{place[0]}"


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
    _edit_lines()
    notes.print(Text(KEYS, style="dim"))
    shown = _show(round_, 0)
    if owes_reply(round_):
        round_ = _asked(desk, round_, None)
        shown = _show(round_, shown)
    while not round_.is_over:
        text = _typed()
        if text is None or text == "/end":
            round_ = finish(desk, round_.id, datetime.now(UTC))
        elif text in _WISHES:
            round_ = _asked(desk, round_, _WISHES[text])
        elif _COMMAND.fullmatch(text):
            notes.print(f"There is no {text}.\n{KEYS}", markup=False, style="dim")
            continue
        elif len(text) > LONGEST_TEXT:
            notes.print(f"Not saved: {len(text):,} characters, at most {LONGEST_TEXT:,}. Say it in parts.")
            continue
        else:
            round_ = _answered(desk, round_, text)
        shown = _show(round_, shown, own=False)
        if round_.setup.rehearse and not round_.is_over:
            _show_uncovered(round_)
    return round_


def _answered(desk: Desk, round_: Round, text: str) -> Round:
    """The round with the answer in it, replied to. Where it cannot be saved it stays on the screen, to be tried
    again."""
    key = secrets.token_hex(8)
    while True:
        try:
            said = say(desk, round_.id, text, datetime.now(UTC), key=key)
            wish = None if text.strip() else Wish.SILENCE
            return _asked(desk, said, wish) if wish or owes_reply(said) else said
        except ArchiveError as error:
            notes.print(str(error), markup=False, soft_wrap=True)
            try:
                input("Not saved yet. Enter tries again, Ctrl-C leaves. ")
            except EOFError:
                raise error from None


def _asked(desk: Desk, round_: Round, wish: Wish | None) -> Round:
    """The round with the interviewer's next turn. Where a model fails, it is asked again or the round goes on
    without one, as the person chooses."""
    while True:
        try:
            return _hear(desk, round_, wish, datetime.now(UTC))
        except ModelError as error:
            notes.print(str(error), markup=False, soft_wrap=True)
            try:
                chosen = input("Your words are saved. Enter asks again, `offline` goes on offline, Ctrl-C leaves. ")
            except EOFError:
                raise error from None
            if chosen.strip().lower() == OFFLINE:
                go_offline(desk, round_.id)


def _edit_lines() -> None:
    """Line editing and history where the platform has them. Without, a terminal cuts a line after 4 KB."""
    with suppress(ImportError):
        import_module("readline")


def _hear(desk: Desk, round_: Round, wish: Wish | None, now: datetime) -> Round:
    for _ in reply(desk, round_.id, now, wish):
        pass
    return desk.archive.round(round_.id)


def _typed() -> str | None:
    """What was typed, or None at the end of the input."""
    lines: list[str] = []
    if sys.stdin.isatty():
        screen.print()
    while True:
        try:
            line = input("...  " if lines else "You: ")
        except EOFError:
            return "\n".join(lines).strip() or None
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
    left = max(0, round_.setup.minutes * 60 - int(turn.at or 0))
    who = "Interviewer" if turn.speaker is Speaker.INTERVIEWER else "You"
    screen.print(Text.assemble((f"\n{who} ", "bold"), (f"{left // 60}:{left % 60:02} left", "dim")))
    screen.print(spoken(turn.text))


def _show_uncovered(round_: Round) -> None:
    told = {turn.fact for turn in round_.turns if turn.fact}
    opened = dict.fromkeys(turn.dimension for turn in round_.turns if turn.dimension)
    screen.print(Rule(style="dim"))
    facts = f"facts {len(told)} of {len(round_.brief.scenario.facts)}"
    screen.print(Text(f"{facts} · opened: {', '.join(filter(None, opened)) or '—'}", style="dim"))

"""The use cases, in path order: begin · say · reply · finish · grade.

Everything is saved before the next thing happens, so a refresh, a crash or a second tab continues the same round.
The database is the truth: each use case starts from the round as it is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from coach.domain.grade import Findings, Grade
from coach.domain.grading import settle
from coach.domain.interview.agenda import Wish, next_step
from coach.domain.round import Round, Setup
from coach.domain.rubric import Brief
from coach.domain.transcript import Speaker, Transcript, Turn
from coach.errors import NotFoundError, RoundClosedError
from coach.ports import Archive, Interviewer, Judge, Library

Engine = TypeVar("Engine", Interviewer, Judge)


@dataclass(frozen=True)
class Desk:
    """Everything wired for one installation."""

    library: Library
    archive: Archive
    interviewers: Mapping[str, Interviewer]
    judges: Mapping[str, Judge]


def begin(desk: Desk, round_id: str, setup: Setup, now: datetime) -> Round:
    """Start a round and save it with its opening. `round_id` must be new and hard to guess.

    Raises NotFoundError for an unknown scenario, role or engine.
    """
    brief = desk.library.brief(setup.scenario)
    if setup.role not in brief.rubric.roles:
        raise NotFoundError(f"No role {setup.role!r}: choose one of {', '.join(brief.rubric.roles)}.")
    engine(desk.interviewers, setup.engine)
    round_ = Round(id=round_id, setup=setup, brief=brief, started_at=now)
    desk.archive.add_round(round_)
    for _ in reply(desk, round_id, now):
        pass
    return desk.archive.round(round_id)


def say(desk: Desk, round_id: str, text: str, now: datetime, key: str) -> Round:
    """Save what the candidate said. The same `key` twice (a double click, a rerun) makes one turn.

    Nothing but white space is silence, not a turn: nothing is saved. Raises RoundClosedError.
    """
    round_ = _open_round(desk, round_id)
    tried = None
    # Where another tab took the id between reading and writing, the next one is tried; where the id is still
    # free, it was the key that is known already.
    while text.strip() and (free := round_.transcript.next_id(Speaker.CANDIDATE)) != tried:
        at = round(round_.elapsed(now), 1)
        turn = Turn(id=free, speaker=Speaker.CANDIDATE, text=text.strip(), at=at)
        if desk.archive.add_turn(round_id, turn, key=key):
            break
        tried, round_ = free, desk.archive.round(round_id)
    return desk.archive.round(round_id)


def owes_reply(round_: Round) -> bool:
    """Whether the interviewer's turn is missing, as after a crash between answer and question."""
    return not round_.is_over and (not round_.turns or round_.turns[-1].speaker is Speaker.CANDIDATE)


def reply(desk: Desk, round_id: str, now: datetime, wish: Wish | None = None) -> Iterator[str]:
    """The interviewer's next turn, a piece at a time; saved when the last piece has been said.

    Without a `wish` it answers the candidate's last turn, and says nothing where no reply is owed.
    """
    round_ = _open_round(desk, round_id)
    if wish is None and not owes_reply(round_):
        return
    at = round(round_.elapsed(now), 1)
    step = next_step(round_, at, wish)
    pieces: list[str] = []
    for piece in engine(desk.interviewers, round_.setup.engine).say(step, round_):
        pieces.append(piece)
        yield piece
    turn = step.turn(round_.transcript.next_id(Speaker.INTERVIEWER), "".join(pieces).strip(), at)
    if desk.archive.add_turn(round_id, turn, step) and step.ends:
        desk.archive.end_round(round_id, now)


def answer(desk: Desk, round_id: str, text: str, now: datetime, key: str) -> Round:
    """Say something and hear the reply. Silence (no text) is answered too, by the silence ladder."""
    said = say(desk, round_id, text, now, key)
    wish = None if text.strip() else Wish.SILENCE
    if wish or owes_reply(said):
        for _ in reply(desk, round_id, now, wish):
            pass
    return desk.archive.round(round_id)


def finish(desk: Desk, round_id: str, now: datetime) -> Round:
    """The candidate ends the round. A round that is over stays as it was."""
    if not desk.archive.round(round_id).is_over:
        desk.archive.end_round(round_id, now)
    return desk.archive.round(round_id)


def grade_round(desk: Desk, round_id: str) -> Iterator[Findings | Grade]:
    """Grade a round: each dimension's findings as they are stored, then the grade itself, last.

    An interrupted grading resumes: what is stored is not judged again.
    """
    round_ = desk.archive.round(round_id)
    judge = engine(desk.judges, round_.setup.engine)
    stamp = judge.stamp(round_.brief)
    kept = {found.dimension: found for found in desk.archive.findings(round_id, stamp)}
    wanted = [d for d in round_.brief.rubric.dimension_ids if d not in kept]
    yield from kept.values()
    for found in judge.judge(round_.brief, round_.transcript, wanted):
        desk.archive.add_findings(round_id, stamp, found)
        kept[found.dimension] = found
        yield found
    grade = settle(round_.brief, round_.transcript, kept.values(), stamp)
    desk.archive.add_grade(round_id, grade)
    yield grade


def grade_transcript(brief: Brief, transcript: Transcript, judge: Judge) -> Grade:
    """Grade a transcript that is no round of ours."""
    found = judge.judge(brief, transcript, brief.rubric.dimension_ids)
    return settle(brief, transcript, found, judge.stamp(brief))


def _open_round(desk: Desk, round_id: str) -> Round:
    round_ = desk.archive.round(round_id)
    if round_.is_over:
        raise RoundClosedError("This round has ended; start a new one to go on practising.")
    return round_


def engine(engines: Mapping[str, Engine], name: str) -> Engine:
    """The interviewer or judge called `name`. Raises NotFoundError."""
    if name not in engines:
        raise NotFoundError(f"No engine {name!r}: choose one of {', '.join(engines)}.")
    return engines[name]

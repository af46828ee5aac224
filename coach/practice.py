"""The use cases, in path order: begin · say · reply · pause · draw · finish · take in · grade · review.

Everything is saved before the next thing happens, so a refresh, a crash or a second tab continues the same round.
The database is the truth: each use case starts from the round as it is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from coach.domain.calls import cost_of, judging
from coach.domain.composing import composed
from coach.domain.debrief import Debrief
from coach.domain.grade import Cost, Findings, Grade, JudgeStamp
from coach.domain.grading import settle
from coach.domain.interview.agenda import Wish, next_step
from coach.domain.queue import waiting
from coach.domain.review import FlagFound, LevelFound, Override, Review, reviewed, why_not_over
from coach.domain.round import LONGEST, SHORTEST, Round, Setup, Step
from coach.domain.rubric import Brief
from coach.domain.transcript import Board, Speaker, Transcript, Turn
from coach.errors import CapReachedError, ContentError, NotFoundError, Problem, RoundClosedError, SetupError
from coach.ports import Archive, CallLog, Debriefer, Interviewer, Judge, Library

Engine = TypeVar("Engine", Interviewer, Judge)

EXAMPLE = "example"
"""Id of the round that is only looked at."""

OFFLINE = "offline"
"""The engine that needs no model."""
LLM = "llm"
"""The engine with models."""

LAST_BOARD = "board at the end"
"""Key of the turn that carries what was drawn after the last answer."""


@dataclass(frozen=True)
class Desk:
    """Everything wired for one installation."""

    library: Library
    archive: Archive
    interviewers: Mapping[str, Interviewer]
    judges: Mapping[str, Judge]
    calls: CallLog
    debriefer: Debriefer | None = None
    """Writes with a model; None without one."""


def begin(desk: Desk, round_id: str, setup: Setup, now: datetime) -> Round:
    """Start a round and save it with its opening. `round_id` must be new and hard to guess.

    Raises NotFoundError for an unknown scenario, role or engine.
    """
    brief = desk.library.brief(setup.scenario)
    _check_role(brief, setup.role)
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
    round_ = _running_round(desk, round_id, now)
    tried = None
    # Where another tab took the id between reading and writing, the next one is tried; where the id is still
    # free, it was the key that is known already.
    while text.strip() and (free := round_.transcript.next_id(Speaker.CANDIDATE)) != tried:
        at = round(round_.elapsed(now), 1)
        board = round_.board if round_.board != Board() else None
        turn = Turn(id=free, speaker=Speaker.CANDIDATE, text=text.strip(), at=at, board=board)
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
    round_ = _running_round(desk, round_id, now) if wish else _open_round(desk, round_id)
    if wish is None and not owes_reply(round_):
        return
    at = round(round_.elapsed(now), 1)
    step = next_step(round_, at, wish)
    pieces: list[str] = []
    for piece in _worded(desk, step, round_):
        if isinstance(piece, Step):
            step = piece
        else:
            pieces.append(piece)
            yield piece
    turn = step.turn(round_.transcript.next_id(Speaker.INTERVIEWER), "".join(pieces).strip(), at)
    if desk.archive.add_turn(round_id, turn, step) and step.ends:
        finish(desk, round_id, now)


def _worded(desk: Desk, step: Step, round_: Round) -> Iterator[str | Step]:
    """The step in the round's engine's words. Once a cap on cost is reached, the round goes on offline."""
    try:
        yield from engine(desk.interviewers, round_.setup.engine).say(step, round_)
    except CapReachedError:
        go_offline(desk, round_.id)
        yield from engine(desk.interviewers, OFFLINE).say(step, round_)


def go_offline(desk: Desk, round_id: str) -> None:
    """Let the round go on without a model. Raises RoundClosedError."""
    desk.archive.switch_engine(round_id, OFFLINE)


def answer(desk: Desk, round_id: str, text: str, now: datetime, key: str) -> Round:
    """Say something and hear the reply. Silence (no text) is answered too, by the silence ladder."""
    said = say(desk, round_id, text, now, key)
    wish = None if text.strip() else Wish.SILENCE
    if wish or owes_reply(said):
        for _ in reply(desk, round_id, now, wish):
            pass
    return desk.archive.round(round_id)


def pause(desk: Desk, round_id: str, now: datetime) -> None:
    """Stop the clock of a rehearsal; the next answer or wish lets it run on. A real round's clock never stops."""
    if _open_round(desk, round_id).setup.rehearse:
        desk.archive.pause_round(round_id, now)


def resume(desk: Desk, round_id: str, now: datetime) -> None:
    """Let the clock run on."""
    desk.archive.resume_round(round_id, now)


def draw(desk: Desk, round_id: str, board: Board) -> None:
    """Keep the design board as it stands now. Raises RoundClosedError."""
    desk.archive.keep_board(round_id, board)


def finish(desk: Desk, round_id: str, now: datetime) -> Round:
    """End the round. What was drawn since the last answer is kept as a turn without words, so that it is judged
    after the question it answers. A round that is over stays as it was."""
    round_ = desk.archive.round(round_id)
    if round_.is_over:
        return round_
    if board := round_.unsaid_board:
        id_ = round_.transcript.next_id(Speaker.CANDIDATE)
        at = round(round_.elapsed(now), 1)
        last = Turn(id=id_, speaker=Speaker.CANDIDATE, text="", at=at, board=board)
        desk.archive.add_turn(round_id, last, key=LAST_BOARD)
    desk.archive.end_round(round_id, now)
    return desk.archive.round(round_id)


def take_in(desk: Desk, round_id: str, transcript: Transcript, now: datetime) -> Round:
    """Keep a transcript from elsewhere as a round that ended `now`. Called twice with one id, it keeps one.

    Raises NotFoundError for a scenario or role the library lacks, ContentError for a length no round has.
    """
    with suppress(NotFoundError):
        return desk.archive.round(round_id)
    brief = desk.library.brief(transcript.scenario)
    _check_role(brief, transcript.role)
    if not SHORTEST <= transcript.minutes <= LONGEST:
        fix = f"a round lasts {SHORTEST} to {LONGEST} minutes, not {transcript.minutes}"
        raise ContentError([Problem("transcript", 0, "minutes", fix)])
    round_ = _ended(round_id, brief, transcript, now)
    desk.archive.add_round(round_)
    return round_


def grade_round(
    desk: Desk, round_id: str, engine_name: str | None = None, *, afresh: bool = False
) -> Iterator[Findings | Grade]:
    """Grade a round by its own engine's judge or another's: each dimension's findings as they are stored, then the
    grade itself, last.

    An interrupted grading resumes: what is stored is not judged again, unless `afresh`. Raises ModelError or
    CapReachedError with what could be judged kept.
    """
    round_ = desk.archive.round(round_id)
    judge = engine(desk.judges, engine_name or round_.setup.engine)
    stamp = judge.stamp(round_.brief)
    if afresh:
        desk.archive.forget_grading(round_id, stamp)
    kept = {found.dimension: found for found in desk.archive.findings(round_id, stamp)}
    wanted = [d for d in round_.brief.rubric.dimension_ids if d not in kept]
    yield from kept.values()
    for found in judge.judge(round_.brief, round_.transcript, wanted, round_id):
        desk.archive.add_findings(round_id, stamp, found)
        kept[found.dimension] = found
        yield found
    grade = settle(round_.brief, round_.transcript, kept.values(), stamp, _cost(desk, round_id, stamp))
    desk.archive.add_grade(round_id, grade, waiting(round_, grade))
    stands(desk, round_)
    yield grade


def _cost(desk: Desk, round_id: str, judge: JudgeStamp) -> Cost:
    """What judging has cost since the grade before, calls of an interrupted grading included and retries' not."""
    if judge.model is None:
        return Cost()
    graded = sum(grade.cost.calls for grade in desk.archive.grades(round_id))
    retried = sum(retry.outlook.cost.calls for retry in desk.archive.retries(round_id) if retry.outlook)
    return cost_of(judging(desk.calls.calls(round_id))[graded + retried :])


def override(desk: Desk, round_id: str, judge: JudgeStamp, finding: Override) -> None:
    """Lay what a person found over this judge's verdict, or take it back. Raises NotFoundError where the criterion
    or the words quoted for credit are not in the round."""
    round_ = desk.archive.round(round_id)
    if why := why_not_over(round_.brief, round_.transcript, finding):
        raise NotFoundError(f"The verdict on {finding.criterion} stays as it was. {why}")
    desk.archive.add_override(round_id, judge, finding)
    stands(desk, round_)


def stands(desk: Desk, round_: Round) -> None:
    """Have searches find the round by its newest grade as people have settled it by now."""
    if grade := desk.archive.grade(round_.id):
        desk.archive.keep_standing(round_.id, review(desk, round_, grade).settled)


def review(desk: Desk, round_: Round, grade: Grade) -> Review:
    """A grade of the round with what people found over it."""
    remarks = desk.archive.remarks(round_.id, grade.judge)
    levels = [each for each in remarks if isinstance(each, LevelFound)]
    flags = [each for each in remarks if isinstance(each, FlagFound)]
    found = desk.archive.overrides(round_.id, grade.judge)
    return reviewed(round_.brief, round_.transcript, grade, found, levels, flags)


def debrief(desk: Desk, round_: Round, review: Review) -> Debrief:
    """What a grade of the round means: as a model has written it, else put together without one from the grade as
    people have settled it."""
    written = desk.debriefer.written(round_, review.grade) if desk.debriefer and review.grade.judge.model else None
    return written or composed(round_.brief, round_.transcript, review.settled)


def example(desk: Desk, now: datetime) -> tuple[Round, Grade] | None:
    """The first walkthrough on the shelf as a graded round to look at; None where nobody wrote one.

    It is no round of the person's: nothing is kept.
    """
    for scenario in desk.library.shelf().scenarios:
        with suppress(NotFoundError):
            transcript = desk.library.walkthrough(scenario.id).transcript
            brief = desk.library.brief(scenario.id)
            judge = engine(desk.judges, OFFLINE)
            return _ended(EXAMPLE, brief, transcript, now), grade_transcript(brief, transcript, judge)
    return None


def grade_transcript(brief: Brief, transcript: Transcript, judge: Judge) -> Grade:
    """Grade a transcript that is no round of ours."""
    found = judge.judge(brief, transcript, brief.rubric.dimension_ids)
    return settle(brief, transcript, found, judge.stamp(brief))


def _open_round(desk: Desk, round_id: str) -> Round:
    round_ = desk.archive.round(round_id)
    if round_.is_over:
        raise RoundClosedError("This round has ended; start a new one to go on practising.")
    return round_


def _running_round(desk: Desk, round_id: str, now: datetime) -> Round:
    """The open round with its clock running."""
    round_ = _open_round(desk, round_id)
    if round_.is_paused:
        resume(desk, round_id, now)
        return desk.archive.round(round_id)
    return round_


def _ended(id_: str, brief: Brief, transcript: Transcript, now: datetime) -> Round:
    """A transcript as a round that ended `now`."""
    setup = Setup.model_validate(transcript.model_dump(include=set(Setup.model_fields)))
    began = now - timedelta(seconds=transcript.seconds)
    return Round(id=id_, setup=setup, brief=brief, started_at=began, ended_at=now, turns=transcript.turns)


def _check_role(brief: Brief, role: str) -> None:
    if role not in brief.rubric.roles:
        raise NotFoundError(f"No role {role!r}: choose one of {', '.join(brief.rubric.roles)}.")


def engine(engines: Mapping[str, Engine], name: str) -> Engine:
    """The interviewer or judge called `name`. Raises NotFoundError, and SetupError where no model is set for it."""
    if name == LLM and name not in engines:
        raise SetupError(
            "No model is set: set COACH_MODEL, such as openai:gpt-5.4-mini, and its key. `coach doctor` says more."
        )
    if name not in engines:
        raise NotFoundError(f"No engine {name!r}: choose one of {', '.join(engines)}.")
    return engines[name]

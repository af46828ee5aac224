"""What the practice needs from the outside: one role each, one or two methods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

from coach.domain.calls import Call, Request, Spending, Usage
from coach.domain.debrief import Debrief
from coach.domain.grade import Findings, Grade, JudgeStamp
from coach.domain.progress import Attempt
from coach.domain.queue import Waiting, Why
from coach.domain.remarks import Remark
from coach.domain.retry import Outlook, Retry
from coach.domain.review import Override
from coach.domain.round import Round, Step
from coach.domain.rubric import Brief
from coach.domain.scenario import Scenario
from coach.domain.search import Moment, Search
from coach.domain.self_rating import SelfRating
from coach.domain.speech import Heard
from coach.domain.transcript import Board, Transcript, Turn
from coach.domain.utterance import Utterance
from coach.domain.value import Value
from coach.domain.walkthrough import Walkthrough
from coach.errors import Problem


class Interviewer(Protocol):
    """Words the agenda's steps."""

    def say(self, step: Step, round_: Round) -> Iterator[str | Step]:
        """The step's words, a piece at a time; last, where it was carried out otherwise, the step that was made.
        Closing the iterator cancels. Raises ModelError or CapReachedError: then nothing was said."""
        ...


class Judge(Protocol):
    """Finds evidence for and against each criterion. Never adds up."""

    def stamp(self, brief: Brief) -> JudgeStamp:
        """Who judges, so that two grades can be told apart."""
        ...

    def judge(
        self, brief: Brief, transcript: Transcript, dimensions: Sequence[str], round_id: str | None = None
    ) -> Iterator[Findings]:
        """Findings for each of `dimensions`, as they arrive and in any order. `round_id` is the round that calls
        are charged to and replies kept for; without one nothing is kept. Raises ModelError or CapReachedError
        once what could be judged has been handed over."""
        ...


class ChatModel(Protocol):
    """One model of one provider, which sends each request once."""

    @property
    def name(self) -> str:
        """`provider:model`."""
        ...

    def stream(self, request: Request) -> Iterator[str | Usage]:
        """The reply, a piece at a time; `Usage` last, once the provider has said that the reply is whole.
        Raises ModelError and nothing else. Closing the iterator cancels the request."""
        ...


class Voice(Protocol):
    """One speech service: hears and speaks."""

    @property
    def name(self) -> str:
        """`service:recogniser/voice`, as the service's file names it."""
        ...

    def transcribe(self, sound: bytes, hints: str = "") -> Iterator[str | Heard]:
        """What was said in a recording (`HEARD_RATE`, one channel, 16 bits), a piece at a time as far as the
        service tells; `Heard` last, once it is whole. `hints` are words that are likely to occur. Sends once.
        Raises ModelError and nothing else. Closing the iterator cancels."""
        ...

    def speak(self, text: str, speed: float = 1.0) -> Iterator[bytes]:
        """`text` as sound (`SPOKEN_RATE`, one channel, 16 bits), a piece at a time, each of whole samples. `speed`
        1 is the voice's own. Sends once. Raises ModelError and nothing else. Closing the iterator cancels."""
        ...


class CallLog(Protocol):
    """Every call to a model, and the replies that a grading may need again. All methods raise ArchiveError."""

    def begin_call(self, call: Call, round_id: str | None) -> int:
        """Keep a call as it is sent, so that one lost in a crash is counted too; its number."""
        ...

    def end_call(self, number: int, call: Call) -> None:
        """What came of it; said once."""
        ...

    def keep_reply(self, round_id: str, key: str, reply: str) -> None:
        """Keep a model's reply to a question known by `key`; the first one stands."""
        ...

    def reply(self, round_id: str, key: str) -> str | None:
        """The reply kept for `key`, or None."""
        ...

    def spent(self, round_id: str | None = None, since: datetime | None = None) -> Spending:
        """What calls came to: of one round or of all, from a moment on or ever."""
        ...

    def calls(self, round_id: str) -> list[Call]:
        """A round's calls, in the order they were sent."""
        ...


class Debriefer(Protocol):
    """Writes what a frozen grade means for the candidate."""

    def written(self, round_: Round, grade: Grade) -> Debrief | None:
        """The debrief of this grade, where it has been written before."""
        ...

    def write(self, round_: Round, grade: Grade) -> Debrief:
        """Write it, once. Raises ModelError or CapReachedError."""
        ...


class Candidate(Protocol):
    """Plays the candidate in a simulated round."""

    @property
    def name(self) -> str:
        """What this way to behave is called."""
        ...

    def answer(self, round_: Round) -> str:
        """What is said to the interviewer's last turn; nothing is silence."""
        ...


class Prompts(Protocol):
    """Prose kept in `prompts/`."""

    def render(self, name: str, block: str | None = None, **values: Any) -> str:
        """The prompt `name` (a path below `prompts/`, no ending), or one block of it. Raises NotFoundError."""
        ...

    def version(self, *names: str) -> str:
        """Fingerprint of the named prompts: twelve hex digits that change with any word of them."""
        ...


class Shelf(Value):
    """The scenarios that can be played, and what is wrong with those that cannot."""

    scenarios: tuple[Scenario, ...]
    problems: tuple[Problem, ...] = ()


class Library(Protocol):
    """What authors wrote."""

    def shelf(self) -> Shelf:
        """All scenarios: built-ins, then the person's own. A broken one is a problem, never an exception."""
        ...

    def brief(self, scenario: str) -> Brief:
        """What a round of `scenario` is played and graded by. Raises NotFoundError or ContentError."""
        ...

    def walkthrough(self, scenario: str, *, weak: bool = False) -> Walkthrough:
        """How an expert would play `scenario`, or a round with mistakes one can recover from. Raises NotFoundError
        where nobody wrote it, or ContentError."""
        ...


class RoundLine(Value):
    """A round as it stands in a list."""

    id: str
    scenario: str
    title: str
    role: str
    level: str
    minutes: int
    rehearse: bool
    started_at: datetime
    ended_at: datetime | None
    turns: int
    """Candidate turns saved."""
    graded: bool


class Hit(Value):
    """A round that a search has found, and the moments of it that hold the words."""

    line: RoundLine
    result: str | None
    """Of RESULTS, as people have settled it; None where it has no grade."""
    moments: tuple[Moment, ...]
    """The first few, the candidate's before the interviewer's, in the order of the round."""
    more: int
    """Turns that match and are not among the moments."""


class Reviews(Protocol):
    """What people find and say over a judge's grades, and the queue of rounds that wait for a person. Everything
    found or said is added, and none of it changes. All methods raise ArchiveError."""

    def add_override(self, round_id: str, judge: JudgeStamp, override: Override) -> None:
        """Keep what a person found, over this judge's grades of the round. Raises NotFoundError."""
        ...

    def overrides(self, round_id: str, judge: JudgeStamp) -> list[Override]:
        """Everything people found over this judge's grades of the round, in the order it was given."""
        ...

    def add_remark(self, round_id: str, judge: JudgeStamp, remark: Remark) -> None:
        """Keep a remark. A dispute brings the round to the front of the queue, the end of a review takes it out and
        lets go of it. Raises NotFoundError."""
        ...

    def remarks(self, round_id: str, judge: JudgeStamp) -> list[Remark]:
        """What was said over this judge's grades of the round, or about the round, in that order of time."""
        ...

    def blind_reviews(self) -> list[tuple[str, str, Grade]]:
        """Every blind review that is complete, as round, reviewer and the judge's newest grade it was held
        against, the oldest first."""
        ...

    def enqueue(self, waiting: Waiting) -> None:
        """Keep how a round waits. What was looked at with the same judge stays done. Raises NotFoundError."""
        ...

    def queue(self, why: Why | None = None, limit: int | None = None) -> list[Waiting]:
        """Rounds that wait, for any reason or for this one, the most pressing and then the oldest first."""
        ...

    def queue_length(self) -> int:
        """How many rounds wait."""
        ...

    def queue_sizes(self) -> dict[Why, int]:
        """How many rounds wait for each reason."""
        ...

    def waiting(self, round_id: str) -> Waiting | None:
        """How a round waits, or waited; None where it never was in the queue."""
        ...

    def done_since(self, moment: datetime) -> int:
        """How many rounds were reviewed since."""
        ...

    def hold_review(self, round_id: str, by: str, now: datetime, *, take_over: bool = False) -> Waiting | None:
        """Hold a round for a reviewer, unless somebody else does; `take_over` holds it all the same. The row says
        who holds it now; None where the round is not in the queue."""
        ...

    def hold_next(self, by: str, now: datetime, why: Why | None = None) -> Waiting | None:
        """Hold the first round of the queue that nobody else holds; two who ask at once never get the same."""
        ...

    def let_go(self, round_id: str, by: str) -> None:
        """No longer hold a round; somebody else's hold stays."""
        ...


class Sounds(Protocol):
    """What candidates say aloud, kept as it arrives. All methods raise ArchiveError."""

    def add_utterance(self, round_id: str, utterance: Utterance, now: datetime) -> None:
        """Keep that an utterance has begun; one that is known stays as it is. Raises NotFoundError, and
        RoundClosedError once the round has ended."""
        ...

    def add_sound(self, round_id: str, utterance_id: str, seq: int, sound: bytes) -> None:
        """Keep a piece of its sound, the `seq`-th from 0; a piece that is known stays as it is, and
        an utterance that is settled takes none. Raises NotFoundError."""
        ...

    def missing_sound(self, round_id: str, utterance_id: str, pieces: int) -> list[int]:
        """Which of so many pieces have not arrived; of a settled utterance none is missed."""
        ...

    def sound(self, round_id: str, utterance_id: str) -> bytes:
        """Its whole sound, as far as it has arrived and is kept."""
        ...

    def utterances(self, round_id: str) -> list[Utterance]:
        """The round's utterances, in the order in which they began."""
        ...

    def settle_utterance(
        self, round_id: str, utterance_id: str, heard: Heard | None, turn_id: str | None, *, keep_sound: bool
    ) -> None:
        """Keep what became of it: part of a turn, or, without one, given up. Its sound goes where it is not to be
        kept. Raises NotFoundError."""
        ...

    def forget_sounds(self, round_id: str | None = None, before: datetime | None = None) -> int:
        """Remove sound for real: of a round or of all, of utterances settled or not that began before a moment or
        ever. How many utterances had any."""
        ...


class Archive(Reviews, Sounds, Protocol):
    """What candidates did. Every method commits before it returns; all raise ArchiveError."""

    def add_round(self, round_: Round) -> None:
        """Keep a new round with its turns and steps."""
        ...

    def round(self, id_: str) -> Round:
        """The round as it stands. Raises NotFoundError."""
        ...

    def rounds(self, limit: int | None = None, offset: int = 0) -> list[RoundLine]:
        """Candidates' rounds, newest first: all, or the newest `limit`, without the first `offset`."""
        ...

    def keep_standing(self, round_id: str, settled: Grade) -> None:
        """Have searches know a round by its newest grade as people have settled it. Raises NotFoundError."""
        ...

    def search(self, search: Search, limit: int) -> list[Hit]:
        """The first `limit` rounds that match: where the words stand one after the other as they were typed before
        where they stand anywhere in a turn, and the newest first among those."""
        ...

    def add_turn(self, round_id: str, turn: Turn, step: Step | None = None, key: str | None = None) -> bool:
        """Append a turn. False, and nothing changes, where the round already has a turn with this `key`
        or this turn id: a rerun or a second tab cannot insert twice. Raises NotFoundError, and RoundClosedError
        for a new turn once the round has ended."""
        ...

    def revise_turn(self, round_id: str, turn: Turn) -> None:
        """Put `turn` in the place of the turn with its id. Raises NotFoundError, and RoundClosedError once a judge
        has quoted from the round."""
        ...

    def take_back_turn(self, round_id: str, turn_id: str) -> None:
        """Remove the last turn, which nobody has heard. Raises NotFoundError, RoundClosedError as `revise_turn` and
        once the round has ended, and ArchiveError where it is not the last."""
        ...

    def keep_board(self, round_id: str, board: Board) -> None:
        """Keep the board as it stands now. Raises NotFoundError, and RoundClosedError once the round has ended."""
        ...

    def pause_round(self, round_id: str, paused_at: datetime) -> None:
        """Stop the round's clock. The first pause stands; a round that has ended stays as it is."""
        ...

    def resume_round(self, round_id: str, resumed_at: datetime) -> None:
        """Let the clock run on and add the pause to those before it; a round that is not paused stays as it is."""
        ...

    def switch_engine(self, round_id: str, engine: str) -> None:
        """Let another engine go on with the round; nothing else of its setup changes. Raises NotFoundError, and
        RoundClosedError once the round has ended."""
        ...

    def end_round(self, round_id: str, ended_at: datetime) -> None:
        """Close the round; the first end stands."""
        ...

    def delete_round(self, round_id: str) -> None:
        """Remove the round, its turns and grades for real."""
        ...

    def delete_everything(self) -> None:
        """Remove every round, its turns and grades for real."""
        ...

    def add_findings(self, round_id: str, judge: JudgeStamp, findings: Findings) -> None:
        """Keep one dimension's findings; a dimension already kept for this judge stays as it was."""
        ...

    def findings(self, round_id: str, judge: JudgeStamp) -> tuple[Findings, ...]:
        """What has been kept of this judge's grading, so that an interrupted one resumes."""
        ...

    def forget_grading(self, round_id: str, judge: JudgeStamp) -> None:
        """Remove this judge's findings and the replies kept for the round, so that it can be judged anew; finished
        grades stay. Raises NotFoundError."""
        ...

    def add_grade(self, round_id: str, grade: Grade, waiting: Waiting | None = None) -> None:
        """Keep a finished grade and, in the same write, how the round waits for a person after it."""
        ...

    def grade(self, round_id: str) -> Grade | None:
        """The newest grade, or None."""
        ...

    def grades(self, round_id: str) -> list[Grade]:
        """All grades, the oldest first."""
        ...

    def keep_self_rating(self, round_id: str, rating: SelfRating) -> None:
        """Keep what the candidate thinks of a dimension, in the place of what they thought before. Raises
        NotFoundError."""
        ...

    def self_ratings(self, round_id: str) -> tuple[SelfRating, ...]:
        """The round's self-ratings, one a dimension, by its name."""
        ...

    def add_retry(self, round_id: str, retry: Retry) -> bool:
        """Keep a retry, before it is judged. False, and nothing changes, where the round already has one with this
        id. Raises NotFoundError."""
        ...

    def keep_outlook(self, round_id: str, retry_id: str, outlook: Outlook) -> None:
        """Keep what came of a retry; the first one stands. Raises NotFoundError."""
        ...

    def retries(self, round_id: str) -> list[Retry]:
        """The round's retries, in the order they were given."""
        ...

    def attempts(self, limit: int, scenario: str | None = None) -> list[Attempt]:
        """The newest `limit` graded rounds, of one scenario or of all, newest first, each with its newest grade as
        the judge gave it."""
        ...

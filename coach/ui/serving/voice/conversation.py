"""One spoken round over one line: what is said goes in as it comes, what the interviewer says goes out.

An utterance is kept piece by piece, heard once it has ended, and is a turn before the interviewer answers it. The
interviewer's words go out as they are made; each sentence is spoken as soon as it is whole.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from starlette.websockets import WebSocketDisconnect

from coach import practice, talking
from coach.domain.interview.agenda import Wish
from coach.domain.round import Round
from coach.domain.spoken import Sentence, Sentences
from coach.domain.transcript import Speaker
from coach.errors import CoachError, ModelUnavailableError
from coach.talking import Said, Unclear
from coach.ui.serving.voice.messages import Ask, Begin, Choose, Cut, Drop, End, Message, Piece, Say, Send
from coach.ui.serving.voice.seats import Seat
from coach.ui.serving.voice.steps import on_thread, steps

PREMATURE = 2.0
"""Seconds: of a reply of which less was heard, the candidate had not finished. It is taken back, and what they go
on to say belongs to their last turn."""
AGAIN_AFTER = 0.5
LONGEST_WAIT = 5.0
"""Seconds before a recogniser that was out of reach is asked once more, where it does not say; and at most."""

T = TypeVar("T")


class Conversation:
    """Begun by `greet`; then every message of the browser is handed to `take` or `keep`."""

    def __init__(self, seat: Seat, round_id: str, send: Send) -> None:
        self._seat = seat
        self._round_id = round_id
        self._send = send
        self._ended: asyncio.Queue[End] = asyncio.Queue()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._open: set[str] = set()
        self._joins: str | None = None
        self._spoken: str | None = None
        """The candidate's last turn, where it was spoken over this line."""
        self._expected: asyncio.Task[str] | None = None
        """Words that a recogniser may expect in what is being said."""
        self._reply: asyncio.Task[None] | None = None
        self._speaking: asyncio.Task[None] | None = None
        self._fresh: str | None = None
        """The turn that is being spoken for the first time: the only one an interruption shortens."""
        self._failed: CoachError | None = None
        self._replies = 0
        """Counts what is said, so that a browser tells a reply from one it has interrupted."""
        self._aloud = True
        self._speed = 1.0

    async def greet(self) -> None:
        """Say how the round stands, and go on with what was left open."""
        round_ = await self._round()
        left = await on_thread(talking.open_utterances, self._seat.desk, self._round_id)
        last = next((turn for turn in reversed(round_.turns) if turn.speaker is Speaker.INTERVIEWER), None)
        await self._tell(
            "ready",
            over=round_.is_over,
            turn=last and last.id,
            text=last and last.text,
            left=[{"u": each.id, "seconds": round(each.seconds, 1)} for each in left],
        )
        self._start(self._hear_on())
        if practice.owes_reply(round_) and not left:
            self._answer()

    async def close(self) -> None:
        """Let go. What has arrived is kept; a reply that was under way is made again by whoever asks for it."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait([*self._tasks])

    async def see_that_it_is_there(self) -> None:
        """Raises NotFoundError once the round is deleted."""
        await self._round()

    def wake(self, wish: Wish | None) -> None:
        """The interviewer's turn is owed or wished for: something was typed, or a key was pressed on the page.
        While the candidate speaks nothing is said; the page asks again."""
        if not self._open:
            self._answer(wish)

    def take_failure(self) -> CoachError | None:
        """See Line."""
        failed, self._failed = self._failed, None
        return failed

    async def keep(self, piece: Piece) -> None:
        """Keep a piece of sound, and say that it is kept."""
        await on_thread(self._seat.desk.archive.add_sound, self._round_id, piece.utterance, piece.seq, piece.sound)
        await self._tell("stored", u=piece.utterance, seq=piece.seq)

    async def take(self, message: Message) -> None:
        """Do what the browser says."""
        match message:
            case Begin(u=id_, ago=ago):
                began = _now() - timedelta(seconds=ago)
                await on_thread(talking.begin, self._seat.desk, self._round_id, id_, began)
                self._open.add(id_)
                self._expected = self._start(on_thread(talking.expected, self._seat.desk, self._round_id))
            case End():
                self._ended.put_nowait(message)
            case Drop(u=id_):
                await on_thread(talking.give_up, self._seat.desk, self._round_id, id_)
                self._open.discard(id_)
                await self._tell("dropped", u=id_)
                await self._reply_if_owed()
            case Cut():
                await self._cut(message)
            case Ask(wish=wish):
                self._answer(wish, by_browser=True)
            case Say(turn=turn):
                self._start(self._say_again(turn))
            case Choose(aloud=aloud, speed=speed):
                self._aloud, self._speed = aloud, speed
            case _:
                await self._tell("refused", why="That cannot be done in a round.")

    async def _hear_on(self) -> None:
        """Hear what has ended, one after the other."""
        while True:
            ended = await self._ended.get()
            try:
                is_settled = await self._hear(ended)
            except CoachError as error:
                await self._tell("unheard", u=ended.u, why=str(error))
                is_settled = True
            if is_settled:
                self._open.discard(ended.u)

    async def _hear(self, ended: End) -> bool:
        """Whether it was heard, or could not be; not where sound of it is still missing."""
        desk, id_ = self._seat.desk, self._round_id
        if ended.text is None and (gaps := await on_thread(desk.archive.missing_sound, id_, ended.u, ended.pieces)):
            await self._tell("missing", u=ended.u, pieces=gaps)
            return False
        joins = self._joins
        expected = await self._expected if self._expected and self._seat.voice else ""
        caption = ""
        outcome: Said | Unclear | None = None
        async for piece in self._patiently(
            lambda: talking.hear(desk, self._seat.voice, id_, ended.u, ended.text, joins, expected)
        ):
            if isinstance(piece, str):
                caption += piece
                await self._tell("caption", u=ended.u, text=caption)
            else:
                outcome = piece
        if isinstance(outcome, Said):
            self._spoken, self._joins = outcome.turn.id, None
            await self._tell(
                "saved",
                u=ended.u,
                turn=outcome.turn.id,
                text=outcome.turn.text,
                heard=outcome.heard.text,
                doubts=[[each.start, each.end] for each in outcome.heard.doubts],
            )
            if self._open - {ended.u}:
                self._joins = outcome.turn.id
            else:
                self._answer()
            return True
        await self._tell("unclear", u=ended.u, why=outcome.why if outcome else talking.NOTHING)
        return True

    async def _patiently(self, hear: Callable[[], Any]) -> Any:
        """The recogniser is asked once more where it was out of reach and nothing has been heard yet."""
        told = False
        try:
            async for piece in steps(hear):
                told = True
                yield piece
        except ModelUnavailableError as error:
            wait = error.retry_after or AGAIN_AFTER
            if told or wait > LONGEST_WAIT:
                raise
            await asyncio.sleep(wait)
            async for piece in steps(hear):
                yield piece

    async def _cut(self, cut: Cut) -> None:
        """The candidate speaks while the interviewer does."""
        if self._speaking is not None:
            self._speaking.cancel()
        if cut.turn != self._fresh:
            return
        if cut.seconds < PREMATURE and self._spoken is not None and await self._taken_back(cut.turn):
            self._joins = self._spoken
            await self._tell("back", turn=cut.turn)
            return
        if self._reply is not None:
            await asyncio.wait([self._reply])
        self._fresh = None
        turn = await on_thread(talking.cut, self._seat.desk, self._round_id, cut.turn, cut.played, cut.fraction)
        await self._tell("cut", turn=turn.id, text=turn.text)

    async def _taken_back(self, turn: str) -> bool:
        """Whether the interviewer's turn is unsaid again: not made to its end, or removed."""
        if self._reply is not None and not self._reply.done():
            self._reply.cancel()
            await asyncio.wait([self._reply])
        round_ = await self._round()
        if practice.owes_reply(round_):
            return True
        return await on_thread(talking.take_back, self._seat.desk, self._round_id, turn)

    async def _reply_if_owed(self) -> None:
        if practice.owes_reply(await self._round()):
            self._answer()

    def _answer(self, wish: Wish | None = None, *, by_browser: bool = False) -> None:
        """Have the interviewer speak, unless they are just thinking of what to say."""
        if self._reply is None or self._reply.done():
            self._reply = self._start(self._make_reply(wish, by_browser=by_browser))

    async def _make_reply(self, wish: Wish | None, *, by_browser: bool) -> None:
        """What fails that the page knows to be owed or wished for, the page tells; the rest is told at once."""
        round_ = await self._round()
        if round_.is_over or (wish is None and not practice.owes_reply(round_)):
            return
        turn = round_.transcript.next_id(Speaker.INTERVIEWER)
        self._fresh, self._failed = turn, None
        sentences, whole = Sentences(), asyncio.Queue[Sentence | None]()
        number = await self._speak(turn, whole)
        try:
            async for piece in steps(lambda: practice.reply(self._seat.desk, self._round_id, _now(), wish)):
                await self._tell("words", r=number, text=piece)
                for sentence in sentences.feed(piece):
                    whole.put_nowait(sentence)
        except CoachError as error:
            self._failed = None if by_browser else error
            await self._tell("failed", r=number, why=str(error) if by_browser else None)
        else:
            for sentence in sentences.rest():
                whole.put_nowait(sentence)
            await self._tell("said", r=number, turn=turn, over=(await self._round()).is_over)
        finally:
            whole.put_nowait(None)

    async def _say_again(self, turn: str) -> None:
        round_ = await self._round()
        found = next((each for each in round_.turns if each.id == turn), None)
        if found is None or found.speaker is not Speaker.INTERVIEWER:
            return
        whole = asyncio.Queue[Sentence | None]()
        sentences = Sentences()
        for sentence in [*sentences.feed(found.text), *sentences.rest()]:
            whole.put_nowait(sentence)
        whole.put_nowait(None)
        await self._speak(turn, whole)

    async def _speak(self, turn: str, whole: asyncio.Queue[Sentence | None]) -> int:
        """Begin to speak, in the place of what was spoken before. The number of what is said."""
        if self._speaking is not None:
            self._speaking.cancel()
        self._replies += 1
        await self._tell("thinking", r=self._replies, turn=turn)
        self._speaking = self._start(self._speak_on(self._replies, turn, whole))
        return self._replies

    async def _speak_on(self, r: int, turn: str, whole: asyncio.Queue[Sentence | None]) -> None:
        """Speak sentences as they are made. Where the voice fails, the rest is shown only, and that is said."""
        number = 0
        voice = self._seat.voice if self._aloud else None
        while (sentence := await whole.get()) is not None:
            this = {"r": r, "turn": turn, "n": number}
            await self._tell("sentence", **this, text=sentence.text, spoken=sentence.spoken)
            if voice is not None and sentence.spoken:
                try:
                    async for sound in steps(partial(voice.speak, sentence.spoken, self._speed)):
                        await self._send({"t": "sound", **this}, sound)
                except CoachError as error:
                    voice = None
                    await self._tell("mute", r=r, why=str(error))
            await self._tell("spoken", **this)
            number += 1
        await self._tell("quiet", r=r, turn=turn)

    async def _round(self) -> Round:
        return await on_thread(self._seat.desk.archive.round, self._round_id)

    async def _tell(self, t: str, **what: Any) -> None:
        await self._send({"t": t, **what}, None)

    def _start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended_task)
        return task

    def _ended_task(self, task: asyncio.Task[Any]) -> None:
        """What a task could not do is said, and not only written where nobody reads it."""
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, CoachError):
            self._start(self._tell("refused", why=str(error)))
        elif error is not None and not isinstance(error, WebSocketDisconnect):
            raise error


def _now() -> datetime:
    return datetime.now(UTC)

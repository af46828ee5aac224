"""The use cases of a spoken round: hear an utterance, make it a turn, take back what nobody heard, cut what was
interrupted, correct what was misheard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from coach import practice
from coach.domain.hints import hints
from coach.domain.round import Round
from coach.domain.speech import Heard
from coach.domain.spoken import heard_part, sentences_of
from coach.domain.talk import Talk, talk
from coach.domain.transcript import Speaker, Turn
from coach.domain.unclear import nothing_said, voiced_seconds, why_unclear
from coach.domain.utterance import Utterance
from coach.domain.value import Value
from coach.errors import NotFoundError, RoundClosedError
from coach.ports import Voice
from coach.practice import Desk

NOTHING = "Nothing was heard. Say it again, or type it."
"""Why a silent utterance is no turn."""

UNHEARD_DAYS = 1
"""Days that sound stays which never became words, however short sound is kept otherwise."""


class Said(Value):
    """An utterance that has become part of a turn."""

    turn: Turn
    heard: Heard


class Unclear(Value):
    """An utterance that is no turn yet: in one line, why. Its sound is kept until the candidate decides."""

    why: str


def begin(desk: Desk, round_id: str, utterance_id: str, began: datetime) -> None:
    """Keep that the candidate has begun to speak. Raises NotFoundError, and RoundClosedError once the round is
    over."""
    at = round(desk.archive.round(round_id).elapsed(began), 1)
    desk.archive.add_utterance(round_id, Utterance(id=utterance_id, at=at), began)


def expected(desk: Desk, round_id: str) -> str:
    """Words that are likely to be said next, for a recogniser. It takes a moment: ask while somebody speaks."""
    round_ = desk.archive.round(round_id)
    return hints(round_.brief, round_.transcript)


def open_utterances(desk: Desk, round_id: str) -> list[Utterance]:
    """What was said and is neither a turn nor given up, as after a crash in the middle of an answer."""
    return [each for each in desk.archive.utterances(round_id) if not each.is_settled]


def hear(
    desk: Desk,
    voice: Voice | None,
    round_id: str,
    utterance_id: str,
    text: str | None = None,
    joins: str | None = None,
    expected: str = "",
) -> Iterator[str | Said | Unclear]:
    """Make an utterance a turn: words as they are recognised, then what became of it.

    `text` is what the candidate's own browser heard or what they typed in its place; without it `voice` hears the
    sound, with `expected` as its hints. It goes on in the turn `joins`, where that is the last one, else it is
    a turn of its own. An utterance that is a turn already is not heard again. Raises ModelError, and keeps the
    sound then.
    """
    round_ = desk.archive.round(round_id)
    known = _utterance(desk, round_id, utterance_id)
    if known.turn and known.heard:
        yield Said(turn=_turn(round_, known.turn), heard=known.heard)
        return
    heard: Heard | None = Heard(text=text.strip()) if text is not None else None
    if heard is None:
        sound = desk.archive.sound(round_id, utterance_id)
        voiced = voiced_seconds(sound)
        if voice is None or nothing_said(voiced):
            yield Unclear(why=NOTHING)
            return
        for piece in voice.transcribe(sound, expected):
            if isinstance(piece, Heard):
                heard = piece
            else:
                yield piece
        if heard is None or (why := why_unclear(heard, voiced)):
            yield Unclear(why=f"{why} Say it again, or type it." if heard else NOTHING)
            return
    if not heard.text.strip():
        yield Unclear(why=NOTHING)
        return
    known = _utterance(desk, round_id, utterance_id)
    if known.turn and known.heard:  # meanwhile, over a line that has dropped since
        yield Said(turn=_turn(desk.archive.round(round_id), known.turn), heard=known.heard)
        return
    turn = _keep(desk, round_id, known, heard, joins)
    desk.archive.settle_utterance(round_id, utterance_id, heard, turn.id, keep_sound=round_.setup.keeps_sound)
    yield Said(turn=turn, heard=heard)


def give_up(desk: Desk, round_id: str, utterance_id: str) -> None:
    """Leave an utterance out of the round. Its sound is removed."""
    if not _utterance(desk, round_id, utterance_id).is_settled:
        desk.archive.settle_utterance(round_id, utterance_id, None, None, keep_sound=False)


def take_back(desk: Desk, round_id: str, turn_id: str) -> bool:
    """Take back the interviewer's last turn, which the candidate has not heard because they were still speaking.
    False, and nothing changes, where it cannot be taken back: it ended the round, or has been answered."""
    round_ = desk.archive.round(round_id)
    last = round_.turns[-1] if round_.turns else None
    if round_.is_over or last is None or last.id != turn_id or last.speaker is not Speaker.INTERVIEWER:
        return False
    desk.archive.take_back_turn(round_id, turn_id)
    return True


def cut(desk: Desk, round_id: str, turn_id: str, played: int, fraction: float) -> Turn:
    """Keep of an interviewer's turn what the candidate had heard when they interrupted: `played` sentences and a
    `fraction` of the next."""
    turn = _turn(desk.archive.round(round_id), turn_id)
    part = heard_part(sentences_of(turn.text), played, fraction)
    if not part or part == turn.text or turn.interrupted:
        return turn
    shorter = turn.model_copy(update={"text": part, "interrupted": True})
    desk.archive.revise_turn(round_id, shorter)
    return shorter


def can_correct(desk: Desk, round_: Round) -> list[Turn]:
    """Turns that were heard and whose words may still change: those spoken, before anything is graded."""
    if desk.archive.grade(round_.id) is not None:
        return []
    spoken = {each.turn for each in desk.archive.utterances(round_.id)}
    return [turn for turn in round_.transcript.candidate if turn.id in spoken]


def correct(desk: Desk, round_id: str, turn_id: str, text: str) -> Turn:
    """Put what the candidate said in the place of what was misheard; both are kept. Raises RoundClosedError once
    the round has been judged."""
    turn = _turn(desk.archive.round(round_id), turn_id)
    words = text.strip()
    if turn.speaker is not Speaker.CANDIDATE or words in {"", turn.text}:
        return turn
    heard = turn.heard if turn.heard is not None else turn.text
    corrected = turn.model_copy(update={"text": words, "heard": None if heard == words else heard})
    desk.archive.revise_turn(round_id, corrected)
    return corrected


def sound_of(desk: Desk, round_id: str, turn_id: str) -> bytes:
    """The sound of a turn, as far as it is kept."""
    its = [each.id for each in desk.archive.utterances(round_id) if each.turn == turn_id and each.has_sound]
    return b"".join(desk.archive.sound(round_id, id_) for id_ in its)


def how_talked(desk: Desk, round_: Round) -> Talk:
    """How the candidate talked, as far as it was measured."""
    said = [each for each in desk.archive.utterances(round_.id) if each.turn]
    lengths: dict[str, float] = {}
    began: dict[str, float] = {}
    for each in said:
        lengths[str(each.turn)] = lengths.get(str(each.turn), 0.0) + each.seconds
        began.setdefault(str(each.turn), each.at)
    return talk(round_.transcript, lengths, began)


def forget_old(desk: Desk, now: datetime, days: int) -> int:
    """Remove sound that is older than the installation keeps it. How many utterances had any. Where none is kept,
    what a crash has left unheard stays UNHEARD_DAYS, so that the candidate can go on with it."""
    return desk.archive.forget_sounds(before=now - timedelta(days=max(days, UNHEARD_DAYS)))


def _keep(desk: Desk, round_id: str, utterance: Utterance, heard: Heard, joins: str | None) -> Turn:
    """The turn with the utterance in it, kept. Sent twice it is one turn: its id is the key."""
    round_ = desk.archive.round(round_id)
    last = round_.turns[-1] if round_.turns else None
    if joins and last and last.id == joins and last.speaker is Speaker.CANDIDATE:
        longer = last.model_copy(update={"text": f"{last.text} {heard.text.strip()}"})
        desk.archive.revise_turn(round_id, longer)
        return longer
    at = max(utterance.at, last.at or 0.0) if last else utterance.at
    began = round_.started_at + timedelta(seconds=at + round_.paused_seconds)
    kept = practice.say(desk, round_id, heard.text, began, key=f"utterance:{utterance.id}")
    found = kept.transcript.candidate
    if not found:
        raise RoundClosedError(f"Round {round_id} has ended; begin a new one to go on")
    return found[-1]


def _utterance(desk: Desk, round_id: str, utterance_id: str) -> Utterance:
    """Raises NotFoundError."""
    for each in desk.archive.utterances(round_id):
        if each.id == utterance_id:
            return each
    raise NotFoundError("That was not kept: say it again.")


def _turn(round_: Round, turn_id: str) -> Turn:
    """Raises NotFoundError."""
    for turn in round_.turns:
        if turn.id == turn_id:
            return turn
    raise NotFoundError(f"No turn {turn_id!r} in this round; reload the page.")

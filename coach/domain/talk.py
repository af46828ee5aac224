"""How a candidate talked in a round, in figures only: nothing here is scored, and nothing judges."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from statistics import median

from coach.domain.transcript import Speaker, Transcript, Turn
from coach.domain.value import Value

SHORTEST_PACED = 2.0
"""Seconds under which a turn has no pace worth telling: a `Yes.` is neither quick nor slow."""


class Monologue(Value):
    """A turn of the candidate."""

    turn: str
    words: int
    seconds: float | None
    """None where nobody measured it."""


class Thought(Value):
    """What passed between a question and the answer to it."""

    turn: str
    """The answer."""
    seconds: float
    """From the end of the question to the first word; 0 where the candidate began before its end."""


class Pace(Value):
    """How quickly one turn was spoken."""

    turn: str
    at: float | None
    """Seconds from the start of the round."""
    words_per_minute: float


class Talk(Value):
    """The figures of a round; None, or nothing, where they cannot be told."""

    word_share: float | None
    """The candidate's words of all words, 0 to 1."""
    time_share: float | None
    """The candidate's speaking time of all speaking time that was measured, 0 to 1."""
    longest: Monologue | None
    """The candidate's longest turn: by time where any was measured, else by words."""
    thinking: tuple[Thought, ...]
    pace: tuple[Pace, ...]
    """Turn after turn."""
    interrupted: tuple[str, ...] | None
    """Turns that were not said to their end; None where nobody kept track."""

    @property
    def usual_thinking(self) -> float | None:
        """Median seconds before an answer."""
        return median(each.seconds for each in self.thinking) if self.thinking else None

    @property
    def usual_pace(self) -> float | None:
        """Median words a minute."""
        return median(each.words_per_minute for each in self.pace) if self.pace else None


def talk(
    transcript: Transcript, lengths: Mapping[str, float] | None = None, began: Mapping[str, float] | None = None
) -> Talk:
    """The figures of a round. By turn id: `lengths` has the seconds each spoken turn took, `began` the second of
    the round at which its first word was said. Typed turns stand in neither."""
    lengths, began = lengths or {}, began or {}
    return Talk(
        word_share=_share({turn.id: _words(turn) for turn in transcript.turns}, transcript),
        time_share=_time_share(transcript, lengths),
        longest=_longest(transcript, lengths),
        thinking=tuple(_thinking(transcript, lengths, began)),
        pace=tuple(_pace(transcript, lengths, began)),
        interrupted=_interrupted(transcript),
    )


def _words(turn: Turn) -> int:
    """Words as they were said, before anything was corrected."""
    return turn.words if turn.heard is None else len(turn.heard.split())


def _share(amounts: Mapping[str, float], transcript: Transcript) -> float | None:
    whole = sum(amounts.values())
    mine = sum(amounts.get(turn.id, 0) for turn in transcript.candidate)
    return mine / whole if whole else None


def _time_share(transcript: Transcript, lengths: Mapping[str, float]) -> float | None:
    """None where only one of the two was measured: the other may have been read instead of heard."""
    measured = [turn for turn in transcript.turns if turn.id in lengths]
    if {turn.speaker for turn in measured} != set(Speaker):
        return None
    return _share({turn.id: lengths[turn.id] for turn in measured}, transcript)


def _longest(transcript: Transcript, lengths: Mapping[str, float]) -> Monologue | None:
    measured = [turn for turn in transcript.candidate if turn.id in lengths] or transcript.candidate
    if not measured:
        return None
    found = max(measured, key=lambda turn: (lengths.get(turn.id, 0.0), _words(turn)))
    return Monologue(turn=found.id, words=_words(found), seconds=lengths.get(found.id))


def _thinking(transcript: Transcript, lengths: Mapping[str, float], began: Mapping[str, float]) -> list[Thought]:
    found = []
    for question, answer in itertools.pairwise(transcript.turns):
        speakers = (question.speaker, answer.speaker)
        start = began.get(question.id, question.at)
        if speakers != (Speaker.INTERVIEWER, Speaker.CANDIDATE) or start is None:
            continue
        if question.id in lengths and answer.id in began:
            gap = began[answer.id] - start - lengths[question.id]
            found.append(Thought(turn=answer.id, seconds=max(gap, 0.0)))
    return found


def _pace(transcript: Transcript, lengths: Mapping[str, float], began: Mapping[str, float]) -> list[Pace]:
    return [
        Pace(
            turn=turn.id,
            at=began.get(turn.id, turn.at),
            words_per_minute=_words(turn) / lengths[turn.id] * 60,
        )
        for turn in transcript.candidate
        if lengths.get(turn.id, 0.0) >= SHORTEST_PACED
    ]


def _interrupted(transcript: Transcript) -> tuple[str, ...] | None:
    if all(turn.interrupted is None for turn in transcript.turns):
        return None
    return tuple(turn.id for turn in transcript.turns if turn.interrupted)

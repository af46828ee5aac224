"""How much a candidate was aided, from the recorded moves alone.

The rule: the answer to a ladder probe or follow-up of the same dimension is *probed*, or *exposed* where the
scenario's `exposes` lists the criterion; the answer to a curveball is *probed*; anything else is *unprompted*.
A level 1 or 2 hint leaves what it exposes *hinted* and a level 3 hint leaves it *told* for the rest of the round;
the direct answer to a hint is *probed* for the other criteria of its dimension. Communication is *unprompted*
unless hinted or told. The strongest aid counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from coach.domain.language import content_stems
from coach.domain.rubric import Brief, Help
from coach.domain.transcript import Move, Speaker, Transcript, Turn

_QUESTIONS = {Move.PROBE, Move.FOLLOW_UP}
_LASTS = {Move.PROBE, Move.HINT}
"""Moves whose dimension the turns after them inherit."""
_ORDER = tuple(Help)


def help_at(brief: Brief, transcript: Transcript, criterion: str, turn: str) -> Help:
    """Help for `criterion` (full name) where its earliest evidence stands in the candidate turn `turn`.

    Raises KeyError where the transcript has no such turn.
    """
    dimension = criterion.split(".", maxsplit=1)[0]
    position = next((i for i, said in enumerate(transcript.turns) if said.id == turn), None)
    if position is None:
        raise KeyError(turn)
    before = transcript.turns[:position]
    aids = [Help.UNPROMPTED, *_lasting(before, criterion)]
    question = next((said for said in reversed(before) if said.speaker is Speaker.INTERVIEWER), None)
    if question is not None and brief.scenario.probes.get(dimension):
        aids.append(_from_question(brief, before, question, criterion))
    return max(aids, key=_ORDER.index)


def _lasting(before: tuple[Turn, ...], criterion: str) -> Iterator[Help]:
    """What hints, or the interviewer saying it first, leave behind for the rest of the round."""
    for said in before:
        if said.speaker is Speaker.INTERVIEWER and criterion in said.criteria:
            yield Help.HINTED if said.move is Move.HINT and said.hint != 3 else Help.TOLD


def _from_question(brief: Brief, before: tuple[Turn, ...], question: Turn, criterion: str) -> Help:
    if question.move is Move.CURVEBALL:
        return Help.PROBED
    dimension = criterion.split(".", maxsplit=1)[0]
    if question.move is Move.HINT or question.move in _QUESTIONS:
        if dimension_asked(brief, before, question) != dimension:
            return Help.UNPROMPTED
        exposed = brief.scenario.exposes.get(question.probe or "", ())
        return Help.EXPOSED if criterion in exposed else Help.PROBED
    if question.move is None and "?" in question.text and likely_dimension(brief, question.text) == dimension:
        return Help.PROBED
    return Help.UNPROMPTED


def dimension_asked(brief: Brief, before: tuple[Turn, ...], question: Turn) -> str:
    """The dimension an interviewer turn is about: its own, else that of the latest probe or hint before it,
    else the first of the rubric (framing)."""
    for said in (question, *reversed(before)):
        if said.speaker is Speaker.INTERVIEWER:
            own = _own_dimension(said)
            if own and (said is question or said.move in _LASTS):
                return own
    return brief.rubric.dimension_ids[0]


def _own_dimension(turn: Turn) -> str | None:
    if turn.dimension:
        return turn.dimension
    if turn.probe:
        return turn.probe.split(".")[0]
    return turn.criteria[0].split(".")[0] if turn.criteria else None


def likely_dimension(brief: Brief, question: str) -> str | None:
    """The dimension an unrecorded question is about: whose probes share most of its words. None where none does."""
    asked = content_stems(question)
    best, shared = None, 0.0
    for dimension, probes in brief.scenario.probes.items():
        for probe in probes.values():
            words = content_stems(probe)
            share = len(asked & words) / max(1, len(asked | words))
            if share > shared:
                best, shared = dimension, share
    return best if shared >= 0.2 else None


def opened_by_interviewer(brief: Brief, transcript: Transcript) -> dict[str, str]:
    """Dimensions the interviewer asked about, and the candidate turn that answers the first such question.

    A dimension asked about last, with no answer after it, is not opened.
    """
    opened: dict[str, str] = {}
    asked: list[str] = []
    current = brief.rubric.dimension_ids[0]
    for said in transcript.turns:
        if said.speaker is Speaker.CANDIDATE:
            for dimension in asked:
                opened.setdefault(dimension, said.id)
            asked = []
            continue
        own = _own_dimension(said)
        if said.move in _QUESTIONS or said.move is Move.HINT:
            asked.append(own or current)
        elif said.move is None and "?" in said.text:
            asked += filter(None, [likely_dimension(brief, said.text)])
        if own and said.move in _LASTS:
            current = own
    return opened

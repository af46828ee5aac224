"""What a reviewer finds, as clicks bring it: verdicts, levels and flags, with notes and the words they rest on.

Each click starts from the round as it is stored, so that two reviewers at once see and keep each other's findings.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from coach import reviewing
from coach.domain.grade import Quote
from coach.domain.grading import CREDITED
from coach.domain.review import FlagFound, FlagStanding, LevelFound, Override, ReasonCode
from coach.domain.scenario import Outcome
from coach.domain.selecting import selected
from coach.domain.worksheet import likely_reason
from coach.reviewing import Case
from coach.ui.session.installation import desk, now
from coach.ui.session.reviewing import after, case, is_blind, items
from coach.ui.session.settling import END, go_to
from coach.ui.session.telling import reporting, tell

_DRAFTS = "review_drafts"
NOTE = "review-note-"
"""Start of the key of an item's note."""
REASON = "review-reason-"
"""Start of the key of a criterion's reason."""


def quotes(case_: Case, criterion: str) -> tuple[Quote, ...]:
    """The words a verdict would rest on: those chosen here, else those of what was found before, else the judge's
    where it is in sight."""
    drafts: dict[tuple[str, str], tuple[Quote, ...]] = st.session_state.get(_DRAFTS, {})
    if (draft := drafts.get((case_.round.id, criterion))) is not None:
        return draft
    sheet = case_.sheet
    if criterion in case_.round.brief.flags:
        on_flag = sheet.flags.get(criterion)
        return on_flag.quotes if on_flag and on_flag.quotes else case_.review.judged_flag(criterion).quotes
    if is_blind(case_):
        found = sheet.blind.get(criterion)
        return found.quotes if found else ()
    for found in (sheet.findings.get(criterion), sheet.blind.get(criterion)):
        if found and found.quotes:
            return found.quotes
    return case_.review.judged(criterion).quotes


def take_words(criterion: str, words: dict[str, Any]) -> None:
    """For the browser: add the words it says were selected, once they are found to be the candidate's."""
    with reporting():
        case_ = case()
        quote = _looked_up(case_, words)
        if quote is None:
            tell("Those are not words of the candidate's that can be evidence: select some of an answer.")
            return
        before = quotes(case_, criterion) if _has_own(case_, criterion) else ()
        _choose(case_, criterion, tuple(dict.fromkeys((*before, quote))))


def drop_words(criterion: str) -> None:
    """For a click: choose no words."""
    with reporting():
        _choose(case(), criterion, ())


def find(criterion: str, verdict: Outcome | None) -> None:
    """For a click: a verdict, with the words, note and reason that stand on the page, and on to the next item. None
    leaves the judge's."""
    with reporting():
        case_ = case()
        reviewing.find(desk(), case_, _finding(case_, criterion, verdict))
        _forget(case_, criterion)
        _go_on(criterion)


def note(criterion: str) -> None:
    """For the note's box: keep it with the finding it belongs to; without one it waits for the verdict."""
    with reporting():
        case_ = case()
        if on_flag := case_.sheet.flags.get(criterion):
            written = {"note": _note(criterion), "at": now()}
            reviewing.flag(desk(), case_, on_flag.model_copy(update=written))
        found = (case_.sheet.blind if is_blind(case_) else case_.sheet.findings).get(criterion)
        if found:
            reviewing.find(desk(), case_, found.model_copy(update={"note": _note(criterion), "at": now()}))


def find_level(dimension: str, level: int | None) -> None:
    """For a click: a dimension's level, and on to the next item. None takes one back."""
    with reporting():
        case_ = case()
        blind = is_blind(case_)
        found = LevelFound(
            dimension=dimension, level=level, by=case_.by, at=now(), note=_note(dimension), blind=blind
        )
        reviewing.level(desk(), case_, found)
        if blind:
            _go_on(dimension)


def find_flag(name_: str, found: FlagStanding | None) -> None:
    """For a click: a finding on a flag, with the words and note that stand on the page, and on to the next item.
    None leaves the judge's."""
    with reporting():
        case_ = case()
        rests_on = quotes(case_, name_) if found is FlagStanding.STANDS else ()
        finding = FlagFound(flag=name_, found=found, by=case_.by, at=now(), quotes=rests_on, note=_note(name_))
        reviewing.flag(desk(), case_, finding)
        _forget(case_, name_)
        order = items(case_)
        go_to(next(iter(order[order.index(name_) + 1 :]), END))


def _finding(case_: Case, criterion: str, verdict: Outcome | None) -> Override:
    blind = is_blind(case_)
    rests_on = quotes(case_, criterion) if verdict in CREDITED else ()
    reason = None
    judged = case_.review.judged(criterion).verdict
    if not blind and verdict not in {None, judged}:
        picked = st.session_state.get(f"{REASON}{criterion}")
        reason = ReasonCode(picked) if picked else likely_reason(judged, Outcome(verdict))
    return Override.model_validate(
        {
            "criterion": criterion,
            "verdict": verdict,
            "by": case_.by,
            "at": now(),
            "quotes": rests_on,
            "note": _note(criterion),
            "reason": reason,
            "blind": blind,
        }
    )


def _looked_up(case_: Case, words: dict[str, Any]) -> Quote | None:
    turn, start, end = words.get("turn"), words.get("start"), words.get("end")
    if not (isinstance(turn, str) and isinstance(start, int) and isinstance(end, int)):
        return None
    on_board = words.get("source") == "board"
    return selected(case_.round.transcript, turn, start, end, "board" if on_board else None)


def _has_own(case_: Case, criterion: str) -> bool:
    """Whether the words that stand there were chosen by this reviewer, and not by the judge."""
    sheet = case_.sheet
    drafts = st.session_state.get(_DRAFTS, {})
    return (case_.round.id, criterion) in drafts or criterion in {*sheet.findings, *sheet.blind, *sheet.flags}


def _choose(case_: Case, criterion: str, chosen: tuple[Quote, ...]) -> None:
    """Choose words; where a verdict with credit stands already, it rests on them from now on."""
    blind = is_blind(case_)
    found = (case_.sheet.blind if blind else case_.sheet.findings).get(criterion)
    if found and found.verdict in CREDITED and chosen:
        reviewing.find(desk(), case_, found.model_copy(update={"quotes": chosen, "at": now()}))
    on_flag = case_.sheet.flags.get(criterion)
    if on_flag and on_flag.stands and chosen:
        reviewing.flag(desk(), case_, on_flag.model_copy(update={"quotes": chosen, "at": now()}))
    st.session_state[_DRAFTS] = {**st.session_state.get(_DRAFTS, {}), (case_.round.id, criterion): chosen}


def _forget(case_: Case, criterion: str) -> None:
    drafts = dict(st.session_state.get(_DRAFTS, {}))
    drafts.pop((case_.round.id, criterion), None)
    st.session_state[_DRAFTS] = drafts


def _go_on(at: str) -> None:
    go_to(after(case(), at))


def _note(item_: str) -> str:
    return str(st.session_state.get(f"{NOTE}{item_}") or "").strip()

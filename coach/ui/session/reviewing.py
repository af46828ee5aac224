"""A review as clicks and reruns bring it: who reviews, which item is open, and what is said of it.

Each click starts from the round as it is stored, so that two reviewers at once see and keep each other's findings.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import streamlit as st

from coach import reviewing
from coach.content.golden import keep_golden
from coach.domain.calibration_rounds import is_calibration
from coach.domain.grade import Grade, Quote
from coach.domain.grading import CREDITED
from coach.domain.queue import Waiting, Why
from coach.domain.review import FlagFound, FlagStanding, LevelFound, Override, ReasonCode
from coach.domain.round import Round
from coach.domain.scenario import Outcome
from coach.domain.selecting import selected
from coach.domain.worksheet import is_drawn_blind, likely_reason, open_items
from coach.reviewing import Case
from coach.settings import Settings
from coach.ui.session.address import ask_for, asked_for, open_page
from coach.ui.session.installation import desk, local, now
from coach.ui.session.settling import END, asked_criterion, go_to
from coach.ui.session.telling import reporting, tell, tell_done

_NAME = "review_name"
_DRAFTS = "review_drafts"
_HOLD_AGAIN = timedelta(minutes=1)
NOTE = "review-note-"
"""Start of the key of an item's note."""
REASON = "review-reason-"
"""Start of the key of a criterion's reason."""


def name() -> str:
    """Who reviews in this tab, or nobody yet."""
    return str(st.session_state.get(_NAME) or asked_for("by"))


def be(key: str) -> None:
    """For the box `key`: review under the name in it from now on."""
    st.session_state[_NAME] = " ".join(str(st.session_state.get(key) or "").split())
    ask_for("by", st.session_state[_NAME] or None)


def start_next(why: Why | None, *, blind: bool = False) -> None:
    """For a click: hold the most pressing round that is free and go there, or to the queue where none is."""
    with reporting():
        found = reviewing.next_case(desk(), name(), now(), why)
        if found is None:
            open_page("queue", by=name())
        else:
            chosen = {"blind": "1"} if blind else {}
            open_page("review", round=found.round_id, by=name(), **chosen)


def done_today() -> int:
    """Rounds reviewed since midnight on the reviewer's clock."""
    midnight = local(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return desk().archive.done_since(midnight)


def case() -> Case:
    """The round the address names, as this reviewer sees it. Raises NotFoundError."""
    return reviewing.case(desk(), asked_for("round"), name())


def is_blind(case_: Case) -> bool:
    """Whether the judge is still hidden from this reviewer: by choice, because the round is drawn for it, or
    because it is one to calibrate on."""
    id_ = case_.round.id
    drawn = is_calibration(id_) or is_drawn_blind(id_, Settings().blind_share)
    return not case_.sheet.revealed and (drawn or asked_for("blind") == "1")


def held(case_: Case) -> tuple[str, datetime] | None:
    """Who else is at this round, and since when; where nobody is, it is held for this reviewer."""
    archive, moment = desk().archive, now()
    waits = archive.waiting(case_.round.id)
    if waits is None or waits.done_at:
        return None
    who = waits.held(moment)
    if who is None or (who == case_.by and waits.held_at and moment - waits.held_at > _HOLD_AGAIN):
        waits = archive.hold_review(case_.round.id, case_.by, moment)
        who = waits.held(moment) if waits else None
    if waits is None or waits.held_at is None or who in {None, case_.by}:
        return None
    return str(who), waits.held_at


def take_over(round_id: str) -> None:
    """For a click: hold a round that somebody else holds."""
    with reporting():
        desk().archive.hold_review(round_id, name(), now(), take_over=True)


def leave(round_id: str) -> None:
    """For a click: let go of the round, for somebody else to take, and go to the queue. What was found is kept."""
    with reporting():
        desk().archive.let_go(round_id, name())
        open_page("queue", by=name())


def items(case_: Case) -> tuple[str, ...]:
    """What can be looked at, in order."""
    if is_blind(case_):
        return case_.asked_blind()
    return open_items(case_.round.brief, case_.grade, case_.sheet, case_.remarks)


def item(case_: Case) -> str:
    """The item that is open: the one the address names, else the first that is left, else the END."""
    at = asked_criterion()
    if at in (*items(case_), END):
        return at
    left = case_.left(blind=is_blind(case_))
    return left[0] if left else END


def after(case_: Case, at: str) -> str:
    """The next item that is left after `at`, from the first again after the last, else the END."""
    left = [each for each in case_.left(blind=is_blind(case_)) if each != at]
    order = items(case_)
    behind = order.index(at) if at in order else -1
    return next((each for each in left if order.index(each) > behind), left[0] if left else END)


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


def reveal() -> None:
    """For a click: show the judge."""
    with reporting():
        reviewing.reveal(desk(), case(), now())
        ask_for("criterion", None)


def comment(turn_key: str, text_key: str) -> None:
    """For a click: say something about a turn."""
    with reporting():
        turn, text = st.session_state.get(turn_key), st.session_state.get(text_key)
        reviewing.comment(desk(), case(), str(turn or ""), str(text or ""), now())
        st.session_state[text_key] = ""
        tell_done("The comment is kept; the candidate sees it.")


def dismiss(key: str) -> None:
    """For a click: the round cannot be judged, for the reason in the box `key`; on to the next."""
    with reporting():
        reviewing.dismiss(desk(), case(), str(st.session_state.get(key) or ""), now())
        start_next(None, blind=asked_for("blind") == "1")


def complete() -> None:
    """For a click: end the review and go on to the next round."""
    with reporting():
        case_ = case()
        reviewing.complete(desk(), case_, now(), blind=is_blind(case_))
        start_next(None, blind=asked_for("blind") == "1")


def keep_as_golden() -> None:
    """For a click: write the round and what people found on it where `coach calibrate` reads it."""
    with reporting():
        case_ = case()
        path = keep_golden(Settings().golden, case_.round.transcript, reviewing.golden_labels(case_))
        tell_done(f"Kept as a golden case: {path.parent.name}/{path.name} in {Settings().golden}.")


def dispute(round_: Round, grade: Grade, criterion_key: str, text_key: str) -> None:
    """For a click of the candidate's: dispute the verdict chosen, with the sentence in the box."""
    with reporting():
        criterion, text = st.session_state.get(criterion_key), st.session_state.get(text_key)
        reviewing.dispute(desk(), round_, grade, str(criterion or ""), str(text or ""), now())
        st.session_state[text_key] = ""


def waiting(why: Why | None, limit: int) -> list[Waiting]:
    """The first rounds of the queue."""
    return desk().archive.queue(why, limit)


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

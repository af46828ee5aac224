"""A review as clicks and reruns bring it: who reviews, which item is open, and what is said of it.

Each click starts from the round as it is stored, so that two reviewers at once see and keep each other's findings.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st

from coach import reviewing
from coach.content.golden import keep_golden
from coach.domain.calibration_rounds import is_calibration
from coach.domain.grade import Grade
from coach.domain.queue import Waiting, Why
from coach.domain.round import Round
from coach.domain.worksheet import is_drawn_blind, open_items
from coach.reviewing import Case
from coach.settings import Settings
from coach.ui.session.address import ask_for, asked_for, open_page
from coach.ui.session.installation import desk, local, now
from coach.ui.session.settling import END, asked_criterion
from coach.ui.session.telling import reporting, tell_done

_NAME = "review_name"
_HOLD_AGAIN = timedelta(minutes=1)


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

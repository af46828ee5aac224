"""What a candidate does in a round, as clicks and reruns bring it."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe

import streamlit as st

from coach import practice
from coach.content.golden import drop_golden
from coach.domain.human_labels import golden_name
from coach.domain.interview.agenda import Wish
from coach.domain.round import Round, Setup
from coach.domain.transcript import LONGEST_TEXT, Transcript
from coach.errors import CoachError, NotFoundError, RoundClosedError
from coach.settings import Settings
from coach.ui.session.address import open_page
from coach.ui.session.installation import desk, now
from coach.ui.session.learning import after
from coach.ui.session.telling import Failure, report, reporting, tell, tell_deleted

_NEXT_ID = "next_round_id"
_UNSENT = "unsent"
_UNSAVED = "unsaved"
_WISH = "wish"
_FAILED_REPLY = "failed_reply"


def go_offline(id_: str) -> None:
    """For a click: let the round go on without a model."""
    with reporting():
        practice.go_offline(desk(), id_)


def next_id() -> str:
    """The id the next round will get: the same until it is used, so that a double click begins one round."""
    return str(st.session_state.setdefault(_NEXT_ID, token_urlsafe(16)))


def begin(id_: str, setup: Setup) -> None:
    """Begin a round and go there. Called twice with one id, it begins one round."""
    with reporting():
        try:
            desk().archive.round(id_)
        except NotFoundError:
            kept = setup.keeps_sound and bool(Settings().sound_days)
            practice.begin(desk(), id_, setup.model_copy(update={"keeps_sound": kept}), now())
        st.session_state.pop(_NEXT_ID, None)
        open_page("room", round=id_)


def take_in(id_: str, transcript: Transcript) -> None:
    """Keep a transcript from elsewhere as a round and go to its result. Called twice with one id, it keeps one."""
    with reporting():
        practice.take_in(desk(), id_, transcript, now())
        st.session_state.pop(_NEXT_ID, None)
        open_page("result", round=id_)


def delete(id_: str) -> None:
    with reporting():
        desk().archive.delete_round(id_)
        drop_golden(Settings().golden, golden_name(id_))
        tell_deleted(id_, "The round is deleted.")


def delete_everything() -> None:
    with reporting():
        desk().archive.delete_everything()
        drop_golden(Settings().golden)
        tell_deleted(None, "Everything is deleted.")


def send(id_: str, answers: int, turns: int, text: str) -> None:
    """Save an answer given when `answers` had been saved, of so many `turns`. The box keeps the text where that
    fails. Nothing sent is silence, and is answered too."""
    if not text.strip():
        ask(id_, Wish.SILENCE, turns)
        return
    if len(text) > LONGEST_TEXT:
        tell(f"Not saved: {len(text):,} characters in one answer, at most {LONGEST_TEXT:,}. Send it in parts.")
        return
    try:
        practice.say(desk(), id_, text, now(), submission(answers, text))
    except RoundClosedError as error:
        st.session_state[_UNSENT] = (id_, text)
        report(error, "Not saved")
    except CoachError as error:
        st.session_state[_UNSAVED] = (id_, answers, text)
        report(error, "Not saved")


def unsaved(id_: str, answers: int) -> str:
    """The answer that could not be saved, for its box, should the page have been without it for a while."""
    round_id, given, text = st.session_state.get(_UNSAVED, ("", 0, ""))
    return str(text) if (round_id, given) == (id_, answers) else ""


def submission(answers: int, text: str) -> str:
    """What makes two submissions the same: the answers saved when it was written, and its words.

    A double click or a resent request repeats both; the same words said again later find one answer more.
    """
    return f"{answers}:{sha256(text.strip().encode()).hexdigest()[:32]}"


def ask(id_: str, wish: Wish, turns: int) -> None:
    """Ask for a hint, time or a repeat. `turns` is how many turns the page showed: a click on a page that has
    moved on, such as the second of a double click, asks for nothing."""
    st.session_state[_WISH] = (id_, wish, turns)
    with reporting():
        practice.resume(desk(), id_, now())


def wish_for(round_: Round) -> Wish | None:
    """What was asked for and not said yet. It stays until it is said, so an interrupted reply is made again."""
    id_, wish, turns = st.session_state.get(_WISH, ("", None, 0))
    return wish if id_ == round_.id and turns == len(round_.turns) else None


def fail_reply(round_: Round, error: CoachError) -> None:
    """Remember that the interviewer's turn failed: it is made again on request, or once something else is asked."""
    st.session_state[_FAILED_REPLY] = Failure(_owed(round_), str(error))


def failed_reply(round_: Round) -> Failure | None:
    """Why the turn that is owed now failed, where it has been tried."""
    found: Failure | None = st.session_state.get(_FAILED_REPLY)
    return found if found and found.what == _owed(round_) else None


def try_again() -> None:
    """For a click: make the interviewer's turn that failed."""
    st.session_state.pop(_FAILED_REPLY, None)


def _owed(round_: Round) -> tuple[object, ...]:
    """The interviewer's turn that is to be made now, and by whom."""
    interviewer = desk().interviewers.get(round_.setup.engine)
    return round_.id, len(round_.turns), wish_for(round_), round_.setup.engine, interviewer


def pause_or_resume(id_: str) -> None:
    """For a click: stop the clock, or let it run on. Which of the two, the round says and not the button: a second
    click may come before the button is drawn anew."""
    with reporting():
        if desk().archive.round(id_).is_paused:
            practice.resume(desk(), id_, now())
        else:
            practice.pause(desk(), id_, now())


def finish(id_: str) -> None:
    with reporting():
        round_ = practice.finish(desk(), id_, now())
        open_page(after(round_), round=id_)


def unsent(id_: str) -> str | None:
    """An answer that came after the round had ended, to be copied."""
    round_id, text = st.session_state.get(_UNSENT, ("", ""))
    return str(text) if round_id == id_ else None

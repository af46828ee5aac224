"""One review: the transcript left, the rubric right. Blind ones hide the judge until the reviewer's are in."""

from __future__ import annotations

from datetime import datetime
from html import escape

import streamlit as st

from coach.domain.calibration_rounds import is_calibration
from coach.domain.grade import Quote
from coach.domain.review import ReasonCode
from coach.domain.scenario import Outcome
from coach.domain.worksheet import is_level
from coach.reviewing import Case
from coach.ui import session
from coach.ui.choosing import choosing, judges_words
from coach.ui.drawing import reviewing as drawn
from coach.ui.drawing import settling
from coach.ui.drawing.cards import note
from coach.ui.flagging import flagging
from coach.ui.session import calibrating, finding, previewing, reviewing

TITLE = "Review"
LINK = ""
PLACE = 10

_VERDICTS = (
    (Outcome.MET, "Met `1`"),
    (Outcome.PARTIAL, "Partial `2`"),
    (Outcome.MISSED, "Missed `3`"),
    (Outcome.UNJUDGED, "Can't tell `4`"),
)


def draw() -> None:
    """The item that the address names, or the first that is left; the end once all are in."""
    if not reviewing.name():
        session.turn_to("queue")
    case = reviewing.case()
    if is_calibration(case.round.id) and case.sheet.revealed:
        session.turn_to("agreement", by=case.by)
    st.set_page_config(page_title=f"Review · {case.round.brief.scenario.title} · Coach")
    if other := reviewing.held(case):
        _held(case, *other)
        return
    blind = reviewing.is_blind(case)
    items, at = reviewing.items(case), reviewing.item(case)
    left, right = st.columns([7, 5], gap="large")
    with right, st.container(gap="small", key="review-sheet"):
        _told()
        _progress(case, items, blind=blind)
        if at == session.END:
            st.html(drawn.ending(case, len(case.left(blind=blind)), blind=blind))
        elif is_level(at):
            _level(case, at, items, blind=blind)
        elif at in case.round.brief.flags:
            flagging(case, at, items)
        else:
            _criterion(case, at, items, blind=blind)
        _way(case, items, at)
        if is_calibration(case.round.id):
            _calibration_actions(case)
        else:
            _actions(case, at, blind=blind)
        if not blind and at in {*case.round.brief.criteria, *case.round.brief.flags}:
            st.html(settling.narrowed(case.review, at, case.round))
    left.html(drawn.words(case, _marked(case, at, blind=blind)))


def _told() -> None:
    if line := session.take_trouble():
        st.html(note(line))
    if news := session.take_news():
        st.html(f'<p class="coach-ribbon" role="status">{escape(news)}</p>')


def _html(told: str) -> None:
    if told:
        st.html(told)


def _progress(case: Case, items: tuple[str, ...], *, blind: bool) -> None:
    """How far the review is and, once a blind one is in, how the two compare."""
    wanted = len(items) if blind else len(case.needing())
    done, calibrates = wanted - len(case.left(blind=blind)), is_calibration(case.round.id)
    st.html(drawn.progress(done, wanted, blind=blind, calibrates=calibrates))
    if case.sheet.revealed:
        _html(drawn.revealed(case))


def _criterion(case: Case, name: str, items: tuple[str, ...], *, blind: bool) -> None:
    st.html(settling.question(name, items.index(name) + 1, len(items), case.round))
    if not blind:
        judged = drawn.judge_says(case.review.judged(name), case.round)
        st.html(drawn.disputes(case.remarks, name) + judged)
    found = None if blind else case.sheet.findings.get(name)
    _html(drawn.mine(found, case.sheet.blind.get(name), blind=blind))
    quotes = finding.quotes(case, name)
    choosing(case, name, quotes)
    with st.container(horizontal=True, gap="small", key="review-verdicts"):
        for verdict, label in _VERDICTS:
            credit = verdict in {Outcome.MET, Outcome.PARTIAL}
            key = f"review-{verdict.value}-{name}"
            st.button(
                label,
                key=key,
                disabled=credit and not quotes,
                on_click=finding.find,
                args=(name, verdict),
            )
        if not blind:
            st.button(
                "Agree `a`",
                key=f"review-accept-{name}",
                type="tertiary",
                on_click=finding.find,
                args=(name, None),
            )
    if not blind:
        st.selectbox(
            "Why the judge is wrong",
            list(ReasonCode),
            index=None,
            format_func=drawn.CODES.__getitem__,
            placeholder="As the change suggests",
            key=f"{finding.REASON}{name}",
        )
    _note(case, name, blind=blind)


def _note(case: Case, item: str, *, blind: bool) -> None:
    sheet = case.sheet
    if is_level(item):
        known = (sheet.blind_levels if blind else sheet.levels).get(item)
        st.text_input(
            "Note" if blind else "Why, which a level over the verdicts needs",
            value=known.note if known else "",
            max_chars=2_000,
            key=f"{finding.NOTE}{item}",
        )
        return
    found = (sheet.blind if blind else sheet.findings).get(item)
    st.text_input(
        "Note",
        value=found.note if found else "",
        max_chars=2_000,
        key=f"{finding.NOTE}{item}",
        on_change=finding.note,
        args=(item,),
    )


def _level(case: Case, id_: str, items: tuple[str, ...], *, blind: bool) -> None:
    rubric = case.round.brief.rubric
    st.html(drawn.anchors(rubric.dimension(id_), rubric, items.index(id_) + 1, len(items)))
    mine = (case.sheet.blind_levels if blind else case.sheet.levels).get(id_)
    if not blind:
        judged, settled = (
            next(score for score in grade.dimensions if score.id == id_)
            for grade in (case.grade, case.review.settled)
        )
        st.html(drawn.judge_level(judged, settled))
    _html(drawn.my_level(mine, case.sheet.blind_levels.get(id_), blind=blind))
    _note(case, id_, blind=blind)
    written = bool(st.session_state.get(f"{finding.NOTE}{id_}"))
    with st.container(horizontal=True, gap="small", key="review-levels"):
        for level in sorted(rubric.scale):
            st.button(
                f"{rubric.scale[level].name} `{level}`",
                key=f"level-{level}-{id_}",
                disabled=not (blind or written),
                on_click=finding.find_level,
                args=(id_, level),
            )
        if not blind and mine and mine.level is not None:
            st.button("Take back", key="level-undo", type="tertiary", on_click=finding.find_level, args=(id_, None))


def _way(case: Case, items: tuple[str, ...], at: str) -> None:
    """Through the items, one by one."""
    place = items.index(at) if at in items else len(items)
    before = items[max(place - 1, 0)] if items else session.END
    behind = items[place + 1] if place + 1 < len(items) else session.END
    with st.container(horizontal=True, gap="small", key="review-way"):
        st.button(
            "Previous `p`",
            key="review-previous",
            type="tertiary",
            disabled=not place,
            on_click=session.go_to,
            args=(before,),
        )
        st.button(
            "Next `n`",
            key="review-next",
            type="tertiary",
            disabled=at == session.END,
            on_click=session.go_to,
            args=(behind,),
        )


def _actions(case: Case, at: str, *, blind: bool) -> None:
    """The one way on, and what else can be said of the round."""
    left = case.left(blind=blind)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="actions-review"):
        if blind:
            st.button(
                "Show the judge's",
                type="primary",
                key="reveal",
                shortcut="Ctrl+Enter",
                disabled=bool(left),
                on_click=reviewing.reveal,
            )
        else:
            st.button(
                "Complete and next",
                type="primary",
                key="complete",
                shortcut="Ctrl+Enter",
                on_click=reviewing.complete,
            )
            st.button(
                "As the candidate sees it `v`",
                key="preview",
                type="tertiary",
                on_click=previewing.preview,
                args=(at,),
            )
            st.button("Keep as golden `g`", key="golden", type="tertiary", on_click=reviewing.keep_as_golden)
        with st.popover("Comment", type="tertiary", key="commenting"):
            turns = [turn.id for turn in case.round.turns]
            st.selectbox("On turn", turns, key="comment-turn")
            st.text_input("What the candidate should read there", max_chars=2_000, key="comment-text")
            st.button(
                "Keep the comment", key="comment", on_click=reviewing.comment, args=("comment-turn", "comment-text")
            )
        with st.popover("Cannot be judged `d`", type="tertiary", key="dismissing"):
            st.text_input("Why", max_chars=2_000, key="dismiss-why")
            st.button("Take it out of the queue", key="dismiss", on_click=reviewing.dismiss, args=("dismiss-why",))
        st.button("To the queue", key="leave", type="tertiary", on_click=reviewing.leave, args=(case.round.id,))


def _calibration_actions(case: Case) -> None:
    """The one way on, and the way back."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="actions-review"):
        st.button(
            "Hold mine against the labels",
            type="primary",
            key="against-labels",
            shortcut="Ctrl+Enter",
            disabled=bool(case.left(blind=True)),
            on_click=calibrating.complete,
        )
        st.button("To the other rounds", key="leave", type="tertiary", on_click=calibrating.leave)


def _marked(case: Case, at: str, *, blind: bool) -> tuple[Quote, ...]:
    """What is marked in the transcript: the words of the open criterion, and the judge's once it is in sight."""
    if at == session.END or is_level(at):
        return ()
    judged = () if blind else judges_words(case, at)
    return (*finding.quotes(case, at), *judged)


def _held(case: Case, who: str, since: datetime) -> None:
    st.html(drawn.held(who, session.local(since)))
    with st.container(horizontal=True, gap="small"):
        st.button("Start next `n`", type="primary", key="start-next", on_click=reviewing.start_next, args=(None,))
        st.button("Take it over", key="take-over", on_click=reviewing.take_over, args=(case.round.id,))


if __name__ == "__main__":
    draw()

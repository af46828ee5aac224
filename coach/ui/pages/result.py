"""The result of a round that has ended: graded here if it is not yet, then shown with its evidence."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coach import practice
from coach.domain.changes import changes
from coach.domain.grade import Grade, ResultKind
from coach.domain.referee import rulings
from coach.domain.regrading import regraded
from coach.domain.review import Review, at_levels
from coach.domain.round import Round, Setup
from coach.domain.rubric import SeniorityLevel
from coach.domain.scenario import Outcome
from coach.errors import CoachError
from coach.practice import LLM, OFFLINE
from coach.ui import session
from coach.ui.components.leftover import leftover
from coach.ui.components.listen import listen
from coach.ui.disputing import disputing, said
from coach.ui.downloads import downloads
from coach.ui.drawing import debrief, scorecard, settling
from coach.ui.drawing.cards import as_markdown, counted, grading_progress, note, round_head
from coach.ui.drawing.changes import changes as drawn_changes
from coach.ui.drawing.conversation import transcript
from coach.ui.drawing.ledger import ledger, short
from coach.ui.drawing.referee import your_numbers
from coach.ui.drawing.sound import not_heard
from coach.ui.drawing.talk import talk_card
from coach.ui.retrying import can_retry, retrying

TITLE = "Result"
LINK = ""
PLACE = 3


def draw() -> None:
    """The grade above, its evidence and the transcript below. The transcript is there whatever grading does."""
    round_ = session.round_()
    st.set_page_config(page_title=f"{round_.brief.scenario.title} · Coach")
    if not round_.is_over:
        st.html(f'{round_head(round_)}<p class="coach-empty">This round is still running.</p>')
        st.page_link(session.page("room"), label="Go on with it", query_params={"round": round_.id})
        return
    trouble, head, beside = st.empty(), st.empty(), st.container(gap="small")
    debriefed, actions = st.container(), st.container(horizontal=True, key="actions")
    body = st.empty()
    leftover(round_)
    waited = _wait(round_, head)
    grades = session.desk().archive.grades(round_.id)
    asked = session.take_grading(round_.id, len(grades))
    engine = asked.engine if asked else session.usual_judge(round_)
    if asked or not grades:
        body.html(f"<h2>Transcript</h2>{transcript(round_, moves=True)}")
        new = _graded(round_, head, engine, afresh=bool(asked and asked.afresh))
        if new:
            session.open_grade(None)
        grades += new
    else:
        new = []
    _trouble(round_, trouble, session.failed_grading(round_.id, engine), engine, len(grades))
    number = session.opened_grade(len(grades))
    grade = grades[number - 1] if grades else None
    review = practice.review(session.desk(), round_, grade) if grade else None
    with actions:
        _actions(round_, grades, review, number)
    if grade and review:
        with beside:
            level = _bar(round_, grade)
            _other_grades(round_, grades, number, level)
        shown = at_levels(round_.brief, _held_to(round_, review.settled, level), review.levels)
        by_people = settling.settled_by(review, _held_to(round_, grade, level).result)
        head.html(scorecard.head(shown, round_) + scorecard.held_to(grade.level, level) + by_people)
        numbers = your_numbers(rulings(round_.brief, round_.transcript), round_)
        body.html(scorecard.body(shown, round_, review, session.self_ratings(round_)) + numbers)
        with debriefed:
            _debrief(round_, review, number, is_new=bool(new) or waited)
        said(round_, grade)
    if round_.setup.mode == "voice":
        _aloud(round_)
    _spent(round_)
    if grade:
        st.page_link(session.page("progress"), label="Progress over your graded rounds")
        st.page_link(session.page("judge"), label="How far to trust a grade")


def _wait(round_: Round, page: DeltaGenerator) -> bool:
    """Wait for a grading that was begun on the way here; whether there was one."""
    waited = False
    for done in session.graded_meanwhile(round_):
        page.html(grading_progress(round_.brief.rubric, done, _judge_read(session.usual_judge(round_))))
        waited = True
    return waited


def _judge_read(engine: str) -> str | None:
    """The model that judges, as it is called on the page; None without one."""
    models = session.models().judges
    return short(models[0]) if engine == LLM and models else None


def _graded(round_: Round, page: DeltaGenerator, engine: str, *, afresh: bool) -> list[Grade]:
    """Grade the round, ticking off the dimensions as their findings are stored. Nothing where it failed."""
    rubric = round_.brief.rubric
    if failed := session.failed_grading(round_.id, engine):
        page.html(scorecard.not_graded_yet(round_, failed.done))
        return []
    judge = _judge_read(engine)
    done: list[str] = []
    page.html(grading_progress(rubric, done, judge))
    try:
        for found in practice.grade_round(session.desk(), round_.id, engine, afresh=afresh):
            if isinstance(found, Grade):
                return [found]
            done.append(found.dimension)
            page.html(grading_progress(rubric, done, judge))
    except CoachError as error:
        session.fail_grading(round_.id, engine, error, len(done))
        page.html(scorecard.not_graded_yet(round_, len(done)))
    return []


def _bar(round_: Round, grade: Grade) -> SeniorityLevel:
    """The level whose bar the grade is shown against: the one it was given for, or one that is looked at."""
    if grade.result.kind is ResultKind.NOT_GRADED:
        return grade.level
    level = st.segmented_control(
        "Against the bar of",
        list(round_.brief.rubric.bars),
        default=grade.level,
        required=True,
        format_func=lambda value: value.value.capitalize(),
        key=f"bar-{round_.id}",
    )
    return level or grade.level


def _held_to(round_: Round, grade: Grade, level: SeniorityLevel) -> Grade:
    if level is grade.level:
        return grade
    return regraded(round_.brief, round_.transcript, grade, level)


def _other_grades(round_: Round, grades: list[Grade], number: int, level: SeniorityLevel) -> None:
    """What changed since the grade before this one, and the ways to the others."""
    if number > 1:
        before, after = (_held_to(round_, each, level) for each in grades[number - 2 : number])
        st.html(drawn_changes(changes(before, after), before, after, round_))
    if len(grades) == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="grades"):
        if number < len(grades):
            st.html(scorecard.older(number, len(grades)), width="content")
        for each, kept in enumerate(grades, start=1):
            if each != number:
                name = "Back to the newest grade" if each == len(grades) else f"Open grade {each}"
                label = as_markdown(f"{name}: {scorecard.in_short(kept)}")
                opens = None if each == len(grades) else each
                st.button(label, type="tertiary", key=f"open-{each}", on_click=session.open_grade, args=(opens,))


def _debrief(round_: Round, review: Review, number: int, *, is_new: bool) -> None:
    """The one fix, then the rest. A model's takes its place once one has written it: as the grade is new, or on
    request."""
    grade = review.grade
    if grade.result.kind is ResultKind.NOT_GRADED:
        return
    place = st.empty()
    made = session.debrief(round_, review)
    by_model = grade.judge.model is not None
    if by_model and not made.by_model and (is_new or session.wants_debrief(round_.id)):
        place.html(debrief.first(made, round_) + debrief.writing())
        session.write_debrief(round_, grade)
        made = session.debrief(round_, review)
    with place.container():
        st.html(debrief.first(made, round_))
        retrying(round_, review.settled, made, number)
        st.html(debrief.rest(made, round_))
        if by_model and not made.by_model:
            if line := session.debrief_trouble(round_.id):
                st.html(debrief.not_written(line))
            st.button("Write the debrief", key="debrief", on_click=session.ask_debrief, args=(round_.id,))


def _trouble(
    round_: Round, place: DeltaGenerator, failed: session.Failure | None, engine: str, grades: int
) -> None:
    """What went wrong, in one line, and the ways on."""
    line = session.take_trouble()
    with place.container(gap="small"):
        if line:
            st.html(note(line))
        if failed is None:
            return
        st.html(note(f"Grading stopped; the transcript is safe: {failed.line}"))
        with st.container(horizontal=True, gap="small", key="way-on"):
            again = "Grade again" if engine == OFFLINE else "Try again"
            st.button(again, type="primary", key="grade", on_click=session.try_grading_again)
            if engine != OFFLINE:
                st.button("Switch model", key="switch", on_click=_switch, args=(round_.id,))
                _grade_by(OFFLINE, "Grade offline", round_, grades)


def _switch(round_id: str) -> None:
    session.open_page("models", round=round_id)


def _actions(round_: Round, grades: list[Grade], review: Review | None, number: int) -> None:
    setup = round_.setup if round_.setup.engine in session.desk().interviewers else _offline(round_.setup)
    st.button(
        "Play again",
        type="primary" if review and not can_retry(round_, review.settled) else "secondary",
        key="again",
        on_click=session.begin,
        args=(session.next_id(), setup),
    )
    if review:
        _settle(round_, review, number)
        disputing(round_, review.grade)
    if grades:
        _again(round_, grades[-1], len(grades))
    downloads(round_, review)
    with st.popover("Delete", type="tertiary"):
        st.markdown("Delete this round, its transcript, board and grade for good?")
        st.button("Delete for good", key="delete", on_click=_delete, args=(round_.id,))


def _settle(round_: Round, review: Review, number: int) -> None:
    """The way to the criteria that the judge could not tell, settled since or not."""
    if review.grade.result.kind is ResultKind.NOT_GRADED:
        return
    left = sum(verdict.verdict is Outcome.UNJUDGED for verdict in review.settled.verdicts)
    if left or review.overrides:
        label = f"Settle {counted(left, 'open criterion', 'open criteria')}" if left else "Look at what was settled"
        st.button(label, key="settle", on_click=_open_settling, args=(round_.id, number))


def _open_settling(round_id: str, number: int) -> None:
    session.open_page("settle", round=round_id, grade=str(number))


def _offline(setup: Setup) -> Setup:
    return setup.model_copy(update={"engine": OFFLINE})


def _again(round_: Round, grade: Grade, grades: int) -> None:
    """Another grade, by a judge to choose. The same judge without a model would give the same one again."""
    judges = session.desk().judges
    live = LLM in judges
    if not live and grade.judge == judges[OFFLINE].stamp(round_.brief):
        return
    with st.popover("Grade again"):
        st.markdown("The grade you have is kept.")
        if live:
            _grade_by(LLM, f"By {as_markdown(short(session.models().judges[0]))}", round_, grades, afresh=True)
        _grade_by(OFFLINE, "Offline", round_, grades, afresh=True)


def _grade_by(engine: str, label: str, round_: Round, grades: int, *, afresh: bool = False) -> None:
    asked = {"afresh": afresh}
    key = f"grade-{engine}-{'afresh' if afresh else 'on'}"
    st.button(label, key=key, on_click=session.ask_grading, args=(round_.id, engine, grades), kwargs=asked)


def _aloud(round_: Round) -> None:
    """How a spoken round was talked, what could not be heard, and the sound that is kept."""
    st.html(talk_card(session.how_talked(round_)) + not_heard(session.unclear(round_)))
    if sounds := session.sounds(round_):
        listen(sounds)
        st.button("Delete the recording", key="forget-sound", on_click=session.forget_sound, args=(round_.id,))


def _spent(round_: Round) -> None:
    """The calls to models behind this page, where there can be any."""
    desk = session.desk()
    if round_.setup.engine == LLM or LLM in desk.judges or LLM in desk.interviewers:
        calls = desk.calls.calls(round_.id)
        if calls:
            told = ledger(calls, session.caps())
            st.html(f'<details class="coach-spent"><summary>Calls and cost</summary>{told}</details>')


def _delete(id_: str) -> None:
    session.delete(id_)
    session.open_page("home")


if __name__ == "__main__":
    draw()

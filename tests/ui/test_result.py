from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from html import escape
from pathlib import Path

import pytest

from coach import practice, talking
from coach.domain.grade import Grade, Verdict
from coach.domain.grading import is_verbatim
from coach.domain.regrading import regraded
from coach.domain.review import SELF, Override
from coach.domain.round import Setup
from coach.domain.rubric import SeniorityLevel
from coach.domain.scenario import Outcome
from coach.ui import session
from coach.voices.tones import tone
from tests.doubles.models import Fault
from tests.ui.live import DEBRIEF, REFUSED, Live, at_a_double, spec
from tests.ui.page import ANSWERS, Page


@pytest.fixture
def live(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    """An installation with a model."""
    with at_a_double(monkeypatch) as opened:
        yield opened


def test_every_quote_shown_was_said(page: Page) -> None:
    page.start()
    for text in ANSWERS:
        page.answer(text)
    page.end()
    grade = session.desk().archive.grade(page.round_id)
    assert grade is not None
    quotes = [quote for verdict in grade.verdicts for quote in verdict.quotes]
    assert quotes
    assert all(is_verbatim(page.round.transcript, quote) for quote in quotes)
    assert page.html.count("<blockquote>") >= len(quotes)


def test_too_little_said_is_not_graded_and_says_why(page: Page) -> None:
    page.start().answer("Fine.").end()
    assert "<h2>Not graded</h2>" in page.html
    assert "coach-strip" not in page.html
    assert "Words from the candidate: 1; at least 60 are needed" in page.html


def test_a_grade_is_given_once(page: Page) -> None:
    page.start().answer(ANSWERS[0]).answer(ANSWERS[1]).end()
    first = session.desk().archive.grade(page.round_id)
    again = page.reload()
    assert session.desk().archive.grade(page.round_id) == first
    assert "Grade again" not in again.labels()


def test_a_grading_that_fails_keeps_the_transcript_and_is_tried_again_on_request(page: Page, home: Path) -> None:
    page.start().answer(ANSWERS[0]).answer(ANSWERS[1])
    file = next(path for path in home.rglob("*") if path.read_bytes()[:15] == b"SQLite format 3")
    with closing(sqlite3.connect(file)) as database:
        database.execute(
            "CREATE TRIGGER full BEFORE INSERT ON verdict "
            "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
        page.end()
        assert "Grading stopped; the transcript is safe" in page.html
        assert "thirty thousand questions a day" in page.html
        assert not page.app.exception
        page.app.run()
        assert "Grade again" in page.labels()
        database.execute("DROP TRIGGER full")
    page.click("Grade again")
    assert session.desk().archive.grade(page.round_id) is not None
    assert "Baseline" in page.html


def test_playing_again_begins_a_new_round_set_up_alike(page: Page) -> None:
    page.start("semantic-search", Rehearse="Real").answer(ANSWERS[0]).end()
    before = page.round
    page.click("Play again")
    assert page.round_id != before.id
    assert page.round.setup == before.setup
    assert not page.round.is_over


def test_the_result_of_a_real_round_shows_what_the_interviewer_did(page: Page) -> None:
    page.start(Rehearse="Real").answer(ANSWERS[0])
    assert "coach-chip" not in page.html
    assert "coach-chip" in page.end().html


def test_a_round_is_taken_along_in_three_formats_whole_or_redacted(page: Page) -> None:
    page.start().answer(ANSWERS[0]).answer(ANSWERS[1]).end()
    names = [button.proto.label for button in page.app.get("download_button")]
    assert names == ["HTML", "Markdown", "JSON"]
    assert "Read it before you share it." not in " ".join(each.value for each in page.app.caption)
    page.app.toggle(key=f"redact-{page.round_id}").set_value(True).run()
    assert page.app.text_input(key=f"names-{page.round_id}").value == ""
    assert "Read it before you share it." in " ".join(each.value for each in page.app.caption)
    assert not page.app.exception


def _graded(page: Page) -> Page:
    page.start()
    for text in ANSWERS:
        page.answer(text)
    return page.end()


def _grades(page: Page) -> list[Grade]:
    return session.desk().archive.grades(page.round_id)


def test_an_offline_grade_says_so_and_is_not_given_again(page: Page) -> None:
    assert "Graded offline</p>" in _graded(page).html
    assert "Grade again" not in [popover.proto.popover.label for popover in page.app.get("popover")]
    assert "Calls and cost" not in page.html


@pytest.mark.slow
def test_a_live_grade_says_who_gave_it_and_what_it_took(live: Live) -> None:
    page = _graded(live.page)
    told = (
        r"Graded by openai:any at 127\.0\.0\.1:\d+ · price not known · \d+ k tokens \(\d+ % cached\) · (\d+) calls"
    )
    found = re.search(told, page.html)
    assert found is not None
    assert int(found[1]) == _grades(page)[-1].cost.calls
    assert "Calls and cost" in page.html
    assert page.html.count("<strong>Judge</strong>") == int(found[1])


@pytest.mark.slow
def test_after_a_live_grade_the_debrief_is_written_once_and_what_fails_its_check_is_left_out(live: Live) -> None:
    page = _graded(live.page)
    assert "On this round you say the number before you choose." in page.html
    assert "You name the &lt;b&gt;load&lt;/b&gt;." in page.html
    assert "A great decision" not in page.html
    assert "1 left out: the grade or your words do not bear them out" in page.html
    asked = len(live.double.requests)
    page.reload()
    assert "On this round you say the number before you choose." in page.html
    assert len(live.double.requests) == asked


@pytest.mark.slow
def test_a_debrief_that_fails_says_why_and_is_written_on_request_only(live: Live) -> None:
    live.double.answer = lambda body: None if len(body["messages"]) != 2 else "I cannot."
    page = _graded(live.page)
    assert "Not written: The debrief is not in the form" in page.html
    asked = len(live.double.requests)
    page.app.run()
    assert len(live.double.requests) == asked
    live.double.answer = lambda body: json.dumps(DEBRIEF) if len(body["messages"]) == 2 else None
    page.click("Write the debrief")
    assert "On this round you say the number before you choose." in page.html


@pytest.mark.slow
def test_another_grade_by_a_judge_to_choose_leaves_the_first_one(live: Live) -> None:
    page = _graded(live.page)
    first = _grades(page)[0]
    page.app.button(key="grade-offline-afresh").click().run()
    assert [grade.judge.engine for grade in _grades(page)] == ["llm", "offline"]
    assert "Graded offline</p>" in page.html
    assert page.app.button(key="open-1").label.startswith("Open grade 1\\: openai\\:any at")
    assert "What changed since the grade by openai:any at 127.0.0.1" in page.html
    asked = len(live.double.requests)
    page.app.button(key="grade-llm-afresh").click().run()
    page.app.run()
    assert [grade.judge.engine for grade in _grades(page)] == ["llm", "offline", "llm"]
    assert _grades(page)[0] == first
    assert len(live.double.requests) > asked


@pytest.mark.slow
def test_a_judge_that_fails_leaves_the_transcript_and_is_asked_again_on_request_only(live: Live) -> None:
    live.double.faults.extend([Fault("slow", seconds=0.0)] * 2 + [REFUSED] * 60)
    page = _graded(live.page)
    assert "Grading stopped; the transcript is safe: openai:any@" in page.html
    assert "the key is not accepted" in page.html
    assert page.labels()[:3] == ["Try again", "Switch model", "Grade offline"]
    assert "thirty thousand questions a day" in page.html
    asked = len(live.double.requests)
    page.app.run()
    assert len(live.double.requests) == asked
    assert _grades(page) == []


@pytest.mark.slow
def test_trying_again_asks_for_nothing_that_was_answered_before(live: Live) -> None:
    live.double.faults.extend([Fault("slow", seconds=0.0)] * 4 + [REFUSED] * 4)
    page = _graded(live.page)
    live.double.faults.clear()
    page.click("Try again")
    assert [grade.judge.engine for grade in _grades(page)] == ["llm"]
    answered = [str(request.body) for request in live.double.requests if request.whole]
    assert len(answered) == len(set(answered))
    assert "Try again" not in page.labels()
    assert "Grading stopped" not in page.html


@pytest.mark.slow
def test_a_judge_that_fails_can_be_left_for_the_offline_one(live: Live) -> None:
    live.double.faults.extend([Fault("slow", seconds=0.0)] * 2 + [REFUSED] * 60)
    page = _graded(live.page).click("Grade offline")
    assert [grade.judge.engine for grade in _grades(page)] == ["offline"]
    assert "Graded offline</p>" in page.html
    assert "Grading stopped" not in page.html


@pytest.mark.slow
def test_a_judge_that_would_cost_more_than_the_cap_is_not_asked(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_JUDGE", "openai:gpt-5-mini")
    monkeypatch.setenv("COACH_ROUND_CAP", "0")
    page = _graded(Page.opened())
    assert page.round.setup.engine == "llm"
    assert "Grading stopped; the transcript is safe: The cap of $0.00 a round is reached" in page.html
    assert [grade.judge.engine for grade in _grades(page.click("Grade offline"))] == ["offline"]


@pytest.mark.slow
def test_a_second_grade_that_fails_leaves_the_first_one_in_sight(live: Live) -> None:
    page = _graded(live.page)
    live.double.faults.extend([REFUSED] * 60)
    page.app.button(key="grade-llm-afresh").click().run()
    assert "Grading stopped" in page.html
    assert "Try again" in page.labels()
    assert "<h2>Baseline</h2>" in page.html
    assert len(_grades(page)) == 1
    live.double.faults.clear()
    page.app.button(key="grade-llm-afresh").click().run()
    assert len(_grades(page)) == 2
    assert "Grading stopped" not in page.html


@pytest.mark.slow
def test_a_live_round_is_graded_offline_where_no_model_judges(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_INTERVIEWER", spec(live.double))
    monkeypatch.delenv("COACH_MODEL")
    page = _graded(Page.opened())
    assert page.round.setup.engine == "llm"
    assert [grade.judge.engine for grade in _grades(page)] == ["offline"]


@pytest.mark.slow
def test_a_live_round_is_played_again_offline_where_no_model_is_left(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = live.page.start()
    practice.finish(session.desk(), page.round_id, session.now())
    monkeypatch.delenv("COACH_MODEL")
    ended = Page.opened("result", round=page.round_id)
    assert "No model is set" in ended.html
    assert ended.click("Play again").round.setup.engine == "offline"


def test_an_offline_result_goes_from_the_band_over_the_one_fix_to_evidence_rows_and_how_sure_it_is(
    page: Page,
) -> None:
    html = _graded(page).html
    parts = (
        "<h2>Baseline</h2>",
        "Fix this first",
        "Keep doing",
        "Where the evidence is",
        "dimensions against the bar",
    )
    places = [html.index(part) for part in (*parts, "Help used", "How sure are we")]
    assert places == sorted(places)
    assert "Put together without a model" in html
    assert html.count("Fix this first") == 1


def test_what_a_person_settles_changes_the_debrief_and_nothing_of_it_is_stored(page: Page) -> None:
    before = session.debrief(_graded(page).round, practice.review(session.desk(), page.round, _grades(page)[0]))
    kept = before.keep[0].criterion or ""
    missed = Override(criterion=kept, verdict=Outcome.MISSED, by=SELF, at=session.now())
    practice.override(session.desk(), page.round_id, _grades(page)[0].judge, missed)
    after = session.debrief(page.round, practice.review(session.desk(), page.round, _grades(page)[0]))
    assert kept not in [each.criterion for each in after.keep]


def _graded_again(page: Page) -> tuple[Verdict, Verdict]:
    """Keep another grade of the round, in which one verdict is lost: that verdict before and after."""
    before = _grades(page)[-1]
    lost = next(verdict for verdict in before.verdicts if verdict.verdict is Outcome.MET)
    gone = Verdict(criterion=lost.criterion, verdict=Outcome.MISSED, reason="It is <b>not</b> there.")
    verdicts = tuple(gone if verdict is lost else verdict for verdict in before.verdicts)
    judge = before.judge.model_copy(update={"version": "another"})
    found = before.model_copy(update={"verdicts": verdicts, "judge": judge})
    again = regraded(page.round.brief, page.round.transcript, found, before.level)
    session.desk().archive.add_grade(page.round_id, again)
    return lost, gone


def test_what_changed_since_the_grade_before_is_folded_under_the_head(page: Page) -> None:
    assert "What changed" not in _graded(page).html
    lost, _ = _graded_again(page)
    page.app.run()
    (block,) = re.findall(r'<details class="coach-changes">.*?</details>', page.html)
    assert "What changed since the grade by offline: 1 verdict<" in block
    assert "Met, " in block
    assert "→ Missed" in block
    assert "It is &lt;b&gt;not&lt;/b&gt; there." in block
    assert f'“{escape(lost.quotes[0].text)}” <a href="#turn-{lost.quotes[0].turn}">' in block
    assert f"{len(page.round.brief.criteria) - 1} verdicts as before" in block


def test_an_older_grade_is_opened_by_its_address_and_leads_back(page: Page) -> None:
    lost, gone = _graded_again(_graded(page))
    older = Page.opened("result", round=page.round_id, grade="1")
    assert "This is grade 1 of 2" in older.html
    assert escape(lost.reason) in older.html
    assert "What changed" not in older.html
    older.app.button(key="open-2").click().run()
    assert "This is grade" not in older.html
    assert escape(gone.reason) in older.html
    older.app.button(key="open-1").click().run()
    assert older.app.query_params["grade"] == "1"
    assert "This is grade 1 of 2" in older.html


def test_a_grade_that_is_not_there_is_the_newest(page: Page) -> None:
    _graded_again(_graded(page))
    for number in ("0", "3", "-1", "²", "last"):
        page.goto("result", round=page.round_id, grade=number)
        assert "This is grade" not in page.html
        assert "What changed" in page.html


def test_an_offline_judge_that_has_changed_since_grades_again(page: Page) -> None:
    _graded_again(_graded(page))
    old = Page.opened("result", round=page.round_id, grade="1")
    old.app.button(key="grade-offline-afresh").click().run()
    assert len(_grades(page)) == 3
    assert "What changed since the grade by offline: 1 verdict<" in old.html
    old.app.run()
    assert "grade" not in old.app.query_params
    assert "This is grade" not in old.html


def test_a_grade_is_shown_against_another_level_and_nothing_of_it_is_kept(page: Page) -> None:
    kept = _grades(_graded(page))
    bars = re.findall(r"bar \d\.\d\d", page.html)
    page.app.segmented_control[0].set_value(SeniorityLevel.STAFF).run()
    assert "Played for senior; shown against staff" in page.html
    assert re.findall(r"bar \d\.\d\d", page.html) != bars
    assert _grades(page) == kept
    again = Page.opened("result", round=page.round_id)
    assert "shown against" not in again.html
    assert re.findall(r"bar \d\.\d\d", again.html) == bars


def test_too_little_said_has_no_bar_to_choose(page: Page) -> None:
    page.start().answer("Fine.").end()
    assert len(page.app.segmented_control) == 0


def _talked(page: Page, *, keeps: bool = True) -> Page:
    """The result of a spoken round, with one utterance that never became words."""
    desk, speech = session.desk(), tone(180.0, 3.6, rate=16_000)
    began = session.now() - timedelta(minutes=5)
    setup = Setup(scenario="document-qa", mode="voice", keeps_sound=keeps)
    practice.begin(desk, "r1", setup, began)
    for number, text in enumerate(ANSWERS):
        id_ = f"{number:032x}"
        talking.begin(desk, "r1", id_, began + timedelta(seconds=30 + 60 * number))
        desk.archive.add_sound("r1", id_, 0, speech)
        list(talking.hear(desk, None, "r1", id_, text))
    talking.begin(desk, "r1", "f" * 32, began + timedelta(seconds=245))
    desk.archive.add_sound("r1", "f" * 32, 0, speech)
    practice.finish(desk, "r1", session.now())
    return page.goto("result", round="r1")


def _components(page: Page) -> list[str]:
    return [block.proto.component_name for block in page.app.get("bidi_component")]


def test_the_result_of_a_spoken_round_says_how_one_talked_and_what_was_unclear(page: Page) -> None:
    _talked(page)
    assert "How you talked (never scored)" in page.html
    assert "0:03 min" in page.html
    assert "It is unclear, and no part of the grade:" in page.html
    assert "<li>At 4:05, 4 s</li>" in page.html
    assert session.desk().archive.grade("r1") is not None
    assert "coach.listen" in _components(page)


def test_a_recording_is_deleted_for_real_and_the_rest_of_the_result_stays(page: Page, home: Path) -> None:
    _talked(page)
    sound = tone(180.0, 3.6, rate=16_000)[1_000:2_000]
    assert sound in _files(home)
    page.click("Delete the recording")
    assert sound not in _files(home)
    assert not any(each.has_sound for each in session.desk().archive.utterances("r1"))
    assert "Delete the recording" not in page.labels()
    assert "coach.listen" not in _components(page)
    assert "How you talked (never scored)" in page.html
    assert not page.app.exception


def test_where_no_recording_was_wanted_none_is_offered(page: Page) -> None:
    _talked(page, keeps=False)
    session.desk().archive.forget_sounds("r1")
    page.app.run()
    assert "How you talked (never scored)" in page.html
    assert "Delete the recording" not in page.labels()


def test_the_result_of_a_typed_round_says_nothing_of_talking(page: Page) -> None:
    page.start().answer(ANSWERS[0]).answer(ANSWERS[1]).end()
    assert "How you talked" not in page.html
    assert "coach.listen" not in _components(page)


def _files(home: Path) -> bytes:
    return b"".join(file.read_bytes() for file in home.iterdir() if file.is_file())

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from coach import practice, talking
from coach.domain.calls import Purpose
from coach.domain.round import Setup
from coach.domain.transcript import LONGEST_TEXT, Move
from coach.ui import session
from tests.ui.live import CLAUSES, REFUSED, Live, at_a_double, spec
from tests.ui.page import ANSWERS, Page

WAYS_ON = ["Try again", "Switch model", "Go on offline"]


def test_a_reload_finds_the_same_question_and_the_same_clock(page: Page) -> None:
    page.start().answer(ANSWERS[0])
    question, began = page.question, page.round.started_at
    again = page.reload()
    assert again.question == question
    assert again.round.started_at == began
    assert question in again.html.replace("&#x27;", "'")
    assert "saved ✓" in again.html


def test_the_same_words_said_again_later_are_a_new_turn(page: Page) -> None:
    page.start().answer(ANSWERS[0]).answer(ANSWERS[0])
    assert page.said == [ANSWERS[0], ANSWERS[0]]


def test_an_empty_answer_is_silence_which_is_no_turn_and_is_answered(page: Page) -> None:
    page.start()
    before = len(page.round.turns)
    page.answer("  \n ")
    assert page.said == []
    assert len(page.round.turns) == before + 1
    assert list(page.round.steps.values())[-1].situation == "first-silence"


def test_help_asked_for_in_a_pause_lets_the_clock_run_on_and_says_so(page: Page) -> None:
    page.start(Rehearse="Rehearse").click("Pause")
    assert page.round.is_paused
    assert "Resume" in page.labels()
    page.click("Repeat")
    assert not page.round.is_paused
    assert "Pause" in page.labels()


def test_a_real_round_cannot_be_paused(page: Page) -> None:
    assert "Pause" not in page.start(Rehearse="Real").labels()


def test_the_price_of_a_hint_is_said_beside_it(page: Page) -> None:
    assert "A hint is recorded: what it names then earns 50%." in page.start().html


def test_the_room_of_a_round_that_is_over_says_so_and_leads_to_its_result(page: Page) -> None:
    page.start().end()
    page.goto("room", round=page.round_id)
    assert "This round is over" in page.html
    assert "Read its result" in page.links()


def test_the_result_of_a_round_that_runs_says_so_and_leads_back(page: Page) -> None:
    page.start()
    page.goto("result", round=page.round_id)
    assert "still running" in page.html
    assert session.desk().archive.grade(page.round_id) is None


def test_a_long_answer_is_kept_whole(page: Page) -> None:
    long = "Nine words that go on and on and on. " * 2_000
    page.start().answer(long)
    assert page.said == [long.strip()]


def test_an_answer_past_the_limit_stays_in_the_box(page: Page) -> None:
    long = "x" * (LONGEST_TEXT + 1)
    page.start().answer(long)
    assert page.said == []
    assert page.app.text_area[0].value == long
    assert "Send it in parts" in page.html


def test_a_stale_tab_shows_the_truth_and_loses_no_answer(page: Page) -> None:
    page.start()
    other = page.reload()
    page.answer(ANSWERS[0])
    other.answer(ANSWERS[1])
    assert other.said == [ANSWERS[0], ANSWERS[1]]
    assert other.question in other.html.replace("&#x27;", "'")


def test_the_same_answer_from_two_tabs_is_one_turn(page: Page) -> None:
    page.start()
    other = page.reload()
    page.answer(ANSWERS[0])
    other.answer(ANSWERS[0])
    assert other.said == [ANSWERS[0]]


def test_an_answer_to_a_round_that_another_tab_ended_is_given_back(page: Page) -> None:
    page.start()
    other = page.reload()
    page.end()
    other.answer("My very last words")
    assert other.said == []
    assert "This round has ended" in other.html
    assert other.app.code[0].value == "My very last words"


def test_a_question_owed_after_a_crash_is_asked_on_the_next_load(page: Page) -> None:
    page.start()
    practice.say(session.desk(), page.round_id, ANSWERS[0], session.now(), "before the crash")
    again = page.reload()
    assert [turn.id for turn in again.round.turns] == ["I1", "C1", "I2"]
    assert again.question in again.html.replace("&#x27;", "'")


@pytest.mark.parametrize("button", ["Hint", "Let me think", "Repeat"])
def test_help_adds_one_interviewer_turn_and_leaves_the_draft_alone(page: Page, button: str) -> None:
    page.start().answer(ANSWERS[0])
    before = len(page.round.turns)
    box = page.app.text_area[0].key
    page.click(button)
    assert len(page.round.turns) == before + 1
    assert page.app.text_area[0].key == box
    page.app.run()
    assert len(page.round.turns) == before + 1


def test_a_hint_asked_for_on_a_stale_page_is_not_given(page: Page) -> None:
    page.start()
    other = page.reload()
    page.answer(ANSWERS[0])
    before = len(page.round.turns)
    other.click("Hint")
    assert len(other.round.turns) == before
    assert other.question in other.html.replace("&#x27;", "'")


def test_rehearse_shows_moves_facts_and_dimensions_and_real_does_not(page: Page) -> None:
    page.start(Rehearse="Rehearse").answer("How many documents are there?")
    assert page.round.turns[-1].move is Move.FACT
    assert '<span class="coach-chip">fact' in page.html
    assert "four hundred thousand documents" in page.html.split("Facts uncovered")[1]
    assert "coach-covered" in page.html
    real = Page.opened().start(Rehearse="Real").answer("How many documents are there?")
    assert "coach-chip" not in real.html
    assert "Facts uncovered" not in real.html
    assert "coach-covered" not in real.html
    assert "coach-prices" in real.html


def test_what_a_candidate_writes_is_never_markup(page: Page) -> None:
    page.start().answer("</p></li></ol><script>alert(1)</script><img src=x onerror=alert(1)> **bold** </div>")
    assert "<script" not in page.html
    assert "<img" not in page.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.html


def test_words_that_cannot_be_saved_stay_in_the_box(page: Page, home: Path) -> None:
    page.start()
    with closing(sqlite3.connect(_file(home))) as database:
        database.execute(
            "CREATE TRIGGER full BEFORE INSERT ON turn BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
        page.answer(ANSWERS[0])
        assert "Not saved" in page.html
        assert page.app.text_area[0].value == ANSWERS[0]
        assert not page.app.exception
        database.execute("DROP TRIGGER full")
    page.click("Send")
    assert page.said == [ANSWERS[0]]


def test_words_come_back_with_the_page_where_the_database_was_away(page: Page, home: Path) -> None:
    page.start()
    with closing(sqlite3.connect(_file(home))) as database:
        database.execute("ALTER TABLE turn RENAME TO away")
        page.answer(ANSWERS[0])
        assert "Not saved" in page.html
        assert not page.app.text_area
        assert not page.app.exception
        database.execute("ALTER TABLE away RENAME TO turn")
    page.app.run()
    assert page.app.text_area[0].value == ANSWERS[0]
    page.click("Send")
    assert page.said == [ANSWERS[0]]


def _file(home: Path) -> Path:
    return next(path for path in home.rglob("*") if path.read_bytes()[:15] == b"SQLite format 3")


@pytest.mark.parametrize("id_", ["a__b", "__", "-x_", "A-1"])
def test_every_id_a_round_can_have_opens_its_room(page: Page, id_: str) -> None:
    practice.begin(session.desk(), id_, Setup(scenario="document-qa"), session.now())
    page.goto("room", round=id_)
    assert not page.app.exception
    assert page.app.text_area


@pytest.fixture
def live(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    """An installation with a model."""
    with at_a_double(monkeypatch) as opened:
        yield opened


def _calls(page: Page) -> int:
    return sum(call.purpose is Purpose.INTERVIEW for call in session.desk().calls.calls(page.round_id))


def test_a_live_round_is_led_by_a_model_and_its_words_are_saved(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = tmp_path / "replies.yaml"
    written.write_text("- Say an answer looks right. How would you notice that it is not?\n", encoding="utf-8")
    monkeypatch.setenv("COACH_MODEL", f"canned:{written}")
    page = Page.opened().start().answer(ANSWERS[0]).answer(ANSWERS[1])
    assert page.round.setup.engine == "llm"
    assert page.question == "Say an answer looks right. How would you notice that it is not?"
    assert "live · canned:" in page.html
    assert "thinking…" not in page.html
    assert "Try again" not in page.labels()


def test_an_offline_round_says_so_and_has_no_costs(page: Page) -> None:
    page.start()
    assert '<span class="coach-led">offline</span>' in page.html
    assert [tab.label for tab in page.app.tabs] == ["Board", "Prices", "Covered so far"]


@pytest.mark.slow
def test_the_costs_of_a_live_round_stand_beside_it_call_by_call(live: Live) -> None:
    live.page.start()
    assert live.page.app.tabs[-1].label == "Cost"
    assert "No call yet" in live.page.html
    live.page.answer(ANSWERS[0]).answer(ANSWERS[1])
    assert live.page.question == " ".join(CLAUSES)
    assert live.page.html.count("<strong>Interviewer</strong> <span>openai:any at 127.0.0.1") == 1
    assert "price not known" in live.page.html
    assert "Cap: $2.00 a round, $20.00 a month." in live.page.html


def test_a_model_out_of_reach_stores_no_turn_says_why_and_offers_three_ways_on(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_MODEL", "openai:any@http://127.0.0.1:1/v1")
    page = Page.opened().start().answer(ANSWERS[0]).answer(ANSWERS[1])
    assert "Your words are saved; the next question is not." in page.html
    assert "nothing answers at 127.0.0.1:1" in page.html
    assert page.labels()[:3] == WAYS_ON
    assert page.said == list(ANSWERS[:2])
    assert page.question == ANSWERS[1]
    assert _calls(page) == 1
    page.app.run()
    assert page.labels()[:3] == WAYS_ON
    assert _calls(page) == 1


@pytest.mark.slow
def test_a_model_that_failed_is_asked_again_on_request_only(live: Live) -> None:
    live.double.faults.extend([REFUSED, REFUSED])
    live.asked()
    live.page.app.run()
    assert len(live.double.requests) == 1
    assert "the key is not accepted" in live.page.click("Try again").html
    assert len(live.double.requests) == 2
    live.page.click("Try again")
    assert live.page.question == " ".join(CLAUSES)
    assert "Try again" not in live.page.labels()
    assert live.page.html.count('role="alert"') == 0


@pytest.mark.slow
def test_a_further_answer_asks_the_model_again(live: Live) -> None:
    live.double.faults.append(REFUSED)
    live.asked().answer(ANSWERS[2])
    assert live.page.said == list(ANSWERS)
    assert live.page.question == " ".join(CLAUSES)
    assert "Try again" not in live.page.labels()


@pytest.mark.slow
def test_going_on_offline_makes_the_reply_that_failed(live: Live) -> None:
    live.double.faults.append(REFUSED)
    live.asked().click("Go on offline")
    assert live.page.round.setup.engine == "offline"
    assert live.page.round.turns[-1].speaker == "interviewer"
    assert '<span class="coach-led">offline</span>' in live.page.html
    assert live.page.app.tabs[-1].label == "Cost"
    live.page.answer(ANSWERS[2])
    assert len(live.double.requests) == 1


@pytest.mark.slow
def test_another_model_makes_the_reply_that_failed(live: Live) -> None:
    live.double.faults.append(REFUSED)
    round_id = live.asked().round_id
    assert "<h1>Models</h1>" in live.page.click("Switch model").html
    assert live.page.round_id == round_id
    other = (spec(live.double, "other"),)
    live.page.app.session_state["models"] = session.Models(other, other)
    live.page.goto("room", round=round_id)
    assert live.page.question == " ".join(CLAUSES)
    assert "live · openai:other at 127.0.0.1" in live.page.html


def test_a_live_round_goes_on_offline_once_the_cap_is_reached_and_says_so(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_MODEL", "openai:gpt-5-mini")
    monkeypatch.setenv("COACH_ROUND_CAP", "0")
    monkeypatch.setenv("COACH_MONTH_CAP", "none")
    page = Page.opened().start().answer(ANSWERS[0]).answer(ANSWERS[1])
    assert "The cap of $0.00 a round is reached; the round goes on offline." in page.html
    assert page.round.setup.engine == "offline"
    assert page.round.turns[-1].speaker == "interviewer"
    assert '<span class="coach-led">offline</span>' in page.html
    assert _calls(page) == 0


@pytest.mark.slow
def test_a_live_round_without_its_model_can_go_on_offline(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    live.page.start()
    monkeypatch.delenv("COACH_MODEL")
    again = live.page.reload().answer(ANSWERS[0])
    assert "No model is set" in again.html
    again.click("Go on offline")
    assert again.round.turns[-1].speaker == "interviewer"


VOICE_SETUP = Setup(scenario="document-qa", mode="voice", keeps_sound=True)


def _spoken(page: Page) -> Page:
    """The room of a spoken round with one answer, which the browser has heard."""
    practice.begin(session.desk(), "r1", VOICE_SETUP, session.now())
    talking.begin(session.desk(), "r1", "a" * 32, session.now())
    list(talking.hear(session.desk(), None, "r1", "a" * 32, "We use vector zanzibar <b>here</b>."))
    return page.goto("room", round="r1")


def _typed(page: Page, text: str) -> Page:
    """Send an answer, beside the words that can be corrected."""
    next(box for box in page.app.text_area if box.label == "Your answer").set_value(text)
    return page.click("Send")


def _components(page: Page) -> list[str]:
    return [block.proto.component_name for block in page.app.get("bidi_component")]


def test_the_room_of_a_spoken_round_has_the_voice_and_the_box(page: Page) -> None:
    _spoken(page)
    assert "coach.voice" in _components(page)
    assert _typed(page, ANSWERS[0]).said[-1] == ANSWERS[0]
    assert not page.app.exception


def test_the_room_of_a_typed_round_has_no_voice(page: Page) -> None:
    assert "coach.voice" not in _components(page.start())
    assert "Correct what was heard" not in [each.proto.popover.label for each in page.app.get("popover")]


def test_a_voice_that_cannot_connect_names_the_key_and_leaves_the_box(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("COACH_VOICE", "openai")
    page = _spoken(Page.opened())
    assert "OPENAI_API_KEY" in page.html
    assert "Until then, answer by typing." in page.html
    assert "coach.voice" not in _components(page)
    assert _typed(page, ANSWERS[0]).said[-1] == ANSWERS[0]


def test_what_was_misheard_is_put_right_and_both_are_shown(page: Page) -> None:
    _spoken(page)
    assert "corrected" not in page.html
    box = next(each for each in page.app.text_area if each.label == "What you said")
    assert box.value == "We use vector zanzibar <b>here</b>."
    box.set_value("We use pgvector here.")
    page.click("Keep these words")
    assert page.said == ["We use pgvector here."]
    assert "pgvector" in page.html
    chip = (
        '<span class="coach-chip" title="Heard: We use vector zanzibar &lt;b&gt;here&lt;/b&gt;.">corrected</span>'
    )
    assert chip in page.html
    assert "<b>here" not in page.html


def test_what_was_typed_is_not_offered_for_correction(page: Page) -> None:
    practice.begin(session.desk(), "r1", VOICE_SETUP, session.now())
    page.goto("room", round="r1").answer(ANSWERS[0])
    assert page.said == [ANSWERS[0]]
    assert "Keep these words" not in page.labels()

from __future__ import annotations

from pathlib import Path

import pytest

from coach.domain.round import Setup
from coach.ui import session
from coach.ui.drawing.sound import WORDS
from tests.ui.page import Page

CHOSEN = Setup(scenario="document-qa", minutes=30, mode="voice", rehearse=False)


@pytest.fixture(autouse=True)
def _no_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """No speech service beside the browser's own."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "COACH_VOICE", "COACH_SOUND_DAYS"):
        monkeypatch.delenv(name, raising=False)


def _opened(page: Page, setup: str | None = None) -> Page:
    return page.goto("sound_check", setup=setup or CHOSEN.model_dump_json(exclude_defaults=True))


def _components(page: Page) -> list[str]:
    return [block.proto.component_name for block in page.app.get("bidi_component")]


def test_choosing_to_answer_out_loud_leads_here_with_what_was_chosen(page: Page) -> None:
    page.choose("semantic-search", Answer="voice", Length=45).click("Sound check")
    assert f"Say: “{WORDS}”" in page.html
    setup = page.click("Start the round").round.setup
    assert (setup.scenario, setup.mode, setup.minutes) == ("semantic-search", "voice", 45)


@pytest.mark.parametrize(("label", "mode"), [("Start the round", "voice"), ("Go on by typing", "chat")])
def test_the_round_that_was_chosen_begins_out_loud_or_typed(page: Page, label: str, mode: str) -> None:
    begun = _opened(page).click(label).round
    assert begun.setup == CHOSEN.model_copy(update={"mode": mode})
    assert begun.turns
    assert page.app.text_area


def test_a_double_click_begins_one_round(page: Page) -> None:
    _opened(page).click("Start the round")
    assert [line.id for line in session.desk().archive.rounds()] == [page.round_id]


def test_the_trial_is_there_with_what_is_used_where_it_goes_and_what_it_costs(page: Page) -> None:
    _opened(page)
    assert "coach.voice_trial" in _components(page)
    assert "Your browser hears and speaks." in page.html
    assert "Some browsers send what they hear to their makers" in page.html
    assert "Speech costs nothing here." in page.html
    assert page.app.selectbox(key="speech").options == ["Your browser"]


@pytest.mark.parametrize("broken", ["nothing", "{", '{"scenario":"document-qa","more":1}', '{"minutes":30}', "[]"])
def test_an_address_that_carries_no_round_is_one_line_and_a_way_home(page: Page, broken: str) -> None:
    _opened(page, broken)
    assert "No round is chosen: begin from the list of scenarios." in page.html
    assert page.html.count('role="alert"') == 1
    assert not page.app.exception
    assert "Practise" in page.click("All rounds").html


def test_a_scenario_that_is_not_there_is_one_line(page: Page) -> None:
    _opened(page, '{"scenario":"document-q"}')
    assert page.html.count('role="alert"') == 1
    assert not page.app.exception


@pytest.mark.parametrize(
    ("voice", "said"),
    [
        ("openai", "OPENAI_API_KEY"),
        ("nosuch", "There is no speech service"),
        ("canned:/no/such.yaml", "the file cannot be read"),
    ],
)
def test_a_voice_that_cannot_connect_says_why_and_is_no_dead_end(
    home: Path, monkeypatch: pytest.MonkeyPatch, voice: str, said: str
) -> None:
    monkeypatch.setenv("COACH_VOICE", voice)
    page = _opened(Page.opened())
    assert said in page.html
    assert page.html.count('role="alert"') == 1
    assert "Choose the browser&#x27;s speech, or go on by typing." in page.html
    assert page.click("Go on by typing").round.setup.mode == "chat"


@pytest.mark.parametrize("voice", ["openai", "nosuch"])
def test_the_browsers_speech_can_be_chosen_in_its_place(
    home: Path, monkeypatch: pytest.MonkeyPatch, voice: str
) -> None:
    monkeypatch.setenv("COACH_VOICE", voice)
    page = _opened(Page.opened())
    page.app.selectbox(key="speech").select("browser").run()
    assert 'role="alert"' not in page.html
    assert "coach.voice_trial" in _components(page)
    page.click("Start the round")
    assert "coach.voice" in _components(page)
    assert 'role="alert"' not in page.html


def test_with_a_key_the_speech_service_is_used_and_where_sound_goes_and_its_price_are_said(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-zanzibar-0123456789")
    page = _opened(Page.opened())
    assert "Your voice is sent to api.openai.com, and to nobody else." in page.html
    assert "Speech: about $" in page.html
    assert "coach.voice_trial" in _components(page)
    assert "zanzibar" not in page.html


@pytest.mark.parametrize("keeps", [True, False])
def test_a_recording_is_kept_where_that_is_wanted(page: Page, keeps: bool) -> None:
    _opened(page)
    assert not page.app.toggle(key="keeps-sound").value
    assert "Sound is removed as soon as it has become words." in _captions(page)
    page.app.toggle(key="keeps-sound").set_value(keeps).run()
    assert ("Removed after 30 days" in _captions(page)) is keeps
    assert page.click("Start the round").round.setup.keeps_sound is keeps


def test_what_the_address_says_of_keeping_does_not_count(page: Page) -> None:
    asked = CHOSEN.model_copy(update={"keeps_sound": True}).model_dump_json(exclude_defaults=True)
    assert _opened(page, asked).click("Start the round").round.setup.keeps_sound is False


def test_where_the_installation_keeps_no_sound_none_is_offered(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_SOUND_DAYS", "0")
    page = _opened(Page.opened())
    assert not page.app.toggle
    assert "(COACH_SOUND_DAYS is 0)" in page.html
    assert page.click("Start the round").round.setup.keeps_sound is False


def _captions(page: Page) -> str:
    return "\n".join(caption.value for caption in page.app.caption)

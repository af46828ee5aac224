from __future__ import annotations

from pathlib import Path

import pytest

from coach.ui.drawing.offers import OFFLINE
from tests.doubles.models import Fault, serving
from tests.ui.page import Page

KEY = "sk-test-RECOGNISABLE-1234567890"
OWN = "openai:mine@http://127.0.0.1:9/v1"


@pytest.fixture
def models(home: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    """The page, of an installation without keys and models."""
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "OPENAI_COMPATIBLE_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("COACH_MODEL", "COACH_INTERVIEWER", "COACH_JUDGE", "COACH_ROUND_CAP", "COACH_MONTH_CAP"):
        monkeypatch.delenv(name, raising=False)
    return Page.opened("models")


def run(page: Page) -> Page:
    """Run the page with what its fields hold: AppTest knows of no option that was typed."""
    for box in page.app.selectbox:
        if box.value is not None and box.value not in box.options:
            box.options.append(box.value)
    page.app.run()
    return page


def pick(page: Page, line: str | None, role: str = "interviewer") -> Page:
    page.app.selectbox(key=f"{role}-model").set_value(line)
    return run(page)


def fall_back(page: Page, text: str) -> Page:
    page.app.text_input(key="interviewer-fallbacks").set_value(text)
    return run(page)


def separately(page: Page) -> Page:
    page.app.toggle(key="same-models").set_value(False)
    return run(page)


def in_use(page: Page) -> str:
    """The line that says what is in use."""
    return page.html.partition("coach-in-use")[2].partition("</div>")[0]


def canned(folder: Path, *replies: str) -> str:
    file = folder / "replies.yaml"
    file.write_text("".join(f"- {reply}\n" for reply in replies) or "[]", encoding="utf-8")
    return f"canned:{file}"


def test_everything_is_offline_until_something_else_is_chosen(models: Page) -> None:
    assert "Everything runs offline: no key, no network." in in_use(models)
    assert models.app.selectbox(key="interviewer-model").value == OFFLINE
    assert models.html.count("free") == 9
    assert "Try it" in models.labels()
    assert not models.app.exception


def test_a_model_from_the_list_interviews_and_judges(models: Page) -> None:
    line = models.app.selectbox(key="interviewer-model").options[1]
    spec = line.partition(" · ")[0]
    pick(models, line)
    assert in_use(models).count(spec) == 2
    assert "$0." in models.html
    assert models.app.session_state["models"] == ((spec,), (spec,))


def test_a_model_without_its_key_is_told_below_the_field(models: Page) -> None:
    pick(models, models.app.selectbox(key="interviewer-model").options[1])
    assert "no key yet" in in_use(models)
    assert "has no key yet: put one in above" in models.html


def test_interviewer_and_judge_can_be_two_models(models: Page, tmp_path: Path) -> None:
    separately(pick(models, OWN))
    pick(models, written := canned(tmp_path), "judge")
    assert models.app.session_state["models"] == ((OWN,), (written,))
    assert "not known" in models.html


def test_the_judge_can_stay_offline(models: Page) -> None:
    pick(separately(pick(models, OWN)), OFFLINE, "judge")
    assert models.app.session_state["models"] == ((OWN,), ())
    assert "<strong>Judge:</strong> offline" in in_use(models)


def test_fallbacks_are_asked_after_the_first_choice(models: Page) -> None:
    fall_back(pick(models, OWN), "anthropic:claude-haiku-5-5, openai:gpt-5.5")
    assert models.app.session_state["models"][0] == (OWN, "anthropic:claude-haiku-5-5", "openai:gpt-5.5")
    assert "then anthropic:claude-haiku-5-5, openai:gpt-5.5" in in_use(models)


@pytest.mark.parametrize("line", [OFFLINE, None])
def test_picking_none_is_offline_again(models: Page, line: str | None) -> None:
    pick(pick(models, OWN), line)
    assert "Everything runs offline" in in_use(models)


@pytest.mark.parametrize("broken", ["gpt-5", "nobody:gpt-5", "openai:a b", "openai:x@http://me:word@host/v1"])
def test_what_names_no_model_is_one_line_and_changes_nothing(models: Page, broken: str) -> None:
    pick(pick(models, OWN), broken)
    assert models.html.count("coach-wrong") == 1
    assert models.html.partition("coach-wrong")[2].count("<p>") == 1
    assert OWN in in_use(models)
    assert models.app.selectbox(key="interviewer-model").value == broken
    assert not models.app.exception


def test_a_broken_fallback_is_told_by_its_number(models: Page) -> None:
    fall_back(pick(models, OWN), "openai:gpt-5.5, nonsense")
    assert "Fallback 2 names no model" in models.html
    assert "nonsense" not in in_use(models)


def test_what_the_installation_sets_stands_in_the_fields(models: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_INTERVIEWER", f"{OWN}, openai:gpt-5.5")
    monkeypatch.setenv("COACH_JUDGE", "canned:")
    page = Page.opened("models")
    assert page.app.toggle(key="same-models").value is False
    assert page.app.selectbox(key="interviewer-model").value == OWN
    assert page.app.text_input(key="interviewer-fallbacks").value == "openai:gpt-5.5"
    assert page.app.selectbox(key="judge-model").value == "canned:"


def test_models_that_change_elsewhere_come_into_the_fields(models: Page) -> None:
    """As when the browser sends those it has kept, after a reload."""
    models.app.session_state["models"] = type(models.app.session_state["models_filled_in"])((OWN,), (OWN,))
    models.app.run()
    assert models.app.selectbox(key="interviewer-model").value == OWN


def test_what_was_chosen_is_still_there_on_coming_back(models: Page) -> None:
    fall_back(pick(models, OWN), "openai:gpt-5.5")
    models.goto("home")
    models.goto("models")
    assert models.app.selectbox(key="interviewer-model").value == OWN
    assert models.app.text_input(key="interviewer-fallbacks").value == "openai:gpt-5.5"


@pytest.mark.parametrize("source", ["page", "environment", "secrets file"])
def test_where_a_key_is_from_is_said_and_the_key_is_not(
    models: Page, home: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    page = models
    if source == "environment":
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        page = Page.opened("models")
    elif source == "secrets file":
        (home / "secrets.toml").write_text(f'openai = "{KEY}"\n', encoding="utf-8")
        page = Page.opened("models")
    else:
        page.app.session_state["typed_keys"] = {"OPENAI_API_KEY": KEY}
        page.app.run()
    line = page.app.selectbox(key="interviewer-model").options[1]
    assert line.startswith("openai:")
    pick(page, line)
    assert f"key from {'this page' if source == 'page' else f'the {source}'}" in in_use(page)
    assert "RECOGNISABLE" not in "".join(str(element.proto) for element in page.app.main)
    assert "RECOGNISABLE" not in page.html


def test_a_model_that_answers_works(models: Page, tmp_path: Path) -> None:
    pick(models, canned(tmp_path, "OK")).click("Try it")
    assert "works, in 0." in models.html
    assert "is-good" in models.html


def test_each_model_is_tried_once_and_by_itself(models: Page, tmp_path: Path) -> None:
    fall_back(pick(models, canned(tmp_path, "OK")), OWN).click("Try it")
    assert models.html.count("coach-tried") == 2
    assert "nothing answers at 127.0.0.1:9" in models.html


def test_a_file_that_is_not_there_is_one_line(models: Page, tmp_path: Path) -> None:
    pick(models, f"canned:{tmp_path}/nowhere.yaml").click("Try it")
    assert "check its path" in models.html
    assert not models.app.exception


def test_a_server_that_refuses_is_one_line_without_the_key(models: Page) -> None:
    with serving() as double:
        double.faults.append(Fault("status", status=401, message=f"Incorrect API key provided: {KEY}."))
        models.app.session_state["typed_keys"] = {"OPENAI_COMPATIBLE_API_KEY": KEY}
        pick(models, f"openai:mine@{double.url}/v1").click("Try it")
        assert models.html.count("coach-tried") == 1
        assert "is-good" not in models.html
        assert "RECOGNISABLE" not in models.html
        models.click("Try it")
        assert "works, in" in models.html
        assert double.requests[-1].headers["authorization"] == f"Bearer {KEY}"


def test_the_caps_are_shown_as_they_are_set(models: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "$2.00" in models.html
    assert "$20.00" in models.html
    monkeypatch.setenv("COACH_ROUND_CAP", "3.50")
    monkeypatch.setenv("COACH_MONTH_CAP", "none")
    page = Page.opened("models")
    assert "$3.50" in page.html
    assert "coach-budget" not in page.html

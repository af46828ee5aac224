from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from coach.ui import pages
from coach.ui.app import page_modules
from tests.ui.page import ANSWERS, APP, SECONDS, Page


def test_a_round_is_played_from_the_first_page_to_its_grade_and_deleted(page: Page) -> None:
    assert "Practise the AI system design interview" in page.html
    page.start()
    assert page.question in page.html.replace("&#x27;", "'")
    for text in ANSWERS:
        page.answer(text)
    page.click("Hint")
    assert page.said == list(ANSWERS)
    page.end()
    assert page.round.is_over
    assert "<blockquote>" in page.html
    assert "Baseline" in page.html
    page.goto("home")
    assert "graded</span>" in page.html
    page.click("Delete for good")
    assert "No round yet" in page.html
    assert not page.app.exception


@pytest.mark.parametrize(
    "round_id", ["unknown", "../../etc/passwd", "'; drop table turns; --", "é" * 5_000, "\x00"]
)
def test_a_round_that_is_not_there_is_one_line_and_a_way_home(home: Path, round_id: str) -> None:
    page = Page.opened("room", round=round_id)
    assert page.html.count('role="alert"') == 1
    assert not page.app.exception
    assert "Practise" in page.click("All rounds").html


def test_a_home_that_cannot_be_written_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "file" / "home"))
    monkeypatch.delenv("COACH_DATABASE_URL", raising=False)
    page = Page.opened()
    assert page.html.count('role="alert"') == 1
    assert str(tmp_path / "file") in page.html
    assert not page.app.exception


def test_a_home_that_is_mended_works_without_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setenv("COACH_HOME", str(blocked / "home"))
    monkeypatch.delenv("COACH_DATABASE_URL", raising=False)
    assert Page.opened().html.count('role="alert"') == 1
    blocked.unlink()
    assert "Start a 12-minute baseline" in Page.opened().labels()


def test_every_file_in_the_pages_folder_is_a_page() -> None:
    files = {path.stem for path in Path(pages.__path__[0]).glob("[!_]*.py")}
    found = [Path(str(module.__file__)).stem for module in page_modules()]
    assert set(found) == files
    assert found[0] == "home"


def test_the_first_page_loads_nothing_heavy(home: Path) -> None:
    script = (
        "import sys; from streamlit.testing.v1 import AppTest; "
        f"AppTest.from_file({str(APP)!r}, default_timeout={SECONDS}).run(); "
        "print(sorted({'pandas', 'numpy', 'pyarrow', 'PIL', 'altair'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

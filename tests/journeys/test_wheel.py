"""Coach as it is installed: from its wheel, away from the checkout."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from coach.content.library import FileLibrary
from coach.domain.grade import Grade
from tests.builders import DATA, SCENARIOS

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]

CHECKOUT = Path(__file__).parents[2]
WAITS = 120
"""Seconds anything may take; only a hang reaches it."""
SHIPPED = (
    *(f"coach/_content/scenarios/{scenario}.yaml" for scenario in SCENARIOS),
    "coach/_content/scenarios/prices/neutral-card.yaml",
    "coach/_content/scenarios/walkthroughs/document-qa.yaml",
    "coach/_content/rubrics/ai-system-design.yaml",
    "coach/_content/prompts/interviewer/offline.md",
    "coach/_content/prompts/export/round.md",
    "coach/_content/prompts/simulate/candidates.md",
    "coach/_content/prompts/new/scenario.yaml",
    "coach/_app/app.py",
    "coach/_app/.streamlit/config.toml",
    "coach/archive/migrations/env.py",
    "coach/archive/migrations/versions/r0001_rounds_turns_and_grades.py",
    "coach/content/schemas/grade.v1.json",
    "coach/content/schemas/scenario.v1.json",
    "coach/ui/drawing/style/base.css",
    "coach/ui/serving/static/fonts/inter-OFL.txt",
    "coach/ui/serving/static/fonts/newsreader-OFL.txt",
)


@dataclass(frozen=True)
class Installed:
    """A wheel put into a folder of its own, with the environment's dependencies behind it."""

    wheel: Path
    site: Path
    elsewhere: Path
    """The working directory, with nothing of ours in it."""

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("COACH_", "STREAMLIT_"))}
        return kept | {
            "PYTHONPATH": str(self.site),
            "COACH_HOME": str(self.elsewhere / "home"),
            "STREAMLIT_SERVER_HEADLESS": "true",
        }

    def python(self, *arguments: str) -> str:
        """What `python` with `arguments` prints; it must succeed and complain of nothing."""
        done = subprocess.run(
            [sys.executable, *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.elsewhere,
            env=self.environment,
            timeout=WAITS,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextmanager
    def served(self) -> Iterator[str]:
        """The app's address, while `coach run` serves it."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log = self.elsewhere / "server.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "coach", "run", "--port", str(port)],
                stdout=out,
                stderr=out,
                cwd=self.elsewhere,
                env=self.environment,
            )
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(WAITS)


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + WAITS
    while True:
        try:
            if _get(url) == "ok":
                return
        except OSError:
            assert process.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < give_up, log.read_text(encoding="utf-8")
        time.sleep(0.1)


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=WAITS) as answer:
        return str(answer.read().decode())


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    site, elsewhere = folder / "site", folder / "elsewhere"
    elsewhere.mkdir()
    # built from a copy, so that nothing but what is built can be picked up by chance
    source = folder / "source"
    skip = shutil.ignore_patterns(
        ".*cache", "__pycache__", ".git", ".venv", ".hypothesis", "build", "dist", "tests"
    )
    shutil.copytree(CHECKOUT, source, ignore=skip)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, check=True, capture_output=True, cwd=source)
    shutil.rmtree(source)
    (wheel,) = folder.glob("*.whl")
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps"]
    subprocess.run([sys.executable, *install, "--target", str(site), str(wheel)], check=True, capture_output=True)
    return Installed(wheel, site, elsewhere)


def test_the_wheel_holds_all_that_is_not_python_and_nothing_of_the_tests(installed: Installed) -> None:
    names = set(zipfile.ZipFile(installed.wheel).namelist())
    assert set(SHIPPED) <= names
    assert not [name for name in names if name.startswith(("tests/", "golden/", "docs/"))]
    sources = {str(path.relative_to(CHECKOUT)) for path in (CHECKOUT / "coach").rglob("*.py")}
    assert sources <= names


def test_what_runs_is_the_wheel_and_not_the_checkout(installed: Installed) -> None:
    shown = installed.python("-c", "import coach, coach.cli; print(coach.__file__, coach.cli.__file__)")
    assert all(Path(file).is_relative_to(installed.site) for file in shown.split())


def test_its_content_is_all_good_and_nothing_needs_the_network(installed: Installed) -> None:
    assert installed.python("-m", "coach", "check").strip() == "All good!"
    assert "6 scenarios" in installed.python("-m", "coach", "doctor")


def test_a_round_is_played_graded_and_exported(installed: Installed) -> None:
    answers = str(DATA / "weak.txt")
    shown = installed.python("-m", "coach", "play", "document-qa", "--answers", answers, "--out", "r.json")
    assert "Interviewer" in shown
    grade = Grade.model_validate_json(installed.python("-m", "coach", "grade", "r.json", "--json", "-"))
    assert grade.scenario == "document-qa"
    assert len(json.loads((installed.elsewhere / "r.json").read_text(encoding="utf-8"))["turns"]) > 12
    assert (installed.elsewhere / "home" / "coach.sqlite").is_file()


def test_the_first_page_shows_every_scenario(installed: Installed) -> None:
    draw = (
        "from coach.ui.serving import SCRIPT\n"
        "from streamlit.testing.v1 import AppTest\n"
        f"app = AppTest.from_file(str(SCRIPT), default_timeout={WAITS}).run()\n"
        "assert not app.exception, app.exception\n"
        "print(*(link.proto.label for link in app.get('page_link')), sep='\\n')\n"
    )
    offered = installed.python("-W", "ignore", "-c", draw).replace("\\", "")
    shelf = FileLibrary().shelf().scenarios
    assert len(shelf) == len(SCENARIOS)
    assert all(scenario.title in offered for scenario in shelf)


def test_the_app_answers_with_its_page_and_its_fonts(installed: Installed) -> None:
    settings = installed.site / "coach" / "_app" / ".streamlit" / "config.toml"
    faces = tomllib.loads(settings.read_text(encoding="utf-8"))["theme"]["fontFaces"]
    with installed.served() as url:
        page = _get(url)
        for face in faces:
            with urllib.request.urlopen(f"{url}/{face['url']}", timeout=WAITS) as font:
                assert font.read(4) == b"wOF2"
    assert "<html" in page
    assert "Streamlit" in page
    assert "Traceback" not in (installed.elsewhere / "server.log").read_text(encoding="utf-8")

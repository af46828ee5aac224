"""The floors of the building, and what no file may say."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
MACHINE_PATH = re.compile(
    r"(?<![\w.~$}<])/(?:home|Users|root|work|workspace|builds|private/var)/[\w.-]+/|\b[A-Za-z]:\\\\?Users\\\\?\w"
)
"""An absolute path that exists on one machine only."""
ADDRESS = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|-i\s|@ file:", re.IGNORECASE)
"""What names an index or a file in a lock, where only names, versions and hashes belong."""
LOCK_LINE = re.compile(r"(?:[\w.-]+==\S+(?: ; .+)? \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?|)")
OUTSIDE = frozenset({"os", "pathlib", "random", "secrets", "socket", "subprocess", "time"})
CLOCK = re.compile(r"\b(?:datetime\.now|date\.today|utcnow|open)\(")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file under version control."""
    git = shutil.which("git")
    if git is None or not (CHECKOUT / ".git").exists():
        pytest.skip("Not a git checkout: there is no list of files to go through.")
    listed = subprocess.run(
        [git, "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    ).stdout
    return tuple(path for name in listed.split("\0") if name and (path := CHECKOUT / name).is_file())


@pytest.mark.slow
def test_every_module_stands_on_its_floor() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([lint, "--no-cache"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    assert " 0 broken" in ran.stdout


def imported(source: Path) -> set[str]:
    """The packages a module imports anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_only_the_pages_import_streamlit() -> None:
    package = CHECKOUT / "coach"
    users = {path for path in package.rglob("*.py") if "streamlit" in imported(path)}
    assert users
    assert all(path.is_relative_to(package / "ui") for path in users)


def test_no_floor_below_reads_a_clock_or_chance() -> None:
    package = CHECKOUT / "coach"
    pure = [
        *(package / "domain").rglob("*.py"),
        package / "ports.py",
        package / "practice.py",
        package / "learning.py",
    ]
    assert len(pure) > 20
    for path in pure:
        assert imported(path).isdisjoint({"os", "pathlib", "random", "secrets", "socket", "subprocess", "time"}), (
            path
        )
        assert not re.search(r"\b(?:datetime\.now|date\.today|utcnow|open)\(", path.read_text(encoding="utf-8")), (
            path
        )


def test_no_file_names_a_path_of_one_machine() -> None:
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        assert not (found := MACHINE_PATH.search(text)), f"{path.relative_to(CHECKOUT)}: {found and found[0]}"


def test_locks_name_packages_and_hashes_and_no_index() -> None:
    locks = [path for path in tracked() if path.parent.name == "locks" and path.suffix == ".txt"]
    assert locks
    for path in locks:
        text = path.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not ADDRESS.search(text), path.name
        for line in text.splitlines():
            assert re.fullmatch(r"(?:[\w.-]+==\S+(?: ; .+)? \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?|)", line), (
                line
            )

"""`coach doctor`: what works, what does not, and the next step."""

from __future__ import annotations

from pathlib import Path

from tests.builders import DATA
from tests.cli.command import coach


def test_a_good_home_works_throughout(tmp_path: Path) -> None:
    ran = coach("doctor", home=tmp_path)
    assert ran.status == 0
    assert "✗" not in ran.out
    assert ran.out.count("✓") == 7
    assert "6 scenarios" in ran.out
    assert "coach run" in ran.out.splitlines()[-1]


def test_a_home_that_is_a_file_is_found_and_the_rest_still_looked_at(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("not a folder", encoding="utf-8")
    ran = coach("doctor", home=home)
    assert ran.status == 1
    broken = [line for line in ran.out.splitlines() if line.startswith("✗")]
    assert [line.split(":")[0] for line in broken] == ["✗ Home", "✗ Database"]
    assert all(str(home) in line for line in broken)
    assert "✓ Shipped content" in ran.out
    assert "Everything works" not in ran.out


def test_a_damaged_database_and_a_broken_scenario_are_both_found(tmp_path: Path) -> None:
    (tmp_path / "coach.sqlite").write_bytes(b"this is no database at all, it is a text" * 200)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "mine.yaml").write_bytes((DATA / "eight-mistakes.yaml").read_bytes())
    ran = coach("doctor", home=tmp_path)
    assert ran.status == 1
    broken = "\n".join(line for line in ran.out.splitlines() if line.startswith("✗"))
    assert "Your scenarios" in broken
    assert f"coach check {tmp_path / 'scenarios'}" in broken
    assert "Database" in broken
    assert "not a database" in broken

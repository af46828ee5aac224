"""A disk that is full, and a home that cannot be written: one clear line, and nothing that was said is lost."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.builders import DATA, GOLDEN
from tests.cli.command import coach, coach_process
from tests.cli.typist import Typist

pytestmark = pytest.mark.slow

Mount = Callable[[str], Path]
PLAY = ("play", "document-qa", "--minutes", "12")


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mounts a small disk in memory with the given options. Skipped where this user may not mount one."""
    place = tmp_path / "disk"

    def _mount(options: str) -> Path:
        place.mkdir(exist_ok=True)
        if os.geteuid() != 0:
            pytest.skip("Mounting a small disk needs root: run as root in a container to test a full disk.")
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "coach-test", place],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            pytest.skip(f"No small disk can be mounted here: {done.stderr.strip()}")
        return place

    yield _mount
    if place.is_mount():
        subprocess.run(["umount", "--lazy", place], check=True)


def fill(disk: Path) -> Path:
    """A file that takes all the space left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return ballast


def test_an_answer_that_cannot_be_saved_stays_on_the_screen_until_it_can(mount: Mount) -> None:
    disk = mount("size=2m")
    home = disk / "home"
    with Typist(*PLAY, home=home) as person:
        person.says("The first answer is about the people who ask.")
        person.sees("You: ")
        ballast = fill(disk)
        person.types("The second answer must not be lost.\n")
        told = person.sees("Not saved yet.")
        assert "the disk is full; free some space and try again" in " ".join(told.split())
        person.types("\n").sees("Not saved yet.")
        ballast.unlink()
        person.types("\n").sees("You: ")
        person.types("/end\n").sees("Not graded")
        assert person.leaves() == 0
    assert "Traceback" not in person.screen
    id_ = person.screen.partition("Round ")[2].split("\x1b")[0].strip()
    kept = json.loads(coach("export", "--format=json", "--", id_, home=home).out)
    assert [turn["text"] for turn in kept["transcript"]["turns"] if turn["speaker"] == "candidate"] == [
        "The first answer is about the people who ask.",
        "The second answer must not be lost.",
    ]


@pytest.mark.skip(reason="Ctrl-C through a pseudo-terminal is lost in about one of six runs; the cause is open")
def test_a_full_disk_left_with_ctrl_c_keeps_what_was_saved(mount: Mount) -> None:
    disk = mount("size=2m")
    home = disk / "home"
    with Typist(*PLAY, home=home) as person:
        person.says("The first answer is about the people who ask.")
        person.sees("You: ")
        ballast = fill(disk)
        person.types("The second answer.\n").sees("Not saved yet.")
        person.interrupts("--resume=")
        assert person.leaves() == 0
    ballast.unlink()
    id_ = person.screen.partition("--resume=")[2].split()[0]
    kept = json.loads(coach("export", "--format=json", "--", id_, home=home).out)
    assert [turn["text"] for turn in kept["transcript"]["turns"] if turn["speaker"] == "candidate"] == [
        "The first answer is about the people who ask."
    ]


def test_a_disk_full_from_the_start_is_one_line(mount: Mount) -> None:
    disk = mount("size=1m")
    fill(disk)
    ran = coach_process(*PLAY, "--answers", DATA / "weak.txt", home=disk / "home")
    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert "Cannot use" in ran.err
    assert str(disk) in ran.err


def test_a_grade_that_does_not_fit_leaves_the_old_file_whole(mount: Mount, tmp_path: Path) -> None:
    disk = mount("size=1m")
    out = disk / "grade.json"
    out.write_text("the grade of last week", encoding="utf-8")
    fill(disk)
    ran = coach("grade", GOLDEN / "document-qa" / "p1.yaml", "--json", out, home=tmp_path)
    assert ran.status == 1
    assert ran.is_one_line
    assert "No space left on device" in ran.err
    assert out.read_text(encoding="utf-8") == "the grade of last week"
    assert sorted(path.name for path in disk.iterdir()) == ["ballast", "grade.json"]


def test_a_home_on_a_read_only_disk_is_one_line_and_grading_works(mount: Mount) -> None:
    home = mount("size=1m,ro")
    for arguments in (PLAY, ("export", "some-round"), ("new", "scenario", "mine")):
        ran = coach_process(*arguments, home=home / "home", typed="hello\n")
        assert ran.status == 1, arguments
        assert ran.is_one_line, (ran.out, ran.err)
        assert str(home) in ran.err
    assert coach("grade", GOLDEN / "document-qa" / "p1.yaml", home=home / "home").status == 0
    doctor = coach("doctor", home=home / "home")
    assert doctor.status == 1
    assert "✗ Home" in doctor.out
    assert "✗ Database" in doctor.out


def test_a_home_that_is_a_file_is_one_line(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file", encoding="utf-8")
    for arguments in (PLAY, ("export", "some-round"), ("new", "scenario", "mine")):
        ran = coach(*arguments, home=home, typed="hello\n")
        assert ran.status == 1
        assert ran.is_one_line, (ran.out, ran.err)
        assert str(home) in ran.err
    assert coach("check", GOLDEN / "document-qa", home=home).status == 0
    assert home.read_text(encoding="utf-8") == "a file"


def test_a_device_that_is_full_is_one_line(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("No /dev/full on this system.")
    ran = coach("grade", GOLDEN / "document-qa" / "p1.yaml", "--json", full, home=tmp_path)
    assert ran.status == 1
    assert ran.is_one_line
    assert not full.is_file()

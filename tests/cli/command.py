"""A `coach` command as a person runs it: its words, its exit status."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

from coach.cli import main

LONGEST = 120
"""Seconds a process may take; only a hang reaches it."""
COMMAND = (sys.executable, "-m", "coach")


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def is_one_line(self) -> bool:
        """Whether all it said is one line on standard error, and no traceback."""
        return not self.out and self.err.count("\n") == 1 and "Traceback" not in self.err


def environment(home: Path | str, **more: str) -> dict[str, str]:
    """The environment of a command with its own home, 80 columns wide."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    return kept | {"COACH_HOME": str(home), "COLUMNS": "80", "PYTHONUTF8": "1"} | more


def coach(*arguments: str | Path, home: Path | str, typed: str = "", cwd: Path | None = None, **env: str) -> Ran:
    """Run `coach` with `arguments` in this process; `typed` is its standard input."""
    out, err = (TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    status: int | str | None = None
    with (
        patch.dict(os.environ, environment(home, **env), clear=True),
        patch.object(sys, "argv", ["coach", *map(str, arguments)]),
        patch.object(sys, "stdin", TextIOWrapper(BytesIO(typed.encode()), encoding="utf-8")),
        redirect_stdout(out),
        redirect_stderr(err),
        chdir(cwd or Path.cwd()),
    ):
        try:
            main()
        except SystemExit as end:
            status = end.code
    return Ran(int(status or 0), *(_written(stream) for stream in (out, err)))


def _written(stream: TextIOWrapper) -> str:
    stream.flush()
    content = stream.buffer
    assert isinstance(content, BytesIO)
    return content.getvalue().decode()


def coach_process(
    *arguments: str | Path, home: Path | str, typed: str = "", env: Mapping[str, str] | None = None
) -> Ran:
    """Run `coach` with `arguments` in a process of its own."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=typed.encode(),
        capture_output=True,
        timeout=LONGEST,
        check=False,
        env=environment(home, **(env or {})),
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

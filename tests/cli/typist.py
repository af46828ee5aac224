"""A person at a terminal: a pseudo-terminal on which `coach` runs and keys are pressed."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.cli.command import COMMAND, LONGEST, environment

CTRL_C = "\x03"
CTRL_D = "\x04"


def _control() -> None:
    """Make standard input the process's controlling terminal, so that Ctrl-C reaches it."""
    os.close(os.open(os.ttyname(0), os.O_RDWR))


class Typist:
    """Types at a running `coach` and reads its screen."""

    def __init__(self, *arguments: str, home: Path, **env: str) -> None:
        self._terminal, theirs = pty.openpty()
        self._process = subprocess.Popen(
            [*COMMAND, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_control,  # noqa: PLW1509 - between fork and exec, with no threads of ours
            env=environment(home, **{"TERM": "xterm", "LC_ALL": "C.UTF-8", **env}),
        )
        os.close(theirs)
        self.screen = ""
        self._read = 0

    def sees(self, words: str) -> str:
        """Wait until `words` come up after what was seen so far; what came up until then."""
        give_up = time.monotonic() + LONGEST
        while words not in self.screen[self._read :]:
            if time.monotonic() > give_up or not self._more():
                raise AssertionError(f"{words!r} never came up:\n{self.screen}")
        end = self.screen.index(words, self._read) + len(words)
        seen, self._read = self.screen[self._read : end], end
        return seen

    def types(self, text: str) -> Self:
        """Press the keys of `text`."""
        os.write(self._terminal, text.encode())
        return self

    def says(self, text: str) -> Self:
        """Wait for the prompt, type a line and press Enter."""
        self.sees("You: ")
        return self.types(f"{text}\n")

    def leaves(self) -> int:
        """Wait for the end; the exit status."""
        while self._more():
            pass
        return self._process.wait(LONGEST)

    def _more(self) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], LONGEST)
        try:
            read = os.read(self._terminal, 65_536) if ready else b""
        except OSError:  # the other side is closed
            read = b""
        self.screen += read.decode(errors="replace").replace("\r\n", "\n")
        return bool(read)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._terminal)

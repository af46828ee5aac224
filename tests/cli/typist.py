"""A person at a terminal: a pseudo-terminal on which `coach` runs and keys are pressed."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.cli.command import COMMAND, LONGEST, environment

CTRL_D = "\x04"
PATIENCE = 3
"""Seconds without a word before Ctrl-C is pressed again."""


def _control() -> None:
    """Make standard input the process's controlling terminal, so that Ctrl-C reaches it and is not ignored, as it
    is in the workers tests may be spread over."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
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

    def interrupts(self, words: str) -> str:
        """Press Ctrl-C until `words` come up, as a person does: one pressed while the prompt is being drawn may
        be lost. What came up until then."""
        for _ in range(LONGEST // PATIENCE):
            self.types("\x03")
            while words not in self.screen[self._read :] and self._more(PATIENCE):
                pass
            if words in self.screen[self._read :]:
                break
        return self.sees(words)

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

    def _more(self, patience: float = LONGEST) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], patience)
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

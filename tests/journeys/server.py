"""The app in a process of its own, which can be killed and started again on the same home folder."""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.databases import lay

WAITS = 60
"""Seconds a server may take to answer; only a hang reaches it."""


class Server:
    """`launch` on a free port of this machine, with its own COACH_HOME."""

    checkout = Path(__file__).parents[2]

    def __init__(self, home: Path, **environment: str) -> None:
        """`environment` is added to the process's own."""
        self.home = home
        self._environment = environment
        lay(home)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._process: int | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What the server has written to its terminal."""
        return (self.home / "server.log").read_text(encoding="utf-8")

    def start(self) -> None:
        """Start it and wait until it answers."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("COACH_", "STREAMLIT_"))}
        environment |= {"COACH_HOME": str(self.home), "STREAMLIT_SERVER_HEADLESS": "true", **self._environment}
        self._process = _fork(self.port, self.home / "server.log", environment)
        give_up = time.monotonic() + WAITS
        while not self._answers():
            if not _runs(self._process) or time.monotonic() > give_up:
                raise RuntimeError(f"The server does not answer:\n{self.log}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as `kill -9` does: nothing is tidied up."""
        if self._process is not None:
            os.kill(self._process, signal.SIGKILL)
            while _runs(self._process):
                time.sleep(0.01)
            self._process = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()


@cache
def _starting() -> subprocess.Popen[str]:
    """The process that servers are forked from. It ends with this one."""
    command = [sys.executable, "-m", "tests.journeys.starting"]
    process = subprocess.Popen(command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=1)
    atexit.register(process.communicate)
    return process


def _fork(port: int, log: Path, environment: dict[str, str]) -> int:
    """A server's process id."""
    started = _starting()
    assert started.stdin
    assert started.stdout
    print(json.dumps({"port": port, "log": str(log), "environment": environment}), file=started.stdin)
    return int(started.stdout.readline())


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True

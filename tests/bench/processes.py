"""The processes that are measured: the app, and the double of a model."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FIRST_SECONDS = 0.3
WORD_SECONDS = 0.02


@contextmanager
def app(home: str, model: str = "") -> Iterator[str]:
    """The app in a process of its own; gives its address at once."""
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    environment |= {"COACH_HOME": home, "COACH_MODEL": model, "STREAMLIT_SERVER_HEADLESS": "true"}
    command = [str(Path(sys.executable).with_name("coach")), "run", "--port", str(port)]
    with Path(home, "app.log").open("ab") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    with _ended(server):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def double(*flags: str) -> Iterator[str]:
    """A model that plays its part at the pace of a quick real one; gives its address."""
    port = _free_port()
    pace = ["--first-seconds", str(FIRST_SECONDS), "--word-seconds", str(WORD_SECONDS)]
    command = [sys.executable, "-m", "tests.doubles.playing", "--port", str(port), *pace, *flags]
    with _ended(subprocess.Popen(command)):
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/said")
        yield address


def model_at(address: str) -> str:
    return f"openai:double@{address}/v1"


def wait_for(address: str) -> None:
    """Until something answers there, a minute at most."""
    began = time.perf_counter()
    while time.perf_counter() - began < 60:
        try:
            urllib.request.urlopen(address, timeout=1)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
        else:
            return


def told_by(address: str) -> list[dict[str, Any]]:
    with urllib.request.urlopen(address, timeout=60) as answer:
        found: list[dict[str, Any]] = json.load(answer)
        return found


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()

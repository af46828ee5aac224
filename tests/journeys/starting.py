"""Servers by fork: what each would import is imported once, so that a test waits for its own server only.

Run as a process of its own. A line in, `{"port": …, "log": …, "environment": {…}}`, starts a server; the line out
is its process id. That `coach run` and `streamlit run app.py` start by themselves is tested where that is the
matter.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from importlib import import_module
from pkgutil import iter_modules

from streamlit.components.v2 import manifest_scanner

from coach.content.library import FileLibrary
from coach.engines.offline.judge import OfflineJudge
from coach.practice import grade_transcript
from coach.ui import drawing, launch
from tests.installed import scan_once

WAITED_FOR = (
    "streamlit.web.bootstrap",
    "alembic.command",
    "coach.archive.archive",
    "coach.learning",
    "coach.reviewing",
    "coach.talking",
    "coach.ui.serving.voice",
    "coach.wiring",
    *(module.name for module in iter_modules(drawing.__path__, f"{drawing.__name__}.")),
)
"""Most of what a server imports until its first page is drawn. Components are not in it: Streamlit takes them in
once it runs."""


def _serve(port: int, log: str, environment: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    written = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(written, stream.fileno())
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    launch(port=port)


def main() -> None:
    """Fork a server for each line until there is no more."""
    for module in WAITED_FOR:
        import_module(module)
    scan_once()
    manifest_scanner.scan_component_manifests()
    content = FileLibrary()
    content.shelf()
    brief, walkthrough = content.brief("document-qa"), content.walkthrough("document-qa")
    grade_transcript(brief, walkthrough.transcript, OfflineJudge())
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever ends is forgotten
    for line in iter(sys.stdin.readline, ""):
        wanted = json.loads(line)
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            try:
                _serve(**wanted)
            finally:
                os._exit(1)
        print(child, flush=True)


if __name__ == "__main__":
    main()

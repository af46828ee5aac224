"""Any Chromium that is there, and how it is started. A headless shell goes first: it only draws pages."""

from __future__ import annotations

import shutil
from pathlib import Path

SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
NONE = "No Chromium: `sudo apt-get install chromium` (or any Chrome) to run the browser journeys."


def found(*, whole: bool = False) -> str | None:
    """The path of a Chromium or Chrome, or None. A `whole` one can also refuse what a page asks a person for."""
    names = NAMES if whole else (*SHELLS, *NAMES)
    on_path = filter(None, map(shutil.which, names))
    return next(on_path, None) or next((str(place) for place in PLACES if place.is_file()), None)

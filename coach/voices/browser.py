"""The browser's own speech. It hears and speaks in the page; there is nothing here to connect to.

Some browsers send the sound to their makers, and do not say so to the page.
"""

from __future__ import annotations

from coach.errors import SetupError
from coach.ports import Voice
from coach.voices.destinations import Destination, Leaves

KEY = None
KEY_NEEDED = False
IN_BROWSER = True
LEAVES: Leaves = "may"


def destination(base_url: str | None) -> Destination:
    """Nobody can say."""
    return Destination(LEAVES, None)


def connect(models: str, key: str | None = None, base_url: str | None = None) -> Voice:
    """Raises SetupError."""
    raise SetupError(
        "browser: this voice is the browser's own and works in the page alone. Name another one, such as openai."
    )

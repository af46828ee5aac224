"""Every key that does something, and the sheet that says so. A button on every page opens it, and so does `?`.

Letters work with Alt alone, so that they never stand in the way of typing, except where one key after the other is
pressed and nothing is written; one switch turns all of them off.
"""

from __future__ import annotations

import streamlit as st

from coach.ui.components import beside

KEYS = (
    ("/", "Slash", ":is(.st-key-query input, .st-key-rounds-head a)", "Search your rounds"),
    ("Ctrl+Enter", "", "", "Send the answer"),
    ("Space", "", "", "Talk as long as it is held (spoken rounds, while nothing is written)"),
    ("Alt+A", "KeyA", '[class*="st-key-answer-"] textarea', "To the answer box"),
    ("Alt+H", "KeyH", ".st-key-wish-hint button", "Hint"),
    ("Alt+T", "KeyT", ".st-key-wish-think button", "Let me think"),
    ("Alt+Q", "KeyQ", ".st-key-wish-repeat button", "Hear the question again"),
    ("Alt+P", "KeyP", ".st-key-pause button", "Pause, go on (Rehearse)"),
    ("Alt+B", "KeyB", ".coach-board .notes", "To the notes on the board"),
    ("Alt+M", "KeyM", ".coach-board .mermaid", "To the drawing on the board"),
    ("Alt+E", "KeyE", ".st-key-end-place button", "End the round (asks first)"),
    ("0", "Digit0", '[class*="st-key-level-0-"] button', "Level 0"),
    (
        "1",
        "Digit1",
        ':is(.st-key-settle-met, [class*="st-key-review-met-"], [class*="st-key-level-1-"]) button',
        "Met, the flag stands, or level 1",
    ),
    (
        "2",
        "Digit2",
        ':is(.st-key-settle-partial, [class*="st-key-review-partial-"], [class*="st-key-level-2-"]) button',
        "Partial, or 2",
    ),
    (
        "3",
        "Digit3",
        ':is(.st-key-settle-missed, [class*="st-key-review-missed-"], [class*="st-key-level-3-"]) button',
        "Missed, the flag does not stand, or 3",
    ),
    (
        "4",
        "Digit4",
        ':is([class*="st-key-review-unjudged-"], [class*="st-key-level-4-"]) button',
        "Could not tell, or 4",
    ),
    ("a", "KeyA", '[class*="st-key-review-accept-"] button', "Agree with the judge"),
    ("s", "KeyS", ".st-key-settle-skip button", "Skip the criterion"),
    ("b", "KeyB", ".st-key-settle-back button", "Back to the criterion before"),
    ("n", "KeyN", ":is(.st-key-review-next, .st-key-start-next) button", "Next, or start the next review"),
    ("p", "KeyP", ".st-key-review-previous button", "Previous"),
    ("j", "KeyJ", ".coach-evidence .next", "Select the next sentence of the candidate"),
    ("k", "KeyK", ".coach-evidence .previous", "Select the sentence before"),
    ("l", "KeyL", ".coach-evidence .longer", "Select one sentence more"),
    ("q", "KeyQ", ".coach-evidence .use", "Use the selected words as evidence"),
    ("d", "KeyD", ".st-key-dismissing button", "The round cannot be judged (asks why)"),
    (
        "v",
        "KeyV",
        ":is(.st-key-preview, .st-key-preview-back) button",
        "Read the result as the candidate, and back",
    ),
    ("g", "KeyG", ".st-key-golden button", "Keep the round as a golden case"),
)
"""How a key is written, its code in the browser, what it clicks or goes to, and what it does. A single character
works by itself, and with Alt while something is written."""

_keys = st.components.v2.component(
    "coach.keys",
    html=beside(__file__, "html"),
    css=beside(__file__, "css"),
    js=beside(__file__, "js"),
)


def keys() -> None:
    """Listen to the keys, and show the button that opens their sheet."""
    rows = tuple(dict(zip(("keys", "code", "target", "does"), row, strict=True)) for row in KEYS)
    _keys(key="keys", data={"rows": rows}, width="content")

"""Evidence by selection: words marked in the transcript with the mouse, or a sentence at a time by key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from coach.domain.grade import Quote
from coach.ui.components import beside

_evidence = st.components.v2.component(
    "coach.evidence",
    html=beside(__file__, "html"),
    js=beside(__file__, "js"),
    isolate_styles=False,  # its buttons are found by the keys, and it reads the page's selection
)


def evidence(
    round_id: str,
    item: str,
    sentences: Sequence[Quote],
    first: Quote | None,
    take: Callable[[dict[str, Any]], None],
) -> None:
    """Show the words `first` as an item opens, where any are marked, and let a person select words in the
    transcript on this page. `take` gets `turn`, `start`, `end` (code points) and `source` as the browser counted
    them: to be looked up, never believed."""
    places = tuple({"turn": each.turn, "start": each.start, "end": each.end} for each in sentences)
    words = tuple(f"{each.turn}: {' '.join(each.text.split())}" for each in sentences)
    _evidence(
        key="evidence",
        data={
            "round": round_id,
            "item": item,
            "sentences": places,
            "words": words,
            "first": {"turn": first.turn, "start": first.start} if first else None,
        },
        on_words_change=lambda: take(st.session_state["evidence"]["words"]),
    )

"""A round taken along as a file, whole or with names and numbers replaced."""

from __future__ import annotations

from functools import partial

import streamlit as st

from coach import learning
from coach.content.prompts import FilePrompts
from coach.domain.redaction import CATCHES, MISSES, redacted
from coach.domain.review import Review
from coach.domain.round import Round
from coach.export import round_json, round_markdown
from coach.ui import session
from coach.ui.drawing.html_file import round_html

_FORMATS = {
    "HTML": ("html", "text/html"),
    "Markdown": ("md", "text/markdown"),
    "JSON": ("json", "application/json"),
}
"""By its name on the screen: the end of a file's name, and its media type."""


def downloads(round_: Round, review: Review | None) -> None:
    """A menu of files; each is written when it is asked for."""
    with st.popover("Download", icon=":material/download:"):
        redact = st.toggle("Replace names and numbers", key=f"redact-{round_.id}")
        names: list[str] | None = None
        if redact:
            listed = st.text_input("Names to replace too, a comma between them", key=f"names-{round_.id}")
            names = [name for name in listed.split(",") if name.strip()]
            st.caption(f"{CATCHES}\n\n{MISSES}")
        told = "-redacted" if redact else ""
        with st.container(horizontal=True, gap="small"):
            for label, (ending, media_type) in _FORMATS.items():
                st.download_button(
                    label,
                    partial(_written, ending, round_, review, names),
                    file_name=f"{round_.setup.scenario}-{round_.started_at:%Y-%m-%d}{told}.{ending}",
                    mime=media_type,
                    on_click="ignore",
                )


def _written(ending: str, round_: Round, review: Review | None, names: list[str] | None) -> str:
    """The file's text; redacted where there are `names`, though it be none."""
    made = session.debrief(round_, review) if review else None
    said = learning.beside_grade(session.desk(), round_, review.grade if review else None)
    is_redacted = names is not None
    if names is not None:
        round_, review, made, _, said = redacted(round_, review, made, names, said)
    if ending == "json":
        return round_json(round_, review, made, said, is_redacted=is_redacted)
    if ending == "md":
        return round_markdown(round_, review, FilePrompts(), made, said, is_redacted=is_redacted)
    return round_html(round_, review, made, said, is_redacted=is_redacted)

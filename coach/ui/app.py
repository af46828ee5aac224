"""What every page shares: its frame, the list of pages, and one place where errors become a line."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import streamlit as st
from streamlit.navigation.page import Page

from coach.errors import CoachError
from coach.ui import pages, session
from coach.ui.drawing import STYLE
from coach.ui.drawing.cards import note

ICON = "💬"
"""Drawn by the browser. A picture file would load numpy and Pillow first."""


def draw() -> None:
    """Draw the page the URL names. Streamlit calls this on every rerun."""
    st.set_page_config(page_title="Coach", page_icon=ICON)
    st.html(STYLE)
    page = st.navigation(found_pages(), position="top")
    try:
        page.run()
    except CoachError as error:
        trouble = session.take_trouble()
        st.html(note("\n".join(filter(None, (trouble, str(error))))))
        st.button("All rounds", key="home", on_click=session.go_home)


def found_pages() -> list[Page]:
    """Every file in `coach/ui/pages`, by its PLACE. A new page is a new file."""
    return [
        st.Page(str(module.__file__), title=module.TITLE, default=not place)
        for place, module in enumerate(_page_modules())
    ]


@cache
def _page_modules() -> list[ModuleType]:
    found = [import_module(f"{pages.__name__}.{module.name}") for module in iter_modules(pages.__path__)]
    return sorted(found, key=lambda module: int(module.PLACE))

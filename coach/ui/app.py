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
from coach.ui.components.keys import keys
from coach.ui.components.reconnect import reconnect
from coach.ui.components.secrets import resend
from coach.ui.components.top import top
from coach.ui.drawing import STYLE
from coach.ui.drawing.cards import note

ICON = "💬"
"""Drawn by the browser. A picture file would load numpy and Pillow first."""


def draw() -> None:
    """Draw the page the URL names. Streamlit calls this on every rerun."""
    st.set_page_config(page_icon=ICON, layout="wide")
    st.html(STYLE)
    page = st.navigation(found_pages(), position="hidden")
    st.set_page_config(page_title=page.title if page.title == "Coach" else f"{page.title} · Coach")
    session.travel()
    _bar(page)
    try:
        page.run()
    except CoachError as error:
        trouble = session.take_trouble() or ""
        lines = [trouble] if str(error) in trouble else [trouble, str(error)]
        st.html(f"<h1>That did not work</h1>{note(chr(10).join(filter(None, lines)))}")
        st.button("All rounds", key="home", on_click=session.open_page, args=("home",))


def found_pages() -> list[Page]:
    """Every file in `coach/ui/pages`, by its PLACE. A new page is a new file."""
    return [
        st.Page(str(module.__file__), title=module.TITLE, default=not place)
        for place, module in enumerate(page_modules())
    ]


def _bar(page: Page) -> None:
    """The name of the house, the pages that are always at hand, and the keys: on every page in one place."""
    reconnect()
    resend()
    turn = session.asked_for("turn")
    top(f"{page.url_path} {session.asked_for('round')} {session.asked_for('criterion')} {turn}", turn)
    with st.container(horizontal=True, vertical_alignment="center", key="bar"):
        for module in page_modules():
            if module.LINK:
                st.page_link(str(module.__file__), label=module.LINK, width="content")
        keys()


@cache
def page_modules() -> list[ModuleType]:
    """The pages in order, the home first."""
    found = [import_module(f"{pages.__name__}.{module.name}") for module in iter_modules(pages.__path__)]
    return sorted(found, key=lambda module: int(module.PLACE))

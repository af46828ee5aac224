"""`coach run`: the app, from a checkout or an installed wheel."""

from __future__ import annotations

from coach.settings import Settings


def run(port: int) -> None:
    from coach.ui import launch  # noqa: PLC0415 - Streamlit is loaded only to serve

    launch(Settings().host, port)

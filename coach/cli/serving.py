"""`coach run`: the app, from a checkout or an installed wheel."""

from __future__ import annotations

from coach.errors import SetupError
from coach.settings import Settings


def run(port: int) -> None:
    from coach.ui import launch  # noqa: PLC0415 - Streamlit is loaded only to serve

    host = Settings().host
    try:
        launch(host, port)
    except OSError as error:
        reason = error.strerror or error
        raise SetupError(f"Cannot listen on {host}, port {port}: {reason}. Set COACH_HOST, --port.") from error

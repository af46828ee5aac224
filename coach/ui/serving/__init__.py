"""How the app is served: its script, the headers that keep every request on this machine, what a start brings.

Streamlit serves `static`, beside the script, as `app/static`: the fonts that `.streamlit/config.toml` names.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import Thread

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import cli_util
from streamlit.web.server import server_util

from coach.errors import CoachError

SCRIPT = Path(__file__).with_name("script.py")

POLICY = {
    "default-src": "'self'",
    "script-src": "'self' blob: 'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
"""What a page may load, whatever a candidate's drawing or markup says: only what this server sends, by HTTP
and WebSocket alike. Streamlit imports a component's script from a blob; the hash is its page's inline script."""

HEADERS = {
    "Content-Security-Policy": "; ".join(f"{kind} {sources}" for kind, sources in POLICY.items()),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
}
"""No policy covers the look-up of a link's host before it is clicked: that is the last of these."""


class WithHeaders:
    """Every answer with HEADERS; a websocket passes through as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


MIDDLEWARE = [Middleware(WithHeaders)]


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Answer at once, and get ready meanwhile."""
    Thread(target=_get_ready, daemon=True).start()
    yield


def _get_ready() -> None:
    open_browser()
    warm_up()


def open_browser() -> None:
    """What `streamlit run` does for a plain script and leaves out for an App."""
    if not st.get_option("server.headless"):
        address = server_util.get_display_address(st.get_option("server.address") or "localhost")
        cli_util.open_browser(server_util.get_url(address))


def warm_up() -> None:
    """Load the app and build the Desk while the browser is still fetching its scripts. What fails here fails
    again on the page, which says so."""
    import_module("coach.ui.app")
    from coach.ui import session  # noqa: PLC0415 - the server answers before this is loaded

    with suppress(CoachError):
        session.get_ready()

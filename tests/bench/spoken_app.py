"""The app with one more door, for measuring only: `POST /bench/seat?voice=SPEC` begins a spoken round and answers
with the token of a seat at it. `streamlit run` takes this file in the place of `app.py`."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from coach import practice
from coach.domain.round import Setup
from coach.settings import Settings
from coach.ui.serving import MIDDLEWARE, SCRIPT, lifespan
from coach.ui.serving.voice import ROUTES
from coach.ui.serving.voice.seats import SEATS
from coach.wiring import connect_voice, read_keys


def seat(request: Request) -> Response:
    from coach.ui import session  # noqa: PLC0415 - the server answers before this is loaded

    desk, settings, round_id = session.desk(), Settings(), uuid4().hex
    setup = Setup(scenario="document-qa", minutes=45, mode="voice", rehearse=True)
    practice.begin(desk, round_id, setup, datetime.now(UTC))
    spec = request.query_params["voice"]
    voice = connect_voice(spec, read_keys(settings), desk.calls, settings.caps, round_id)
    return PlainTextResponse(SEATS.token(SEATS.take(None, desk, round_id, voice)))


app = st.App(
    SCRIPT, routes=(*ROUTES, Route("/bench/seat", seat, methods=["POST"])), middleware=MIDDLEWARE, lifespan=lifespan
)

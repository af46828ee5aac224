from __future__ import annotations

import asyncio
import socket
import sqlite3
import tomllib
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from click import Abort
from starlette.types import Message, Receive, Scope, Send
from streamlit import cli_util
from streamlit.web import cli
from streamlit.web.server.app_discovery import discover_asgi_app

from coach.domain.utterance import Utterance
from coach.errors import SetupError
from coach.ui import entry, launch, pages, serving, session
from coach.ui.serving import HEADERS, SCRIPT, WithHeaders
from tests.archive.builders import begun_round
from tests.ui.page import Page

CHECKOUT = Path(__file__).parents[2]


def settings() -> dict[str, Any]:
    return tomllib.loads((entry().parent / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def test_the_entry_has_its_settings_beside_it() -> None:
    assert entry() == CHECKOUT / "app.py"
    assert settings()["server"]["address"] == "127.0.0.1"
    assert settings()["browser"]["gatherUsageStats"] is False
    assert settings()["client"]["showErrorDetails"] == "none"


def test_streamlit_run_sees_an_app_in_the_entry() -> None:
    """It reads the file without running it: only an assignment of `st.App(…)` will do."""
    assert discover_asgi_app(entry()).import_string == "app:app"


def test_streamlit_finds_no_pages_of_its_own_beside_the_script() -> None:
    assert SCRIPT.is_file()
    assert SCRIPT.parent != Path(pages.__path__[0]).parent


def test_every_font_is_declared_and_every_declared_font_is_there() -> None:
    declared = {face["url"].removeprefix("app/") for face in settings()["theme"]["fontFaces"]}
    fonts = (SCRIPT.parent / "static" / "fonts").glob("*.woff2")
    assert {str(font.relative_to(SCRIPT.parent)) for font in fonts} == declared


@pytest.mark.parametrize(("kind", "added"), [("http.response.start", HEADERS), ("websocket.accept", {})])
def test_an_answer_gets_the_headers_and_a_websocket_is_left_alone(kind: str, added: dict[str, str]) -> None:
    sent: list[Message] = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": kind, "headers": [(b"x-content-type-options", b"theirs")]})

    async def receive() -> Message:
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(WithHeaders(app)({}, receive, send))
    expected = {"x-content-type-options": "theirs"} | {name.lower(): value for name, value in added.items()}
    assert {name.decode(): value.decode() for name, value in sent[0]["headers"]} == expected


def test_a_browser_is_opened_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(cli_util, "open_browser", opened.append)
    for headless in (True, False):
        monkeypatch.setattr(st, "get_option", {"server.headless": headless, "server.address": "0.0.0.0"}.get)
        serving.open_browser()
    assert opened == ["http://localhost:8501"]


def test_warming_up_builds_the_desk_the_pages_use(home: Path) -> None:
    serving.warm_up()
    assert (home / "coach.sqlite").is_file()
    assert session.desk() is session.desk()


@pytest.mark.parametrize(("age", "is_kept"), [(31, False), (29, True)])
def test_a_start_removes_sound_that_is_older_than_it_is_kept(home: Path, age: int, is_kept: bool) -> None:
    archive = session.desk().archive
    archive.add_round(begun_round("r1"))
    archive.add_utterance("r1", Utterance(id="a" * 32, at=0.0), session.now() - timedelta(days=age))
    archive.add_sound("r1", "a" * 32, 0, b"\x01\x02" * 8_000)
    serving.warm_up()
    assert bool(archive.sound("r1", "a" * 32)) is is_kept


def test_sound_that_cannot_be_removed_does_not_keep_the_app_from_starting(home: Path) -> None:
    session.desk()
    with closing(sqlite3.connect(home / "coach.sqlite")) as database:
        database.execute("ALTER TABLE sound RENAME TO away")
        serving.warm_up()
        assert "Practise" in Page.opened().html


def test_a_home_that_cannot_be_written_is_left_to_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "file" / "home"))
    monkeypatch.delenv("COACH_DATABASE_URL", raising=False)
    serving.warm_up()
    assert Page.opened().html.count('role="alert"') == 1


def test_stopping_it_by_the_keyboard_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_args: object, **_options: object) -> None:
        raise Abort

    monkeypatch.setattr(cli, "main", stopped)
    launch(port=0)


def test_a_port_that_is_taken_is_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SetupError, match=r"Port \d+ on 127\.0\.0\.1 is taken"):
            launch(port=taken.getsockname()[1])

"""A key is sent to its provider and stands nowhere else: in no file but the person's own, no log, no output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from coach.archive.archive import SqlArchive
from coach.domain.calls import CallOutcome, Purpose
from coach.domain.transcript import Speaker
from coach.settings import Settings
from tests.cli.command import Ran, coach, coach_process
from tests.doubles.models import Double, Fault, serving
from tests.doubles.playing import play
from tests.faults.waiting import wait_for
from tests.golden_rounds import FOLDER
from tests.journeys.room import Room
from tests.journeys.server import Server
from tests.ui.page import ANSWERS

pytestmark = pytest.mark.slow

KEY = "sk-proj-KEYTHATMUSTNOTAPPEAR0123456789"
PIECE = 12
"""Characters in a row by which somebody could know the key again."""
SECRETS = "secrets.toml"
NOWHERE = "http://127.0.0.1:9/v1"
GOLDEN = FOLDER / "document-qa" / "p1.yaml"
SEVERAL, ONE = "several.txt", "one.txt"
"""Answers to a round that meets the fault in its questions, and one to a round that meets it in its grading."""
WELL = Fault("slow", seconds=0.0)
"""No fault: for the one question that a round of one answer takes."""
ECHO = f"Incorrect API key provided: {KEY} (Authorization: Bearer {KEY}; {KEY[:30]}…; …{KEY[-16:]})"
FAULTS: dict[str, tuple[Fault, ...]] = {
    "nothing": (),
    "the key is not accepted": (Fault("status", status=401, message=ECHO),),
    "the request is refused": (Fault("status", status=400, message=ECHO),),
    "the provider fails": (Fault("status", status=500, message=ECHO),) * 3,
    "the reply is cut off": (Fault("cut", after=0),) * 3,
    "nobody is there": (),
}
OPENAI, ANTHROPIC = "openai", "anthropic"


def keys_sent(double: Double) -> set[str]:
    """What requests came with, by either of the headers in use."""
    headers = [seen.headers for seen in double.requests]
    return {each.get("x-api-key") or each.get("authorization", "").removeprefix("Bearer ") for each in headers}


def pieces(text: bytes | str) -> list[str]:
    """What of the key stands in a text."""
    text = text if isinstance(text, bytes) else text.encode()
    windows = [KEY[start : start + PIECE] for start in range(len(KEY) - PIECE + 1)]
    return [window for window in windows if window.encode() in text]


def exposed_in(folder: Path) -> dict[str, list[str]]:
    """What of the key stands in files, the person's own aside."""
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != SECRETS]
    assert {"coach.sqlite", "coach.sqlite-wal"} <= {file.name for file in files}
    found = {str(file): pieces(file.read_bytes()) for file in files}
    return {name: parts for name, parts in found.items() if parts}


def test_a_piece_of_the_key_is_seen_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "coach.sqlite").write_bytes(b"\x00" + KEY[9:21].encode() + b"\x00")
    (tmp_path / "coach.sqlite-wal").write_bytes(KEY[9:20].encode())
    assert exposed_in(tmp_path) == {str(tmp_path / "coach.sqlite"): [KEY[9:21]]}


@pytest.fixture(scope="module")
def running() -> Iterator[Double]:
    with serving() as double:
        yield double


@pytest.fixture
def double(running: Double) -> Double:
    told(running)
    return running


def told(double: Double, *faults: Fault) -> None:
    """Let the double fail as told, and play its part otherwise."""
    double.forget()
    double.answer = play
    double.faults.extend(faults)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Everything that is written, in one folder: Coach's home, and the person's."""
    (tmp_path / SEVERAL).write_text("\n---\n".join(ANSWERS), encoding="utf-8")
    (tmp_path / ONE).write_text(" ".join(ANSWERS), encoding="utf-8")
    (tmp_path / "person").mkdir()
    (tmp_path / "home").mkdir()
    return tmp_path


def kept_in(source: str, home: Path, variable: str) -> dict[str, str]:
    """The key, put where `source` says; the environment of a command."""
    if source == "environment":
        return {variable: KEY}
    file = home / SECRETS
    file.write_text(f'{variable.removesuffix("_API_KEY").lower()} = "{KEY}"\n', encoding="utf-8")
    file.chmod(0o600)
    return {}


def address(provider: str, double: Double, fault: str) -> str:
    url = NOWHERE if fault == "nobody is there" else f"{double.url}/v1"
    return f"{provider}:double@{url if provider == OPENAI else url.removesuffix('/v1')}"


def run(home: Path, command: Iterable[str | Path], env: Mapping[str, str]) -> Ran:
    return coach(*command, home=home, typed="", cwd=None, **env)


@pytest.mark.parametrize(("source", "provider"), [("environment", OPENAI), ("file", ANTHROPIC)])
def test_a_round_and_its_grade_show_no_key_whatever_fails(
    source: str, provider: str, double: Double, folder: Path
) -> None:
    home = folder / "home"
    given = kept_in(source, home, f"{provider.upper()}_COMPATIBLE_API_KEY") | {"HOME": str(folder / "person")}
    said: list[Ran] = []
    played = ("play", "document-qa", "--engine", "llm", "--minutes", "12", "--answers")
    tried = FAULTS if provider == OPENAI else dict(list(FAULTS.items())[:4])  # what is left says the same
    for fault, faults in tried.items():
        env = given | {"COACH_MODEL": address(provider, double, fault)}
        well = {"COACH_INTERVIEWER": address(provider, double, "nothing")}
        for command, more, first in (
            ((*played, folder / SEVERAL), {}, ()),
            ((*played, folder / ONE), well, (WELL,)),
            (("grade", GOLDEN, "--engine", "llm", "--json", "-"), {}, ()),
            (("doctor",), {}, ()),
        ):
            told(double, *first, *faults)
            ran = run(home, command, env | more)
            said.append(ran)
            assert ran.status == (fault != "nothing"), f"{fault}: {command[0]}: {ran.out}{ran.err}"
            is_asked = fault != "nobody is there" or more
            assert keys_sent(double) == ({KEY} if is_asked else set())
    with closing(SqlArchive.open(Settings(home=home).database)) as archive:
        rounds = [line.id for line in archive.rounds()]
        calls = [call for id_ in rounds for call in archive.calls(id_)]
        outcomes = {(call.purpose, call.outcome) for call in calls}
        for purpose in (Purpose.INTERVIEW, Purpose.JUDGE):
            for outcome in (CallOutcome.REPLIED, CallOutcome.REFUSED, CallOutcome.UNAVAILABLE):
                assert (purpose, outcome) in outcomes, "each kind of call has met each kind of fault"
        assert any(archive.grade(id_) for id_ in rounds)
        exports = [coach("export", id_, "--format", form, home=home) for id_ in rounds for form in ("md", "json")]
        assert all(ran.status == 0 for ran in exports)
        assert exposed_in(folder) == {}
    assert [pieces(ran.out + ran.err) for ran in (*said, *exports) if pieces(ran.out + ran.err)] == []


def test_a_process_that_logs_all_it_can_shows_no_key(double: Double, folder: Path) -> None:
    home = folder / "home"
    talkative = {"OPENAI_LOG": "debug", "HOME": str(folder / "person")}
    env = {
        **talkative,
        **kept_in("environment", home, "OPENAI_COMPATIBLE_API_KEY"),
        "COACH_MODEL": address(OPENAI, double, "nothing"),
    }
    told(double, *FAULTS["the request is refused"])
    failed = coach_process("doctor", home=home, env=env)
    assert failed.status == 1
    played = coach_process(
        *("play", "document-qa", "--engine", "llm", "--minutes", "12", "--answers", folder / SEVERAL),
        home=home,
        env=env,
    )
    assert played.status == 0, played.err
    assert "HTTP Request" in played.err or "Request options" in played.err, "the SDK logs"
    assert [pieces(ran.out + ran.err) for ran in (failed, played)] == [[], []]


def test_a_key_where_none_belongs_is_not_repeated(double: Double, folder: Path) -> None:
    """A file that does not read, a name that is none, a key for somebody else's server."""
    home = folder / "home"
    spec = address(OPENAI, double, "nothing")
    doctor = ("doctor",)
    play_ = ("play", "document-qa", "--engine", "llm", "--answers", folder / SEVERAL)
    said = []
    for broken in (f"openai = {KEY}\n", f'"{KEY}" = "openai"\n', f'[openai]\nkey = "{KEY}"\n', f"{KEY}\n"):
        (home / SECRETS).write_text(broken, encoding="utf-8")
        said += [coach(*command, home=home, COACH_MODEL=spec) for command in (doctor, play_)]
    (home / SECRETS).unlink()
    said += [coach(*command, home=home, COACH_MODEL=KEY) for command in (doctor, play_)]
    said += [coach(*command, home=home, COACH_MODEL=f"openai:double@http://me:{KEY}@x/v1") for command in (doctor,)]
    assert all(ran.status for ran in said)
    assert [pieces(ran.out + ran.err) for ran in said if pieces(ran.out + ran.err)] == []
    told(double)
    assert coach(*doctor, home=home, COACH_MODEL=spec, OPENAI_API_KEY=KEY).status == 0
    assert double.requests
    assert not any(pieces(str(seen.headers)) for seen in double.requests), "it is a vendor's key"


class Talkative(Server):
    """The app, logging all it can, with a home folder of its own for the person as well."""

    def __init__(self, home: Path, person: Path, **more: str) -> None:
        super().__init__(home, HOME=str(person), STREAMLIT_LOGGER_LEVEL="debug", **more)


VARIABLE = "OPENAI_COMPATIBLE_API_KEY"
TOLD = {
    "the key is not accepted": "the key is not accepted",
    "the request is refused": "refuses the request: Incorrect API key provided: …",
    "the reply is cut off": "the reply was cut off",
}
"""What the page says of a fault."""


@pytest.mark.browser
@pytest.mark.parametrize("source", ["page", "environment", "file"])
def test_a_round_in_the_page_leaves_no_key_behind(
    source: str, browser: Browser, double: Double, folder: Path
) -> None:
    home = folder / "home"
    given = {} if source == "page" else kept_in(source, home, VARIABLE)
    spec = address(OPENAI, double, "nothing")
    with Talkative(home, folder / "person", **given) as server:
        room = models_page(browser, server, source, address(OPENAI, double, "nobody is there"))
        try_it(room, "Is the server running?")
        room.page.close()
        room = models_page(browser, server, source, spec)
        page = room.page
        for fault, line in TOLD.items():
            told(double, *FAULTS[fault][:1])
            try_it(room, line)
        try_it(room, "works, in")

        page.get_by_role("link", name="Coach", exact=True).click()
        room.settle()
        room.start().answer(" ".join(ANSWERS))
        told(double, *FAULTS["the request is refused"])
        room.box.fill(ANSWERS[1])
        room.box.press("Control+Enter")
        page.get_by_role("button", name="Try again").click()
        room.heard(2)
        told(double, *FAULTS["the key is not accepted"])
        room.over()
        page.get_by_role("button", name="Try again").click()
        with closing(SqlArchive.open(Settings(home=home).database)) as archive:
            (kept,) = archive.rounds()
            wait_for(lambda: archive.grade(kept.id))
            room.graded()
            assert pieces(page.content()) == []
            assert keys_sent(double) == {KEY}
            page.close()
            turns = archive.round(kept.id).turns
            assert [turn.speaker for turn in turns].count(Speaker.CANDIDATE) == 2
            assert "Running script" in server.log, "all that can be logged is"
            assert exposed_in(folder) == {}
    assert exposed_in(folder) == {}


def models_page(browser: Browser, server: Server, source: str, spec: str) -> Room:
    """A tab on the page of models, with one of them chosen and with the key."""
    page = browser.new_context().new_page()
    room = Room(page).open(f"{server.url}/models")
    box = page.get_by_role("combobox", name="Interviewer and judge")
    box.fill(spec)
    box.press("Enter")
    expect(page.locator(".coach-in-use")).to_contain_text(spec)
    room.settle()
    if source == "page":
        type_key(page)
    room.settle()
    return room


def type_key(page: Page) -> None:
    page.get_by_text("A server of your own that wants a key").click()
    page.get_by_label(VARIABLE).press_sequentially(KEY)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Forget the key of your own server").wait_for()


def try_it(room: Room, line: str) -> None:
    room.page.get_by_role("button", name="Try it").click()
    expect(room.page.locator(".coach-tried")).to_contain_text(line)
    room.settle()
    assert pieces(room.page.content()) == []

"""How long a person waits once there are ten thousand rounds, kept through the archive's own tables."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from statistics import median, quantiles

from playwright.sync_api import sync_playwright
from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, insert, select

from coach import learning, practice, reviewing
from coach.archive import words
from coach.archive.archive import SqlArchive
from coach.archive.engine import open_engine, writing
from coach.archive.tables import GradeRow, Instant, OverrideRow, RemarkRow, RoundRow, SearchRow, TurnRow, WaitingRow
from coach.archive.words import Said
from coach.content.golden import golden_rounds
from coach.content.library import FileLibrary
from coach.domain.grade import Grade
from coach.domain.review import Override
from coach.domain.scenario import Outcome
from coach.domain.search import read_search
from coach.domain.transcript import Speaker, Transcript, Turn
from coach.engines.offline.judge import OfflineJudge
from coach.practice import Desk
from tests.bench.processes import app, wait_for
from tests.bench.telling import tell, timed
from tests.builders import GOLDEN, NINE
from tests.journeys import chromium
from tests.journeys.room import Room

ROUNDS = 10_000
TURNS = 20
LAPS = 3
GOAL_SEARCH = 300
GOAL_PAGE = 1_000
"""Milliseconds."""
QUERIES = (
    "the",
    "golden set",
    '"golden set"',
    "kappa",
    "xylophone",
    "the and of",
    "zanzibar",
    "evals<=1",
    "evals<=1 band:not-yet scenario:document-qa",
    "the band:strong",
    "the evals>4",
    "latency is:reviewed",
    "cost is:disputed",
    "is:noticed the",
    "how do you know it works",
)
"""In every turn, in some, in one, in none; with filters that many rounds pass, or none does."""
TOUR = (
    ("queue", "Reviews", ".st-key-next"),
    ("home", "Coach", ".st-key-rounds-head"),
    ("progress", "Progress over your graded rounds", ".coach-progressing"),
    ("home", "Coach", ".st-key-rounds-head"),
    ("search", "Search them", ".coach-ways"),
)
"""A page, the link that leads there from the one before, and what shows that it is there."""


def measure() -> None:
    """Pages are null where there is no browser."""
    with tempfile.TemporaryDirectory() as home:
        database = f"sqlite:///{home}/coach.sqlite"
        _fill(database)
        with closing(SqlArchive.open(database)) as archive:
            _measure_archive(archive)
        times = _pages(home)
        for name in ("home", "queue", "progress", "search", "hits"):
            tell(
                f"{ROUNDS:,} rounds: page {name}, median of {len(times[name])}",
                median(times[name]) if times[name] else None,
                "ms",
                GOAL_PAGE,
            )


def _measure_archive(archive: SqlArchive) -> None:
    desk = Desk(FileLibrary(), archive, {}, {"offline": OfflineJudge()}, archive)
    asked = [read_search(query, ["evals"]) for query in QUERIES]
    slowest = max(asked, key=lambda each: timed(lambda: archive.search(each, 21)))
    times = [timed(lambda each=each: archive.search(each, 21)) for each in asked * 5]  # type: ignore[misc]
    tell(f"search in {ROUNDS:,} rounds, p95 of {len(times)}", 1_000 * quantiles(times, n=20)[-1], "ms", GOAL_SEARCH)
    reads: dict[str, Callable[[], object]] = {
        f"slowest query, {' '.join(slowest.words)}": lambda: archive.search(slowest, 21),
        "list of the home": lambda: archive.rounds(13),
        "list of every round": archive.rounds,
        "queue": lambda: (archive.queue(limit=26), archive.queue_sizes(), archive.queue_length()),
        "progress": lambda: learning.progress(desk),
        "progress in one scenario": lambda: learning.progress(desk, "document-qa"),
        "blind reviews": archive.blind_reviews,
    }
    for name, read in reads.items():
        tell(f"{ROUNDS:,} rounds: {name}", 1_000 * timed(read), "ms", GOAL_PAGE)
    tell(f"{ROUNDS:,} rounds: deleting one for real", 1_000 * timed(lambda: archive.delete_round("r5")), "ms")


def _pages(home: str) -> dict[str, list[float]]:
    """By page, milliseconds from the click that leads there to the page at rest; `hits` from a query typed."""
    times = defaultdict[str, list[float]](list)
    browser = chromium.found()
    if browser is None:
        return times
    with sync_playwright() as driver, app(home) as address:
        wait_for(f"{address}/_stcore/health")
        room = Room(driver.chromium.launch(executable_path=browser, args=chromium.FLAGS).new_page()).open(address)
        for lap in range(LAPS + 1):
            for name, link, shows in TOUR:
                taken = 1_000 * timed(lambda: _switch(room, link, shows))  # noqa: B023
                if lap:  # the first lap loads what every later one has
                    times[name].append(taken)
            times["hits"].append(1_000 * timed(lambda: _ask(room, "the evals<=1")))
            room.page.get_by_role("link", name="Coach", exact=True).click()
            room.page.locator(".st-key-rounds-head").wait_for()
    return times


def _switch(room: Room, link: str, shows: str) -> None:
    room.page.get_by_role("link", name=link, exact=True).click()
    room.page.locator(shows).first.wait_for()
    room.settle()


def _ask(room: Room, query: str) -> None:
    room.page.locator(".st-key-query input").fill(query)
    room.page.keyboard.press("Enter")
    room.page.locator(".coach-hit").first.wait_for()
    room.settle()


def _fill(database: str) -> None:
    """Keep rounds, each a golden one again, graded; some were disputed and settled by people."""
    with closing(SqlArchive.open(database)) as archive:
        library = FileLibrary()
        desk = Desk(library, archive, {}, {"offline": OfflineJudge()}, archive)
        golden = golden_rounds(GOLDEN, library)
        for place, each in enumerate(golden):
            _keep(desk, place, each.transcript.model_copy(update={"turns": each.transcript.turns[:TURNS]}))
        single = Turn(id="C1", speaker=Speaker.CANDIDATE, text="The one word said once is xylophone.")
        archive.add_round(archive.round("golden-0").model_copy(update={"id": "once", "turns": (single,)}))
    engine = open_engine(database)
    with writing(engine) as connection:
        _repeat(connection, len(golden))
    engine.dispose()


def _keep(desk: Desk, place: int, transcript: Transcript) -> None:
    """Keep and grade a round; every fourth one is disputed, and the one after it settled."""
    round_ = practice.take_in(desk, f"golden-{place}", transcript, NINE)
    *_, grade = practice.grade_round(desk, round_.id)
    assert isinstance(grade, Grade)
    criterion = grade.verdicts[0].criterion
    if place % 4 == 0:
        reviewing.dispute(desk, round_, grade, criterion, "I named it.", NINE)
    elif place % 4 == 1:
        found = Override(criterion=criterion, verdict=Outcome.MISSED, by="Ana", at=NINE)
        practice.override(desk, round_.id, grade.judge, found)


def _repeat(connection: Connection, samples: int) -> None:
    """Every row of the golden rounds again, for other rounds half an hour apart."""
    again = Table("again", MetaData(), Column("id", Text), Column("of", Text), Column("began", Instant()))
    again.create(connection)
    rows = [
        {"id": f"r{number}", "of": f"golden-{number % samples}", "began": NINE + timedelta(minutes=30 * number)}
        for number in range(ROUNDS - samples - 1)
    ]
    connection.execute(insert(again), rows)
    instead = {"id": again.c.id, "round_id": again.c.id, "started_at": again.c.began, "ended_at": again.c.began}
    for kept in (RoundRow, TurnRow, GradeRow, WaitingRow, OverrideRow, RemarkRow, SearchRow):
        table = kept.__table__
        assert isinstance(table, Table)
        its = table.c.id if kept is RoundRow else table.c.round_id
        columns = [each for each in table.columns if not (each.primary_key and isinstance(each.type, Integer))]
        if kept is TurnRow:
            columns.append(table.c.seq)
        taken = select(*(instead.get(each.name, each) for each in columns)).join(again, again.c.of == its)
        connection.execute(insert(table).from_select([each.name for each in columns], taken))
    _index(connection, again)
    again.drop(connection)


def _index(connection: Connection, again: Table) -> None:
    """Take the words of the repeated rounds into the index."""
    said: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for round_id, seq, turn in connection.execute(
        select(TurnRow.round_id, TurnRow.seq, TurnRow.turn).where(TurnRow.round_id.startswith("golden-"))
    ):
        said[round_id].append((seq, turn.text))
    numbers = select(SearchRow.number, again.c.of).join(again, again.c.id == SearchRow.round_id)
    for number, of in connection.execute(numbers).all():
        words.add(connection, (Said(number, seq, text, "") for seq, text in said[of]))

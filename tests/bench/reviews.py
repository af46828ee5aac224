"""The reviewer's queue with many rounds: the page, and the next one held."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import text

from coach.archive.engine import open_engine, writing
from coach.archive.schema import prepare
from coach.domain.queue import Why, place
from coach.settings import Settings
from coach.ui import session
from tests.bench.telling import tell, timed
from tests.ui.page import Page

ROUNDS = 10_000
_ROUND = "INSERT INTO round (id, title, started_at, setup, brief) VALUES (:id, 'Document Q&A', :since, '{}', '{}')"
_WAITING = (
    "INSERT INTO waiting (round_id, judge, place, since, title, words, open, why)"
    " VALUES (:id, 'v1', :place, :since, 'Document Q&A', 2500, 12, :why)"
)


def measure() -> None:
    """Milliseconds until the page is drawn, as the server does it, and until a reviewer holds the next round."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["COACH_HOME"] = home
        os.environ.pop("COACH_DATABASE_URL", None)
        _fill(Path(home))
        page = Page.opened("queue", by="Ana")
        drawn = median(timed(lambda: page.goto("queue", by="Ana")) for _ in range(5))
        held = median(timed(lambda: session.desk().archive.hold_next("Ana", datetime.now(UTC))) for _ in range(5))
        assert f"{ROUNDS} rounds waiting" in page.html
    tell("review queue of 10,000 rounds, drawn, median of 5", 1_000 * drawn, "ms", 1_000)
    tell("next of 10,000 rounds held, median of 5", 1_000 * held, "ms", 300)


def _fill(home: Path) -> None:
    """A queue of rounds that hold nothing else: the page reads nothing else."""
    engine = open_engine(Settings(home=home).database)
    prepare(engine)
    reasons = [(Why.COULD_NOT_TELL,), (Why.NEAR_CUT,), (Why.ADDRESSED, Why.COULD_NOT_TELL), (Why.SAMPLED,)]
    rows = [
        {
            "id": f"round-{number}",
            "since": f"{datetime.now(UTC) - timedelta(minutes=number):%Y-%m-%d %H:%M:%S.%f}",
            "place": place(reasons[number % 4]),
            "why": f" {' '.join(reasons[number % 4])} ",
        }
        for number in range(ROUNDS)
    ]
    with writing(engine) as connection:
        connection.execute(text(_ROUND), rows)
        connection.execute(text(_WAITING), rows)
    engine.dispose()

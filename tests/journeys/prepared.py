"""Rounds put into a server's database from beside it, so that a page is looked at without playing up to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import uuid4

from coach import learning, practice
from coach.domain.round import BASELINE_LENGTH, Setup
from coach.domain.self_rating import SelfRating
from coach.domain.transcript import Board
from coach.settings import Settings
from coach.wiring import build_desk
from tests.journeys.server import Server


class Prepared:
    """A running server, and the desk of its home in this process."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.desk = build_desk(Settings(home=server.home, database_url=None))

    @property
    def url(self) -> str:
        return self.server.url

    def at(self, page: str, round_id: str, more: str = "") -> str:
        """The address of a page for a round."""
        return f"{self.url}/{page}?round={round_id}{more}"

    def running(self, answers: Iterable[str] = (), board: Board | None = None, **setup: object) -> str:
        """A new rehearsal of twelve minutes with these answers; its id."""
        chosen = {"scenario": "document-qa", "minutes": BASELINE_LENGTH, "rehearse": True, **setup}
        id_ = uuid4().hex
        practice.begin(self.desk, id_, Setup.model_validate(chosen), _now())
        for number, text in enumerate(answers):
            practice.answer(self.desk, id_, text, _now(), f"{id_}-{number}")
        if board:
            practice.draw(self.desk, id_, board)
        return id_

    def over(self, answers: Iterable[str], board: Board | None = None) -> str:
        """A round that was ended and is not graded; its id."""
        id_ = self.running(answers, board)
        practice.finish(self.desk, id_, _now())
        return id_

    def graded(self, answers: Iterable[str], board: Board | None = None, rated: int | None = None) -> str:
        """A graded round, its first dimension rated so by the candidate; its id."""
        id_ = self.over(answers, board)
        if rated is not None:
            first = self.desk.archive.round(id_).brief.rubric.dimension_ids[0]
            learning.rate(self.desk, id_, SelfRating(dimension=first, score=rated, sure=True, at=_now()))
        for _ in practice.grade_round(self.desk, id_):
            pass
        return id_


def _now() -> datetime:
    return datetime.now(UTC)

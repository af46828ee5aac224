"""What stands beside a grade."""

from __future__ import annotations

from datetime import timedelta

from coach.domain.beside import Beside, beside
from coach.domain.remarks import Comment, Completion, Dismissal, Dispute, Reveal
from coach.domain.review import LevelFound
from tests.builders import NINE


def test_of_what_was_said_only_disputes_comments_and_dismissals_stand_beside_it_in_order_of_time() -> None:
    late = Dispute(criterion="evals.gate", text="I said it.", at=NINE + timedelta(hours=2))
    comment = Comment(turn="C1", text="Say the number.", by="Ana", at=NINE + timedelta(hours=1))
    noise = Dismissal(text="Noise.", by="Ana", at=NINE)
    level = LevelFound(dimension="evals", level=1, by="Ana", at=NINE, blind=True)
    found = beside((), (), [late, level, Reveal(by="Ana", at=NINE), comment, Completion(by="Ana", at=NINE), noise])
    assert (found.disputes, found.comments, found.dismissals) == ((late,), (comment,), (noise,))
    assert found.remarks == (noise, comment, late)


def test_of_nothing_there_is_nothing() -> None:
    assert beside((), (), ()) == Beside()

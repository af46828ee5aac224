"""What else people say about a round."""

from __future__ import annotations

import pytest

from coach.domain.remarks import (
    Comment,
    Completion,
    Dismissal,
    Dispute,
    Remark,
    Reveal,
    is_about_the_round,
    read_remark,
)
from coach.domain.review import LevelFound
from tests.builders import NINE

REMARKS: list[Remark] = [
    LevelFound(dimension="evals", level=2, by="Ana", at=NINE, note="It held."),
    Comment(turn="C1", text="Name the number.", by="Ana", at=NINE),
    Dispute(criterion="evals.gate", text="I said it.", at=NINE),
    Reveal(by="Ana", at=NINE),
    Completion(by="Ana", at=NINE, blind=True),
    Dismissal(text="Noise.", by="Ana", at=NINE),
]


@pytest.mark.parametrize("remark", REMARKS, ids=lambda each: each.kind)
def test_a_remark_is_read_back_as_the_kind_it_was(remark: Remark) -> None:
    assert read_remark(remark.model_dump_json()) == remark


@pytest.mark.parametrize("text", ['{"kind": "verdict"}', "{}", '{"kind": "reveal", "by": " "}'])
def test_anything_else_is_no_remark(text: str) -> None:
    with pytest.raises(ValueError, match="validation error"):
        read_remark(text)


def test_comments_disputes_and_dismissals_hold_whoever_judged_the_round() -> None:
    assert [each.kind for each in REMARKS if is_about_the_round(each)] == ["comment", "dispute", "dismissal"]

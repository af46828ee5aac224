"""What every archive promises of what people found over a judge's verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from coach.domain.grade import Quote
from coach.domain.review import SELF, Override
from coach.domain.scenario import Outcome
from coach.errors import NotFoundError
from tests.archive.builders import NINE, begun_round, findings, grade, played_round, stamp
from tests.contracts.test_archive import ARCHIVES, Kept


@pytest.fixture(params=ARCHIVES)
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    with ARCHIVES[request.param](tmp_path) as opened:
        opened.add_round(played_round("r1"))
        opened.add_grade("r1", grade())
        yield opened


def found(outcome: Outcome | None = Outcome.MET, by: str = SELF, minutes: int = 0) -> Override:
    quotes = () if outcome is None else (Quote(turn="C1", start=2, end=12, text="golden set"),)
    return Override.model_validate(
        {
            "criterion": "evals.golden-set",
            "verdict": outcome,
            "by": by,
            "at": NINE + timedelta(minutes=minutes),
            "quotes": quotes,
            "note": "zanzibar",
        }
    )


def test_overrides_come_back_as_they_were_in_the_order_they_were_given(archive: Kept) -> None:
    given = [found(minutes=5), found(Outcome.MISSED, by="Ana"), found(None, minutes=2), found(minutes=5)]
    for each in given:
        archive.add_override("r1", stamp(), each)
    assert archive.overrides("r1", stamp()) == given


def test_a_grade_that_nobody_has_looked_at_has_none(archive: Kept) -> None:
    assert archive.overrides("r1", stamp()) == []


def test_overrides_belong_to_one_round_and_to_one_judge(archive: Kept) -> None:
    archive.add_round(played_round("r2"))
    archive.add_override("r1", stamp("v1"), found())
    assert archive.overrides("r1", stamp("v2")) == []
    assert archive.overrides("r2", stamp("v1")) == []


def test_the_judges_grade_and_findings_stay_as_they_were(archive: Kept) -> None:
    archive.add_findings("r1", stamp(), findings())
    archive.add_override("r1", stamp(), found(Outcome.MISSED))
    assert archive.grade("r1") == grade()
    assert archive.findings("r1", stamp()) == (findings(),)


def test_judging_anew_leaves_what_people_found(archive: Kept) -> None:
    archive.add_override("r1", stamp(), found())
    archive.forget_grading("r1", stamp())
    assert archive.overrides("r1", stamp()) == [found()]


def test_a_round_that_is_not_there_takes_none(archive: Kept) -> None:
    with pytest.raises(NotFoundError, match="No round 'nowhere'"):
        archive.add_override("nowhere", stamp(), found())
    assert archive.overrides("nowhere", stamp()) == []


def test_a_deleted_round_takes_its_overrides_along_and_leaves_those_of_others(
    archive: Kept, tmp_path: Path
) -> None:
    archive.add_round(played_round("r2"))
    for id_ in ("r1", "r2"):
        archive.add_override(id_, stamp(), found())
    archive.delete_round("r1")
    archive.add_round(begun_round("r1"))
    assert archive.overrides("r1", stamp()) == []
    assert archive.overrides("r2", stamp()) == [found()]
    archive.delete_everything()
    assert archive.overrides("r2", stamp()) == []
    assert not any(b"zanzibar" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

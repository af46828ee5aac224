"""What every archive promises of what candidates learn from: self-ratings, retries, attempts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from coach.domain.grade import DimensionScore
from coach.domain.reopening import Question
from coach.domain.retry import Outlook, Retry
from coach.domain.review import SELF, Override
from coach.domain.scenario import Outcome
from coach.domain.self_rating import SelfRating
from coach.errors import NotFoundError
from tests.archive.builders import NINE, begun_round, grade, played_round, stamp, verdict
from tests.contracts.test_archive import ARCHIVES, Kept


@pytest.fixture(params=ARCHIVES)
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    with ARCHIVES[request.param](tmp_path) as opened:
        opened.add_round(played_round("r1"))
        yield opened


def rated(dimension: str = "evals", score: int = 3, *, sure: bool = True) -> SelfRating:
    return SelfRating(dimension=dimension, score=score, sure=sure, at=NINE)


def retry(id_: str = "t1", answer: str = "Two underwriters mark zanzibar, and it blocks.") -> Retry:
    return Retry(
        id=id_,
        criterion="evals.golden-set",
        question=Question(text="How would you know it works?", turn="I1", probe="evals.clarify"),
        answer=answer,
        turn="C4",
        at=NINE,
        seconds=71.5,
    )


def outlook(now: float = 2.5) -> Outlook:
    score = DimensionScore(id="evals", score=1.62, low=1.37, high=2.25, level=2, bar=3.0, opened=True)
    return Outlook(
        judge=stamp(),
        before=(verdict(),),
        after=(verdict(),),
        was=score,
        now=score.model_copy(update={"score": now}),
    )


def test_self_ratings_come_back_one_a_dimension_the_newest_of_each(archive: Kept) -> None:
    assert archive.self_ratings("r1") == ()
    for each in (rated("evals", 1), rated("cost", 4, sure=False), rated("evals", 3)):
        archive.keep_self_rating("r1", each)
    assert archive.self_ratings("r1") == (rated("cost", 4, sure=False), rated("evals", 3))


def test_a_retry_is_kept_before_it_is_judged_and_its_first_outlook_stands(archive: Kept) -> None:
    assert archive.add_retry("r1", retry())
    assert archive.retries("r1") == [retry()]
    archive.keep_outlook("r1", "t1", outlook(2.5))
    archive.keep_outlook("r1", "t1", outlook(4.0))
    assert archive.retries("r1") == [retry().model_copy(update={"outlook": outlook(2.5)})]


def test_a_retry_sent_twice_is_one(archive: Kept) -> None:
    archive.add_retry("r1", retry("t2"))
    assert archive.add_retry("r1", retry("t1"))
    assert not archive.add_retry("r1", retry("t1", "Other words."))
    assert [each.id for each in archive.retries("r1")] == ["t2", "t1"]
    assert archive.retries("r1")[1] == retry("t1")


def test_a_round_that_is_not_there_takes_nothing_and_an_outlook_needs_its_retry(archive: Kept) -> None:
    with pytest.raises(NotFoundError, match="No round 'nowhere'"):
        archive.keep_self_rating("nowhere", rated())
    with pytest.raises(NotFoundError, match="No round 'nowhere'"):
        archive.add_retry("nowhere", retry())
    with pytest.raises(NotFoundError, match="No retry 't9'"):
        archive.keep_outlook("r1", "t9", outlook())
    assert archive.self_ratings("nowhere") == ()
    assert archive.retries("nowhere") == []


def test_the_grade_stays_whatever_is_tried_again(archive: Kept) -> None:
    archive.add_grade("r1", grade())
    archive.add_retry("r1", retry())
    archive.keep_outlook("r1", "t1", outlook(4.0))
    assert archive.grades("r1") == [grade()]


def test_a_deleted_round_takes_both_along_and_leaves_those_of_others(archive: Kept, tmp_path: Path) -> None:
    archive.add_round(played_round("r2"))
    for id_ in ("r1", "r2"):
        archive.keep_self_rating(id_, rated())
        archive.add_retry(id_, retry())
    archive.delete_round("r1")
    archive.add_round(begun_round("r1"))
    assert (archive.self_ratings("r1"), archive.retries("r1")) == ((), [])
    assert (archive.self_ratings("r2"), archive.retries("r2")) == ((rated(),), [retry()])
    archive.delete_everything()
    assert not any(b"zanzibar" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def attempted(archive: Kept, id_: str, days: int, *versions: str, scenario: str = "semantic-search") -> None:
    """A round begun so many days after the first, with a grade by each judge."""
    round_ = played_round(id_, started_at=NINE + timedelta(days=days))
    setup = round_.setup.model_copy(update={"scenario": scenario})
    archive.add_round(round_.model_copy(update={"setup": setup}))
    for version in versions:
        archive.add_grade(id_, grade(version))


def test_attempts_are_the_newest_graded_rounds_each_with_its_newest_grade(archive: Kept) -> None:
    attempted(archive, "r2", 2, "v1", "v2")
    attempted(archive, "r3", 3)
    attempted(archive, "r4", 1, "v1")
    attempted(archive, "r5", -1, "v1")
    found = archive.attempts(2)
    assert [(each.round_id, each.grade.judge.version) for each in found] == [("r2", "v2"), ("r4", "v1")]
    assert found[0].started_at == NINE + timedelta(days=2)
    assert (found[0].scenario, found[0].minutes) == ("semantic-search", 45)
    assert found[0].title == played_round().brief.scenario.title
    assert [each.round_id for each in archive.attempts(9)] == ["r2", "r4", "r5"]


def test_attempts_at_one_scenario_are_counted_on_their_own(archive: Kept) -> None:
    attempted(archive, "r2", 2, "v1", scenario="document-qa")
    attempted(archive, "r3", 1, "v1")
    attempted(archive, "r4", 3, "v1")
    assert [each.round_id for each in archive.attempts(1, "document-qa")] == ["r2"]
    assert [each.round_id for each in archive.attempts(5, "semantic-search")] == ["r4", "r3"]
    assert archive.attempts(5, "unheard-of") == []


def test_an_attempt_says_how_it_was_rated_and_whether_people_settled_something_over_that_grade(
    archive: Kept,
) -> None:
    found = Override(criterion="evals.golden-set", verdict=Outcome.MISSED, by=SELF, at=NINE)
    for id_, over in (("r2", "v1"), ("r3", "v2")):
        attempted(archive, id_, 1, "v1", "v2")
        archive.add_override(id_, stamp(over), found)
    archive.keep_self_rating("r2", rated())
    archive.add_retry("r3", retry("t1"))
    archive.add_retry("r3", retry("t2"))
    archive.keep_outlook("r3", "t2", outlook(2.5))
    second, first = archive.attempts(2)
    assert (first.round_id, first.reviewed, first.ratings) == ("r2", False, (rated(),))
    assert (second.round_id, second.reviewed, second.ratings) == ("r3", True, ())
    assert second.grade == grade("v2")
    assert (first.retries, second.retries) == ((), (outlook(2.5).now,))

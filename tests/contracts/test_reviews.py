"""What every archive promises of remarks and of the queue."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coach.domain.queue import HELD_FOR, Waiting, Why
from coach.domain.remarks import Comment, Completion, Dismissal, Dispute, Remark, Reveal
from coach.domain.review import LevelFound
from coach.errors import NotFoundError
from tests.archive.builders import NINE, begun_round, grade, played_round, stamp
from tests.contracts.test_archive import ARCHIVES, Kept

COMMENT = Comment(turn="C1", text="zanzibar", by="Ana", at=NINE)
DISPUTE = Dispute(criterion="evals.golden-set", text="I named it.", at=NINE + timedelta(hours=3))
REVEAL = Reveal(by="Ana", at=NINE)
DONE = Completion(by="Ana", at=NINE + timedelta(hours=4), blind=True)
LEVEL = LevelFound(dimension="evals", level=2, by="Ana", at=NINE, note="zanzibar")
DISMISSAL = Dismissal(text="The recogniser heard noise.", by="Ana", at=NINE + timedelta(hours=4))


@pytest.fixture(params=ARCHIVES)
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    with ARCHIVES[request.param](tmp_path) as opened:
        yield opened


def waits(round_id: str, *why: Why, hours: float = 0, judge: str = "v1") -> Waiting:
    since = NINE + timedelta(hours=hours)
    return Waiting(round_id=round_id, judge=judge, title="Search", since=since, words=900, open=3, why=why)


def kept(archive: Kept, round_id: str, *why: Why, hours: float = 0) -> None:
    archive.add_round(played_round(round_id))
    archive.add_grade(round_id, grade(), waits(round_id, *why, hours=hours))


def waiting(archive: Kept, why: Why | None = None) -> list[str]:
    return [each.round_id for each in archive.queue(why)]


def later(**passed: float) -> datetime:
    return NINE + timedelta(**passed)


def test_remarks_come_back_as_they_were_in_the_order_they_were_made(archive: Kept) -> None:
    kept(archive, "r1")
    made: list[Remark] = [DISPUTE, LEVEL, REVEAL, COMMENT, LEVEL, DONE, DISMISSAL]
    for each in made:
        archive.add_remark("r1", stamp(), each)
    assert archive.remarks("r1", stamp()) == made


def test_levels_and_ends_belong_to_one_judge_and_comments_to_the_round(archive: Kept) -> None:
    kept(archive, "r1")
    for each in (LEVEL, REVEAL, COMMENT, DONE, DISPUTE, DISMISSAL):
        archive.add_remark("r1", stamp("v1"), each)
    assert archive.remarks("r1", stamp("v2")) == [COMMENT, DISPUTE, DISMISSAL]


def test_a_round_that_is_not_there_takes_none(archive: Kept) -> None:
    with pytest.raises(NotFoundError, match="No round 'nowhere'"):
        archive.add_remark("nowhere", stamp(), COMMENT)
    with pytest.raises(NotFoundError, match="No round 'nowhere'"):
        archive.enqueue(waits("nowhere", Why.SAMPLED))
    assert archive.remarks("nowhere", stamp()) == []
    assert archive.waiting("nowhere") is None


def test_the_most_pressing_waits_first_then_the_oldest_and_what_has_no_reason_not_at_all(archive: Kept) -> None:
    kept(archive, "sampled", Why.SAMPLED)
    kept(archive, "younger", Why.COULD_NOT_TELL, hours=2)
    kept(archive, "older", Why.COULD_NOT_TELL, Why.SAMPLED, hours=1)
    kept(archive, "spoken-to", Why.ADDRESSED, Why.COULD_NOT_TELL, hours=3)
    kept(archive, "fine")
    assert waiting(archive) == ["spoken-to", "older", "younger", "sampled"]
    assert waiting(archive, Why.SAMPLED) == ["older", "sampled"]
    assert [each.round_id for each in archive.queue(limit=2)] == ["spoken-to", "older"]
    sizes = archive.queue_sizes()
    assert (sizes[Why.COULD_NOT_TELL], sizes[Why.SAMPLED], sizes[Why.DISPUTED]) == (3, 2, 0)
    assert archive.queue_length() == 4
    assert archive.waiting("older") == waits("older", Why.COULD_NOT_TELL, Why.SAMPLED, hours=1)


def test_a_dispute_brings_its_round_to_the_front_done_or_not(archive: Kept) -> None:
    kept(archive, "first", Why.ADDRESSED)
    kept(archive, "fine")
    kept(archive, "done", Why.COULD_NOT_TELL)
    archive.add_remark("done", stamp(), DONE)
    for round_id in ("fine", "done"):
        archive.add_remark(round_id, stamp(), DISPUTE)
    assert waiting(archive) == ["done", "fine", "first"]
    assert archive.queue(limit=1)[0].since == DISPUTE.at


@pytest.mark.parametrize("end", [DONE, DISMISSAL])
def test_the_end_of_a_review_takes_the_round_out_and_lets_go_of_it(archive: Kept, end: Remark) -> None:
    kept(archive, "r1", Why.COULD_NOT_TELL)
    archive.hold_review("r1", "Ana", NINE)
    archive.add_remark("r1", stamp(), end)
    assert waiting(archive) == []
    found = archive.waiting("r1")
    assert found is not None
    assert (found.done_by, found.done_at, found.held_by) == ("Ana", end.at, None)
    assert archive.done_since(NINE) == 1
    assert archive.done_since(end.at + timedelta(seconds=1)) == 0


def test_the_same_judge_again_leaves_a_round_done_and_another_one_brings_it_back(archive: Kept) -> None:
    kept(archive, "r1", Why.COULD_NOT_TELL)
    archive.add_remark("r1", stamp("v1"), DONE)
    archive.add_grade("r1", grade("v1"), waits("r1", Why.COULD_NOT_TELL))
    assert waiting(archive) == []
    archive.add_grade("r1", grade("v2"), waits("r1", Why.NEAR_CUT, judge="v2"))
    assert waiting(archive) == ["r1"]
    assert archive.queue()[0].why == (Why.NEAR_CUT,)


def test_a_new_grade_leaves_a_dispute_open(archive: Kept) -> None:
    kept(archive, "r1")
    archive.add_remark("r1", stamp("v1"), DISPUTE)
    archive.add_grade("r1", grade("v2"), waits("r1", judge="v2"))
    found = archive.queue()
    assert [(each.why, each.since) for each in found] == [((Why.DISPUTED,), DISPUTE.at)]


def test_a_held_round_is_somebody_elses_until_they_let_go_or_do_nothing_for_half_an_hour(archive: Kept) -> None:
    kept(archive, "r1", Why.COULD_NOT_TELL)

    def holder(by: str, now: datetime, *, take_over: bool = False) -> str | None:
        found = archive.hold_review("r1", by, now, take_over=take_over)
        return found.held_by if found else None

    assert holder("Ana", NINE) == "Ana"
    assert holder("Ben", later(minutes=29)) == "Ana"
    assert holder("Ana", later(minutes=29)) == "Ana"
    assert holder("Ben", later(minutes=50)) == "Ana"
    assert holder("Ben", NINE + timedelta(minutes=29) + HELD_FOR) == "Ben"
    assert holder("Ana", later(minutes=61), take_over=True) == "Ana"
    archive.let_go("r1", "Ben")
    assert holder("Ben", later(minutes=62)) == "Ana"
    archive.let_go("r1", "Ana")
    assert holder("Ben", later(minutes=62)) == "Ben"
    assert archive.hold_review("nowhere", "Ana", NINE) is None


def test_the_next_round_is_the_first_that_nobody_else_holds(archive: Kept) -> None:
    kept(archive, "first", Why.ADDRESSED)
    kept(archive, "second", Why.NEAR_CUT)
    found = archive.hold_next("Ana", NINE)
    assert found is not None
    assert (found.round_id, found.held_by) == ("first", "Ana")
    assert [
        each and each.round_id for each in (archive.hold_next("Ana", NINE), archive.hold_next("Ben", NINE))
    ] == [
        "first",
        "second",
    ]
    assert archive.hold_next("Cleo", NINE) is None
    assert archive.hold_next("Cleo", NINE, Why.ADDRESSED) is None


def test_reviewers_who_ask_at_once_never_get_the_same_round(archive: Kept) -> None:
    for number in range(8):
        kept(archive, f"r{number}", Why.COULD_NOT_TELL)
    with ThreadPoolExecutor(max_workers=8) as pool:
        found = list(pool.map(lambda number: archive.hold_next(f"reviewer {number}", NINE), range(8)))
    assert {each.round_id for each in found if each} == {f"r{number}" for number in range(8)}


def test_reviewers_at_once_lose_nothing_of_each_others(archive: Kept) -> None:
    kept(archive, "r1", Why.COULD_NOT_TELL)
    made = [COMMENT.model_copy(update={"by": f"reviewer {n % 2}", "text": f"comment {n}"}) for n in range(20)]
    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(lambda each: archive.add_remark("r1", stamp(), each), made))
    found = archive.remarks("r1", stamp())
    assert len(found) == len(made)
    assert all(each in found for each in made)


def test_blind_reviews_that_are_complete_come_with_the_newest_grade_they_were_held_against(archive: Kept) -> None:
    for round_id in ("r1", "r2", "r3"):
        kept(archive, round_id, Why.COULD_NOT_TELL)
    for end in (DONE, DONE):
        archive.add_remark("r1", stamp(), end)
    archive.add_remark("r2", stamp(), DONE.model_copy(update={"blind": False}))
    archive.add_remark("r3", stamp(), REVEAL)
    again = grade().model_copy(update={"flags": ()})
    archive.add_grade("r1", again)
    archive.add_grade("r1", grade("v2"))
    assert archive.blind_reviews() == [("r1", "Ana", again)]


def test_a_deleted_round_takes_its_remarks_and_its_place_in_the_queue_along(archive: Kept, tmp_path: Path) -> None:
    kept(archive, "r1", Why.COULD_NOT_TELL)
    kept(archive, "r2", Why.COULD_NOT_TELL)
    for round_id in ("r1", "r2"):
        archive.add_remark(round_id, stamp(), COMMENT)
    archive.delete_round("r1")
    archive.add_round(begun_round("r1"))
    assert archive.remarks("r1", stamp()) == []
    assert waiting(archive) == ["r2"]
    archive.delete_everything()
    assert waiting(archive) == []
    assert not any(b"zanzibar" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

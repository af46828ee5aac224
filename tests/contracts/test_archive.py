"""What every archive promises, whatever it is built on. Another one joins by a line in ARCHIVES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.archive.archive import SqlArchive
from coach.domain.round import Setup
from coach.domain.transcript import Board
from coach.errors import ArchiveError, NotFoundError, RoundClosedError
from coach.ports import Archive, RoundLine
from tests.archive.builders import (
    NINE,
    answer,
    begun_round,
    brief,
    findings,
    grade,
    played_round,
    question,
    stamp,
    verdict,
)


def _sqlite(folder: Path) -> AbstractContextManager[Archive]:
    return closing(SqlArchive.open(f"sqlite:///{folder}/coach.db"))


ARCHIVES: dict[str, Callable[[Path], AbstractContextManager[Archive]]] = {"sqlite": _sqlite}


@pytest.fixture(params=ARCHIVES)
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    with ARCHIVES[request.param](tmp_path) as opened:
        yield opened


def test_a_played_round_comes_back_as_it_was(archive: Archive) -> None:
    kept = played_round("r1")
    archive.add_round(kept)
    assert archive.round("r1") == kept


def test_a_round_that_has_only_begun_comes_back_as_it_was(archive: Archive) -> None:
    kept = begun_round("r1")
    archive.add_round(kept)
    assert archive.round("r1") == kept


def test_a_round_keeps_the_brief_it_was_played_by(archive: Archive) -> None:
    older = brief().model_copy(
        update={"scenario": brief().scenario.model_copy(update={"title": "As it was called then"})}
    )
    archive.add_round(begun_round("old").model_copy(update={"brief": older}))
    archive.add_round(begun_round("new"))
    assert archive.round("old").brief == older
    assert list(archive.round("old").brief.expected) == list(older.expected)
    assert {line.id: line.title for line in archive.rounds()} == {
        "old": "As it was called then",
        "new": brief().scenario.title,
    }


def test_times_come_back_as_the_same_moment_from_any_zone(archive: Archive) -> None:
    there = NINE.astimezone(timezone(timedelta(hours=5, minutes=30)))
    archive.add_round(begun_round("r1", started_at=there))
    archive.end_round("r1", there + timedelta(minutes=3))
    kept = archive.round("r1")
    assert kept.started_at == NINE
    assert kept.ended_at == NINE + timedelta(minutes=3)
    assert kept.elapsed(NINE) == 180


def test_a_time_without_a_zone_is_refused(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="names no zone"):
        archive.add_round(begun_round("r1", started_at=NINE.replace(tzinfo=None)))
    assert archive.rounds() == []


def test_a_round_is_kept_once_and_the_first_stands(archive: Archive) -> None:
    archive.add_round(begun_round("r1", minutes=20))
    with pytest.raises(ArchiveError, match="r1 is already kept"):
        archive.add_round(begun_round("r1", minutes=60))
    assert archive.round("r1").setup.minutes == 20


def test_a_round_whose_turns_clash_is_kept_not_at_all(archive: Archive) -> None:
    clashing = begun_round("r1").model_copy(update={"turns": (answer(1), answer(1))})
    with pytest.raises(ArchiveError):
        archive.add_round(clashing)
    assert archive.rounds() == []


def test_a_new_archive_lists_no_rounds(archive: Archive) -> None:
    assert archive.rounds() == []


def test_rounds_are_listed_newest_first_with_what_a_list_shows(archive: Archive) -> None:
    archive.add_round(played_round("first", exchanges=2))
    archive.add_grade("first", grade())
    rehearsed = begun_round("second", started_at=NINE + timedelta(days=1)).model_copy(
        update={"setup": Setup(scenario="semantic-search", role="infra", minutes=12, rehearse=True)}
    )
    archive.add_round(rehearsed)
    title = brief().scenario.title
    assert archive.rounds() == [
        RoundLine(
            id="second",
            scenario="semantic-search",
            title=title,
            role="infra",
            level="senior",
            minutes=12,
            rehearse=True,
            started_at=NINE + timedelta(days=1),
            ended_at=None,
            turns=0,
            graded=False,
        ),
        RoundLine(
            id="first",
            scenario="semantic-search",
            title=title,
            role="product",
            level="senior",
            minutes=45,
            rehearse=False,
            started_at=NINE,
            ended_at=NINE + timedelta(minutes=40),
            turns=2,
            graded=True,
        ),
    ]


def test_turns_come_back_in_the_order_they_were_added(archive: Archive) -> None:
    archive.add_round(begun_round("r1"))
    asked, step = question(1)
    assert archive.add_turn("r1", answer(2))
    assert archive.add_turn("r1", asked, step)
    assert archive.add_turn("r1", answer(1))
    kept = archive.round("r1")
    assert kept.turns == (answer(2), asked, answer(1))
    assert kept.steps == {"I1": step}


def test_turns_are_added_behind_those_a_round_came_with(archive: Archive) -> None:
    archive.add_round(played_round("r1", exchanges=2).model_copy(update={"ended_at": None}))
    archive.add_turn("r1", answer(3))
    assert [turn.id for turn in archive.round("r1").turns] == ["I1", "C1", "I2", "C2", "C3"]


def test_a_turn_with_a_known_key_changes_nothing(archive: Archive) -> None:
    archive.add_round(begun_round("r1"))
    assert archive.add_turn("r1", answer(1, "Once."), key="click-1")
    assert not archive.add_turn("r1", answer(2, "Twice."), key="click-1")
    assert archive.round("r1").turns == (answer(1, "Once."),)


def test_a_turn_with_a_known_id_changes_nothing(archive: Archive) -> None:
    archive.add_round(begun_round("r1"))
    assert archive.add_turn("r1", answer(1, "This tab."), key="tab-1")
    assert not archive.add_turn("r1", answer(1, "That tab."), key="tab-2")
    assert not archive.add_turn("r1", answer(1, "No key."))
    assert archive.round("r1").turns == (answer(1, "This tab."),)


def test_turns_without_a_key_do_not_stand_in_each_others_way(archive: Archive) -> None:
    archive.add_round(begun_round("r1"))
    assert archive.add_turn("r1", answer(1))
    assert archive.add_turn("r1", answer(2))


def test_the_same_key_and_id_may_be_used_in_another_round(archive: Archive) -> None:
    for id_ in ("r1", "r2"):
        archive.add_round(begun_round(id_))
        assert archive.add_turn(id_, answer(1), key="click-1")


def test_an_ended_round_takes_no_more_turns(archive: Archive) -> None:
    archive.add_round(played_round("r1", exchanges=1))
    with pytest.raises(RoundClosedError, match="r1 has ended; begin a new one"):
        archive.add_turn("r1", answer(2), key="late")
    assert len(archive.round("r1").turns) == 2


def test_a_turn_sent_again_after_the_end_was_kept_already(archive: Archive) -> None:
    archive.add_round(begun_round("r1"))
    archive.add_turn("r1", answer(1), key="click-1")
    archive.end_round("r1", NINE)
    assert not archive.add_turn("r1", answer(1), key="click-1")


def test_the_first_end_of_a_round_stands(archive: Archive) -> None:
    archive.add_round(begun_round("r1"))
    archive.end_round("r1", NINE + timedelta(minutes=5))
    archive.end_round("r1", NINE + timedelta(minutes=9))
    assert archive.round("r1").ended_at == NINE + timedelta(minutes=5)


USES: dict[str, Callable[[Archive], object]] = {
    "round": lambda archive: archive.round("nowhere"),
    "add_turn": lambda archive: archive.add_turn("nowhere", answer(1)),
    "end_round": lambda archive: archive.end_round("nowhere", NINE),
    "delete_round": lambda archive: archive.delete_round("nowhere"),
    "add_findings": lambda archive: archive.add_findings("nowhere", stamp(), findings()),
    "add_grade": lambda archive: archive.add_grade("nowhere", grade()),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES.keys())
def test_an_unknown_round_is_not_found(archive: Archive, use: Callable[[Archive], object]) -> None:
    archive.add_round(begun_round("r1"))
    with pytest.raises(NotFoundError, match="No round 'nowhere'"):
        use(archive)


def test_a_deleted_round_takes_its_turns_findings_and_grades_along(archive: Archive) -> None:
    archive.add_round(played_round("r1"))
    archive.add_findings("r1", stamp(), findings())
    archive.add_grade("r1", grade())
    archive.delete_round("r1")
    assert archive.rounds() == []
    archive.add_round(begun_round("r1"))
    assert archive.round("r1").turns == ()
    assert archive.findings("r1", stamp()) == ()
    assert archive.grade("r1") is None


def test_deleting_one_round_leaves_the_others(archive: Archive) -> None:
    for id_ in ("r1", "r2"):
        archive.add_round(played_round(id_))
        archive.add_findings(id_, stamp(), findings())
        archive.add_grade(id_, grade())
    archive.delete_round("r1")
    assert archive.round("r2") == played_round("r2")
    assert archive.findings("r2", stamp()) == (findings(),)
    assert archive.grade("r2") == grade()


def test_an_interrupted_grading_finds_what_was_judged_before(archive: Archive) -> None:
    archive.add_round(played_round("r1"))
    assert archive.findings("r1", stamp()) == ()
    judged = (findings("data", "zeta", "alpha"), findings("evals", "golden-set"))
    for found in reversed(judged):
        archive.add_findings("r1", stamp(), found)
    assert archive.findings("r1", stamp()) == judged


def test_a_dimension_judged_without_verdicts_counts_as_judged(archive: Archive) -> None:
    archive.add_round(played_round("r1"))
    empty = findings().model_copy(update={"verdicts": ()})
    archive.add_findings("r1", stamp(), empty)
    assert archive.findings("r1", stamp()) == (empty,)


def test_findings_already_kept_stay_as_they_were(archive: Archive) -> None:
    archive.add_round(played_round("r1"))
    archive.add_findings("r1", stamp(), findings("evals", "golden-set"))
    archive.add_findings("r1", stamp(), findings("evals", "another", "third"))
    assert archive.findings("r1", stamp()) == (findings("evals", "golden-set"),)


def test_another_version_of_the_judge_starts_anew(archive: Archive) -> None:
    archive.add_round(played_round("r1"))
    archive.add_findings("r1", stamp("v1"), findings("evals", "golden-set"))
    assert archive.findings("r1", stamp("v2")) == ()
    archive.add_findings("r1", stamp("v2"), findings("evals", "ci-gate"))
    assert archive.findings("r1", stamp("v1")) == (findings("evals", "golden-set"),)
    assert archive.findings("r1", stamp("v2")) == (findings("evals", "ci-gate"),)


def test_one_judge_has_one_verdict_on_a_criterion(archive: Archive) -> None:
    archive.add_round(played_round("r1"))
    archive.add_findings("r1", stamp(), findings("evals", "golden-set"))
    strayed = findings("data").model_copy(update={"verdicts": (verdict("evals.golden-set"),)})
    with pytest.raises(ArchiveError):
        archive.add_findings("r1", stamp(), strayed)
    assert archive.findings("r1", stamp()) == (findings("evals", "golden-set"),)


def test_the_newest_grade_is_the_one_that_counts(archive: Archive) -> None:
    archive.add_round(played_round("r1"))
    assert archive.grade("r1") is None
    archive.add_grade("r1", grade("v1"))
    archive.add_grade("r1", grade("v2"))
    assert archive.grade("r1") == grade("v2")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(text=st.text(), notes=st.text(), key=st.text(min_size=1))
def test_every_text_comes_back_to_the_letter(archive: Archive, text: str, notes: str, key: str) -> None:
    if not archive.rounds():
        archive.add_round(begun_round("r1"))
    said = answer(len(archive.round("r1").turns) + 1, text).model_copy(update={"board": Board(notes=notes)})
    archive.add_turn("r1", said, key=f"{said.id} {key}")
    assert archive.round("r1").turns[-1] == said


def test_turns_added_at_once_are_each_kept_once(archive: Archive) -> None:
    archive.add_round(begun_round("r1"))

    def add(number: int) -> bool:
        return archive.add_turn("r1", answer(number), key=f"click-{number}")

    with ThreadPoolExecutor(max_workers=8) as pool:
        added = list(pool.map(add, [number for number in range(1, 13) for _ in range(4)]))
    assert added.count(True) == 12
    assert sorted(int(turn.id[1:]) for turn in archive.round("r1").turns) == list(range(1, 13))


def test_a_round_ends_once_however_many_end_it(archive: Archive) -> None:
    archive.add_round(begun_round("r1"))

    def act(number: int) -> bool | None:
        if number == 5:
            archive.end_round("r1", NINE)
            return None
        try:
            return archive.add_turn("r1", answer(number))
        except RoundClosedError:
            return False

    with ThreadPoolExecutor(max_workers=8) as pool:
        added = list(pool.map(act, range(1, 11)))
    kept = archive.round("r1")
    assert kept.is_over
    assert len(kept.turns) == added.count(True)

"""What every archive promises, whatever it is built on. Another one joins by a line in ARCHIVES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from datetime import timedelta, timezone
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.archive.archive import SqlArchive
from coach.domain.calibration_rounds import PREFIX
from coach.domain.calls import CallOutcome, Spending
from coach.domain.round import Setup
from coach.domain.transcript import Board
from coach.errors import ArchiveError, NotFoundError, RoundClosedError
from coach.ports import Archive, CallLog, RoundLine
from tests.archive.builders import (
    NINE,
    answer,
    begun_round,
    brief,
    call,
    ended_call,
    findings,
    grade,
    played_round,
    question,
    stamp,
    verdict,
)
from tests.databases import lay


class Kept(Archive, CallLog, Protocol):
    """One object keeps what candidates did and what models cost."""


def _sqlite(folder: Path) -> AbstractContextManager[Kept]:
    lay(folder)
    return closing(SqlArchive.open(f"sqlite:///{folder}/coach.sqlite"))


ARCHIVES: dict[str, Callable[[Path], AbstractContextManager[Kept]]] = {"sqlite": _sqlite}


@pytest.fixture(params=ARCHIVES)
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    with ARCHIVES[request.param](tmp_path) as opened:
        yield opened


def test_a_played_round_comes_back_as_it_was(archive: Kept) -> None:
    kept = played_round("r1")
    archive.add_round(kept)
    assert archive.round("r1") == kept


def test_a_round_that_has_only_begun_comes_back_as_it_was(archive: Kept) -> None:
    kept = begun_round("r1")
    archive.add_round(kept)
    assert archive.round("r1") == kept


def test_a_round_keeps_the_brief_it_was_played_by(archive: Kept) -> None:
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


def test_times_come_back_as_the_same_moment_from_any_zone(archive: Kept) -> None:
    there = NINE.astimezone(timezone(timedelta(hours=5, minutes=30)))
    archive.add_round(begun_round("r1", started_at=there))
    archive.end_round("r1", there + timedelta(minutes=3))
    kept = archive.round("r1")
    assert kept.started_at == NINE
    assert kept.ended_at == NINE + timedelta(minutes=3)
    assert kept.elapsed(NINE) == 180


def test_a_time_without_a_zone_is_refused(archive: Kept) -> None:
    with pytest.raises(ArchiveError, match="names no zone"):
        archive.add_round(begun_round("r1", started_at=NINE.replace(tzinfo=None)))
    assert archive.rounds() == []


def test_a_round_is_kept_once_and_the_first_stands(archive: Kept) -> None:
    archive.add_round(begun_round("r1", minutes=20))
    with pytest.raises(ArchiveError, match="r1 is already kept"):
        archive.add_round(begun_round("r1", minutes=60))
    assert archive.round("r1").setup.minutes == 20


def test_a_round_whose_turns_clash_is_kept_not_at_all(archive: Kept) -> None:
    clashing = begun_round("r1").model_copy(update={"turns": (answer(1), answer(1))})
    with pytest.raises(ArchiveError):
        archive.add_round(clashing)
    assert archive.rounds() == []


def test_a_new_archive_lists_no_rounds(archive: Kept) -> None:
    assert archive.rounds() == []


def test_rounds_are_listed_newest_first_with_what_a_list_shows(archive: Kept) -> None:
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


def test_turns_come_back_in_the_order_they_were_added(archive: Kept) -> None:
    archive.add_round(begun_round("r1"))
    asked, step = question(1)
    assert archive.add_turn("r1", answer(2))
    assert archive.add_turn("r1", asked, step)
    assert archive.add_turn("r1", answer(1))
    kept = archive.round("r1")
    assert kept.turns == (answer(2), asked, answer(1))
    assert kept.steps == {"I1": step}


def test_turns_are_added_behind_those_a_round_came_with(archive: Kept) -> None:
    archive.add_round(played_round("r1", exchanges=2).model_copy(update={"ended_at": None}))
    archive.add_turn("r1", answer(3))
    assert [turn.id for turn in archive.round("r1").turns] == ["I1", "C1", "I2", "C2", "C3"]


def test_a_turn_with_a_known_key_changes_nothing(archive: Kept) -> None:
    archive.add_round(begun_round("r1"))
    assert archive.add_turn("r1", answer(1, "Once."), key="click-1")
    assert not archive.add_turn("r1", answer(2, "Twice."), key="click-1")
    assert archive.round("r1").turns == (answer(1, "Once."),)


def test_a_turn_with_a_known_id_changes_nothing(archive: Kept) -> None:
    archive.add_round(begun_round("r1"))
    assert archive.add_turn("r1", answer(1, "This tab."), key="tab-1")
    assert not archive.add_turn("r1", answer(1, "That tab."), key="tab-2")
    assert not archive.add_turn("r1", answer(1, "No key."))
    assert archive.round("r1").turns == (answer(1, "This tab."),)


def test_turns_without_a_key_do_not_stand_in_each_others_way(archive: Kept) -> None:
    archive.add_round(begun_round("r1"))
    assert archive.add_turn("r1", answer(1))
    assert archive.add_turn("r1", answer(2))


def test_the_same_key_and_id_may_be_used_in_another_round(archive: Kept) -> None:
    for id_ in ("r1", "r2"):
        archive.add_round(begun_round(id_))
        assert archive.add_turn(id_, answer(1), key="click-1")


def test_an_ended_round_takes_no_more_turns(archive: Kept) -> None:
    archive.add_round(played_round("r1", exchanges=1))
    with pytest.raises(RoundClosedError, match="r1 has ended; begin a new one"):
        archive.add_turn("r1", answer(2), key="late")
    assert len(archive.round("r1").turns) == 2


def test_a_turn_sent_again_after_the_end_was_kept_already(archive: Kept) -> None:
    archive.add_round(begun_round("r1"))
    archive.add_turn("r1", answer(1), key="click-1")
    archive.end_round("r1", NINE)
    assert not archive.add_turn("r1", answer(1), key="click-1")


def test_the_first_end_of_a_round_stands(archive: Kept) -> None:
    archive.add_round(begun_round("r1"))
    archive.end_round("r1", NINE + timedelta(minutes=5))
    archive.end_round("r1", NINE + timedelta(minutes=9))
    assert archive.round("r1").ended_at == NINE + timedelta(minutes=5)


USES: dict[str, Callable[[Kept], object]] = {
    "round": lambda archive: archive.round("nowhere"),
    "add_turn": lambda archive: archive.add_turn("nowhere", answer(1)),
    "end_round": lambda archive: archive.end_round("nowhere", NINE),
    "delete_round": lambda archive: archive.delete_round("nowhere"),
    "add_findings": lambda archive: archive.add_findings("nowhere", stamp(), findings()),
    "add_grade": lambda archive: archive.add_grade("nowhere", grade()),
    "forget_grading": lambda archive: archive.forget_grading("nowhere", stamp()),
    "switch_engine": lambda archive: archive.switch_engine("nowhere", "llm"),
    "begin_call": lambda archive: archive.begin_call(call(), "nowhere"),
    "keep_reply": lambda archive: archive.keep_reply("nowhere", "evals", "{}"),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES.keys())
def test_an_unknown_round_is_not_found(archive: Kept, use: Callable[[Kept], object]) -> None:
    archive.add_round(begun_round("r1"))
    with pytest.raises(NotFoundError, match="No round 'nowhere'"):
        use(archive)


def test_a_deleted_round_takes_its_turns_findings_and_grades_along(archive: Kept) -> None:
    archive.add_round(played_round("r1"))
    archive.add_findings("r1", stamp(), findings())
    archive.add_grade("r1", grade())
    archive.delete_round("r1")
    assert archive.rounds() == []
    archive.add_round(begun_round("r1"))
    assert archive.round("r1").turns == ()
    assert archive.findings("r1", stamp()) == ()
    assert archive.grade("r1") is None


def test_deleting_one_round_leaves_the_others(archive: Kept) -> None:
    for id_ in ("r1", "r2"):
        archive.add_round(played_round(id_))
        archive.add_findings(id_, stamp(), findings())
        archive.add_grade(id_, grade())
    archive.delete_round("r1")
    assert archive.round("r2") == played_round("r2")
    assert archive.findings("r2", stamp()) == (findings(),)
    assert archive.grade("r2") == grade()


def test_an_interrupted_grading_finds_what_was_judged_before(archive: Kept) -> None:
    archive.add_round(played_round("r1"))
    assert archive.findings("r1", stamp()) == ()
    judged = (findings("data", "zeta", "alpha"), findings("evals", "golden-set"))
    for found in reversed(judged):
        archive.add_findings("r1", stamp(), found)
    assert archive.findings("r1", stamp()) == judged


def test_a_dimension_judged_without_verdicts_counts_as_judged(archive: Kept) -> None:
    archive.add_round(played_round("r1"))
    empty = findings().model_copy(update={"verdicts": ()})
    archive.add_findings("r1", stamp(), empty)
    assert archive.findings("r1", stamp()) == (empty,)


def test_findings_already_kept_stay_as_they_were(archive: Kept) -> None:
    archive.add_round(played_round("r1"))
    archive.add_findings("r1", stamp(), findings("evals", "golden-set"))
    archive.add_findings("r1", stamp(), findings("evals", "another", "third"))
    assert archive.findings("r1", stamp()) == (findings("evals", "golden-set"),)


def test_another_version_of_the_judge_starts_anew(archive: Kept) -> None:
    archive.add_round(played_round("r1"))
    archive.add_findings("r1", stamp("v1"), findings("evals", "golden-set"))
    assert archive.findings("r1", stamp("v2")) == ()
    archive.add_findings("r1", stamp("v2"), findings("evals", "ci-gate"))
    assert archive.findings("r1", stamp("v1")) == (findings("evals", "golden-set"),)
    assert archive.findings("r1", stamp("v2")) == (findings("evals", "ci-gate"),)


def test_one_judge_has_one_verdict_on_a_criterion(archive: Kept) -> None:
    archive.add_round(played_round("r1"))
    archive.add_findings("r1", stamp(), findings("evals", "golden-set"))
    strayed = findings("data").model_copy(update={"verdicts": (verdict("evals.golden-set"),)})
    with pytest.raises(ArchiveError):
        archive.add_findings("r1", stamp(), strayed)
    assert archive.findings("r1", stamp()) == (findings("evals", "golden-set"),)


def test_the_newest_grade_is_the_one_that_counts(archive: Kept) -> None:
    archive.add_round(played_round("r1"))
    assert archive.grade("r1") is None
    archive.add_grade("r1", grade("v1"))
    archive.add_grade("r1", grade("v2"))
    assert archive.grade("r1") == grade("v2")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(text=st.text(), notes=st.text(), key=st.text(min_size=1))
def test_every_text_comes_back_to_the_letter(archive: Kept, text: str, notes: str, key: str) -> None:
    if not archive.rounds():
        archive.add_round(begun_round("r1"))
    said = answer(len(archive.round("r1").turns) + 1, text).model_copy(update={"board": Board(notes=notes)})
    archive.add_turn("r1", said, key=f"{said.id} {key}")
    assert archive.round("r1").turns[-1] == said


def test_turns_added_at_once_are_each_kept_once(archive: Kept) -> None:
    archive.add_round(begun_round("r1"))

    def add(number: int) -> bool:
        return archive.add_turn("r1", answer(number), key=f"click-{number}")

    with ThreadPoolExecutor(max_workers=8) as pool:
        added = list(pool.map(add, [number for number in range(1, 13) for _ in range(4)]))
    assert added.count(True) == 12
    assert sorted(int(turn.id[1:]) for turn in archive.round("r1").turns) == list(range(1, 13))


def test_a_round_ends_once_however_many_end_it(archive: Kept) -> None:
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


def test_the_board_is_kept_as_it_stands_until_the_end(archive: Kept) -> None:
    archive.add_round(begun_round("r1"))
    assert archive.round("r1").board == Board()
    for board in (Board(notes="hybrid"), Board(notes="hybrid", mermaid="graph LR; a-->b")):
        archive.keep_board("r1", board)
        assert archive.round("r1").board == board
    archive.end_round("r1", NINE)
    with pytest.raises(RoundClosedError, match="its board stays"):
        archive.keep_board("r1", Board(notes="too late"))
    assert archive.round("r1").board.notes == "hybrid"


def test_pauses_add_up_and_a_second_click_changes_nothing(archive: Kept) -> None:
    archive.add_round(begun_round("r1"))
    for minutes in (1, 11):
        archive.pause_round("r1", NINE + timedelta(minutes=minutes))
        archive.pause_round("r1", NINE + timedelta(minutes=minutes + 1))
        assert archive.round("r1").paused_at == NINE + timedelta(minutes=minutes)
        archive.resume_round("r1", NINE + timedelta(minutes=minutes + 5))
        archive.resume_round("r1", NINE + timedelta(minutes=minutes + 8))
    kept = archive.round("r1")
    assert (kept.paused_at, kept.paused_seconds) == (None, 600.0)


def test_a_round_that_has_ended_is_neither_paused_nor_resumed(archive: Kept) -> None:
    archive.add_round(played_round("r1"))
    archive.pause_round("r1", NINE + timedelta(hours=1))
    archive.resume_round("r1", NINE + timedelta(hours=2))
    assert archive.round("r1") == played_round("r1")


@pytest.mark.parametrize("act", ["keep_board", "pause_round", "resume_round"])
def test_nothing_is_kept_for_a_round_that_is_not_there(archive: Kept, act: str) -> None:
    with pytest.raises(NotFoundError, match="pick one from the list"):
        getattr(archive, act)("nowhere", Board() if act == "keep_board" else NINE)


def test_a_list_may_stop_at_the_newest(archive: Kept) -> None:
    for number in range(4):
        archive.add_round(begun_round(f"r{number}", started_at=NINE + timedelta(days=number)))
    assert [line.id for line in archive.rounds(2)] == ["r3", "r2"]
    assert [line.id for line in archive.rounds(2, 1)] == ["r2", "r1"]
    assert [line.id for line in archive.rounds(offset=3)] == ["r0"]
    assert len(archive.rounds()) == 4


def test_a_round_that_reviewers_calibrate_on_is_in_no_list(archive: Kept) -> None:
    archive.add_round(begun_round("r1"))
    archive.add_round(begun_round(f"{PREFIX}0"))
    assert [line.id for line in archive.rounds()] == ["r1"]
    assert archive.round(f"{PREFIX}0").id == f"{PREFIX}0"


def test_deleting_everything_leaves_no_word_on_the_disk(archive: Kept, tmp_path: Path) -> None:
    for number in range(3):
        round_ = begun_round(f"r{number}").model_copy(update={"board": Board(notes="zanzibar drawn")})
        archive.add_round(round_)
        archive.add_turn(f"r{number}", answer(1, "zanzibar said"))
        archive.add_findings(f"r{number}", stamp(), findings())
        archive.add_grade(f"r{number}", grade())
    archive.delete_everything()
    archive.delete_everything()
    assert archive.rounds() == []
    assert not any(b"zanzibar" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_another_engine_goes_on_with_a_round_and_nothing_else_changes(archive: Kept) -> None:
    begun = begun_round("r1", minutes=20)
    archive.add_round(begun)
    archive.add_round(begun_round("r2"))
    archive.switch_engine("r1", "llm")
    assert archive.round("r1") == begun.model_copy(
        update={"setup": begun.setup.model_copy(update={"engine": "llm"})}
    )
    assert archive.round("r2") == begun_round("r2")


def test_a_round_that_has_ended_keeps_its_engine(archive: Kept) -> None:
    archive.add_round(played_round("r1"))
    with pytest.raises(RoundClosedError, match="r1 has ended"):
        archive.switch_engine("r1", "llm")
    assert archive.round("r1") == played_round("r1")


def test_a_forgotten_grading_is_judged_anew_and_finished_grades_stay(archive: Kept) -> None:
    for id_ in ("r1", "r2"):
        archive.add_round(played_round(id_))
        archive.add_findings(id_, stamp("v1"), findings())
        archive.keep_reply(id_, "evals", "it names a size")
    archive.add_findings("r1", stamp("v2"), findings())
    archive.add_grade("r1", grade("v1"))
    archive.forget_grading("r1", stamp("v1"))
    assert archive.findings("r1", stamp("v1")) == ()
    assert archive.reply("r1", "evals") is None
    assert archive.findings("r1", stamp("v2")) == (findings(),)
    assert archive.grade("r1") == grade("v1")
    assert archive.findings("r2", stamp("v1")) == (findings(),)
    assert archive.reply("r2", "evals") == "it names a size"
    archive.add_findings("r1", stamp("v1"), findings("evals", "another"))
    assert archive.findings("r1", stamp("v1")) == (findings("evals", "another"),)


def test_a_reply_is_found_again_by_its_key_and_the_first_one_stands(archive: Kept) -> None:
    for id_ in ("r1", "r2"):
        archive.add_round(played_round(id_))
    assert archive.reply("r1", "evals") is None
    archive.keep_reply("r1", "evals", "first \N{SNOWMAN}")
    archive.keep_reply("r1", "evals", "second")
    archive.keep_reply("r1", "cost", "")
    assert archive.reply("r1", "evals") == "first \N{SNOWMAN}"
    assert archive.reply("r1", "cost") == ""
    assert archive.reply("r2", "evals") is None
    assert archive.reply("nowhere", "evals") is None


def test_a_call_is_kept_as_it_is_sent_and_completed_once(archive: Kept) -> None:
    archive.add_round(begun_round("r1"))
    number = archive.begin_call(call(usd=0.05), "r1")
    assert archive.calls("r1") == [call(usd=0.05)]
    archive.end_call(number, ended_call(usd=0.02))
    archive.end_call(number, ended_call(usd=9.0, outcome=CallOutcome.UNAVAILABLE))
    assert archive.calls("r1") == [ended_call(usd=0.02)]


def test_a_rounds_calls_are_listed_in_the_order_they_were_sent(archive: Kept) -> None:
    archive.add_round(begun_round("r1"))
    archive.add_round(begun_round("r2"))
    numbers = [archive.begin_call(call(model=f"openai:m{place}"), "r1") for place in range(3)]
    archive.begin_call(call(model="openai:other"), "r2")
    archive.begin_call(call(model="openai:trial"), None)
    for number, place in zip(reversed(numbers), (2, 1, 0), strict=True):
        archive.end_call(number, ended_call(model=f"openai:m{place}"))
    assert [kept.model for kept in archive.calls("r1")] == ["openai:m0", "openai:m1", "openai:m2"]
    assert archive.calls("nowhere") == []


def test_nothing_is_spent_where_nothing_was_called(archive: Kept) -> None:
    assert archive.spent() == Spending()
    assert archive.spent("nowhere", since=NINE) == Spending()


def test_calls_add_up_to_what_they_used(archive: Kept) -> None:
    archive.add_round(begun_round("r1"))
    for _ in range(2):
        archive.end_call(archive.begin_call(call(usd=0.5), "r1"), ended_call(usd=0.25))
    assert archive.spent("r1") == Spending(
        usd=0.5, input_tokens=2_400, cached_tokens=2_000, output_tokens=60, calls=2, seconds=3.0
    )


def test_a_call_under_way_counts_with_what_it_was_begun_with(archive: Kept) -> None:
    archive.add_round(begun_round("r1"))
    archive.begin_call(call(usd=0.75), "r1")
    archive.end_call(archive.begin_call(call(usd=0.5), "r1"), ended_call(usd=0.25))
    assert archive.spent("r1").usd == 1.0
    assert archive.spent("r1").calls == 2


def test_calls_whose_price_is_not_known_are_counted_apart(archive: Kept) -> None:
    archive.begin_call(call(), None)
    archive.end_call(archive.begin_call(call(), None), ended_call())
    archive.end_call(archive.begin_call(call(), None), ended_call(usd=0.25))
    assert (archive.spent().usd, archive.spent().unpriced, archive.spent().calls) == (0.25, 2, 3)


def test_spending_is_counted_by_round_and_by_time(archive: Kept) -> None:
    for id_ in ("r1", "r2"):
        archive.add_round(begun_round(id_))
    for round_id, days, usd in (("r1", 0, 1.0), ("r1", 2, 2.0), ("r2", 2, 4.0), (None, 3, 8.0)):
        archive.begin_call(call(usd=usd, at=NINE + timedelta(days=days)), round_id)
    assert archive.spent().usd == 15.0
    assert archive.spent("r1").usd == 3.0
    assert archive.spent(since=NINE + timedelta(days=2)).usd == 14.0
    assert archive.spent("r1", since=NINE + timedelta(seconds=1)).usd == 2.0
    there = (NINE + timedelta(days=2)).astimezone(timezone(timedelta(hours=-9)))
    assert archive.spent(since=there).usd == 14.0


def test_a_deleted_round_leaves_its_cost_and_no_trace_of_itself(archive: Kept, tmp_path: Path) -> None:
    archive.add_round(played_round("zanzibar"))
    number = archive.begin_call(call(usd=0.5), "zanzibar")
    archive.keep_reply("zanzibar", "evals", "the candidate went to zanzibar")
    archive.delete_round("zanzibar")
    assert archive.calls("zanzibar") == []
    assert archive.reply("zanzibar", "evals") is None
    assert archive.spent("zanzibar") == Spending()
    assert archive.spent().usd == 0.5
    archive.end_call(number, ended_call(usd=0.25))
    assert archive.spent().usd == 0.25
    assert not any(b"zanzibar" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_deleting_everything_takes_calls_and_replies_along(archive: Kept, tmp_path: Path) -> None:
    archive.add_round(played_round("r1"))
    archive.keep_reply("r1", "evals", "zanzibar")
    archive.begin_call(call(usd=1.0), None)
    lost = archive.begin_call(call(usd=1.0), "r1")
    archive.delete_everything()
    assert archive.spent() == Spending()
    assert not any(b"zanzibar" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    archive.begin_call(call(usd=0.5), None)
    archive.end_call(lost, ended_call(usd=9.0))
    assert archive.spent().usd == 0.5


def test_calls_from_many_threads_are_each_kept_while_a_round_is_played(archive: Kept) -> None:
    archive.add_round(begun_round("r1"))

    def judge(thread: int) -> None:
        for place in range(6):
            number = archive.begin_call(call(usd=1.0), "r1")
            archive.keep_reply("r1", f"{thread}-{place}", f"reply {place}")
            archive.spent("r1")
            archive.end_call(number, ended_call(usd=0.25))

    def play() -> None:
        for number in range(1, 25):
            archive.add_turn("r1", answer(number))

    with ThreadPoolExecutor(max_workers=9) as pool:
        done = [pool.submit(play), *(pool.submit(judge, thread) for thread in range(8))]
        for each in done:
            each.result()
    assert len(archive.round("r1").turns) == 24
    assert archive.calls("r1") == [ended_call(usd=0.25)] * 48
    assert archive.spent("r1").usd == 12.0
    assert all(archive.reply("r1", f"{thread}-{place}") for thread in range(8) for place in range(6))

"""The use cases in path order, against the real archive, library and offline engines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coach.archive.archive import SqlArchive
from coach.domain.grade import Findings, Grade, JudgeStamp, ResultKind
from coach.domain.interview.agenda import Wish
from coach.domain.review import SELF, Override, open_criteria
from coach.domain.round import Round, Setup, Step
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome
from coach.domain.transcript import Board, Move, Speaker, Transcript
from coach.engines.offline.judge import OfflineJudge
from coach.errors import ContentError, NotFoundError, RoundClosedError
from coach.practice import (
    Desk,
    answer,
    begin,
    draw,
    finish,
    grade_round,
    grade_transcript,
    override,
    owes_reply,
    pause,
    reply,
    resume,
    review,
    say,
    take_in,
)
from coach.settings import Settings
from coach.wiring import build_desk
from tests.builders import NINE, library, shipped
from tests.databases import lay

TALK = (
    "I would start from the person at the other end and work backwards, since that is who lives with the result. "
    "Six thousand claims staff, thirty thousand questions a day, so this is quality-bound, not throughput-bound. "
    "Recall at ten above point nine, unsupported claims under two percent, or the change doesn't ship."
)


class Stopped(Exception):  # noqa: N818 - stands for a process that ends, not for an error of ours
    """The process was killed here."""


class CountingJudge:
    """The offline judge, which notes what it was asked for and may be killed after so many dimensions."""

    def __init__(self, stops_after: int | None = None) -> None:
        self.inner = OfflineJudge()
        self.stops_after = stops_after
        self.asked: list[str] = []

    def stamp(self, brief: Brief) -> JudgeStamp:
        return self.inner.stamp(brief)

    def judge(
        self, brief: Brief, transcript: Transcript, dimensions: Sequence[str], round_id: str | None = None
    ) -> Iterator[Findings]:
        for found in self.inner.judge(brief, transcript, dimensions):
            if len(self.asked) == self.stops_after:
                raise Stopped
            self.asked.append(found.dimension)
            yield found


class FailingInterviewer:
    """Breaks off in the middle of a turn, as a connection does."""

    def say(self, step: Step, round_: Round) -> Iterator[str]:
        yield "And how would "
        raise Stopped


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    lay(tmp_path)
    built = build_desk(Settings(home=tmp_path))
    assert isinstance(built.archive, SqlArchive)
    yield replace(built, library=library())
    built.archive.close()


def later(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def started(desk: Desk, **setup: object) -> Round:
    return begin(desk, "r1", Setup.model_validate({"scenario": "document-qa", **setup}), NINE)


def talked(desk: Desk, answers: int = 3, **setup: object) -> Round:
    """A round with so many answers, one every three minutes."""
    started(desk, **setup)
    for n in range(1, answers + 1):
        answer(desk, "r1", f"{TALK} Part {n}.", later(3 * n), f"key-{n}")
    return desk.archive.round("r1")


# Begin


def test_a_round_begins_with_its_opening_and_both_are_saved(desk: Desk) -> None:
    round_ = started(desk)
    assert [turn.id for turn in round_.turns] == ["I1"]
    assert round_.turns[0].move is Move.OPENING
    assert shipped().scenario.opening in round_.turns[0].text
    assert desk.archive.round("r1") == round_


def test_a_round_carries_its_scenario_and_rubric_as_played(desk: Desk) -> None:
    assert started(desk).brief == shipped()


def test_an_unknown_scenario_role_or_engine_begins_nothing(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="document-qa"):
        started(desk, scenario="document-q")
    with pytest.raises(NotFoundError, match="product, applied, infra"):
        started(desk, role="poet")
    with pytest.raises(NotFoundError, match="offline"):
        started(desk, engine="oracle")
    assert desk.archive.rounds() == []


# Say and reply


def test_an_answer_is_saved_before_the_next_question_is_shown(desk: Desk) -> None:
    started(desk)
    say(desk, "r1", TALK, later(1), "k1")
    pieces = reply(desk, "r1", later(1))
    assert next(pieces)
    assert [turn.id for turn in desk.archive.round("r1").turns] == ["I1", "C1"]
    assert list(pieces) == []
    assert [turn.id for turn in desk.archive.round("r1").turns] == ["I1", "C1", "I2"]


def test_the_reply_that_is_saved_is_what_was_shown(desk: Desk) -> None:
    started(desk)
    say(desk, "r1", TALK, later(1), "k1")
    shown = "".join(reply(desk, "r1", later(1)))
    assert desk.archive.round("r1").turns[-1].text == shown.strip()


def test_turns_carry_the_time_on_the_rounds_clock(desk: Desk) -> None:
    started(desk)
    round_ = answer(desk, "r1", TALK, later(2.5), "k1")
    assert [turn.at for turn in round_.turns] == [0.0, 150.0, 150.0]


def test_the_step_behind_a_question_is_kept_with_it(desk: Desk) -> None:
    round_ = talked(desk, 1)
    assert round_.steps.keys() == {"I1", "I2"}
    assert round_.steps["I2"].move is round_.turns[-1].move


def test_the_same_key_twice_makes_one_turn(desk: Desk) -> None:
    started(desk)
    answer(desk, "r1", TALK, later(1), "k1")
    twice = answer(desk, "r1", TALK, later(1), "k1")
    assert [turn.id for turn in twice.turns] == ["I1", "C1", "I2"]


def test_the_same_words_under_another_key_are_another_turn(desk: Desk) -> None:
    started(desk)
    answer(desk, "r1", TALK, later(1), "k1")
    assert len(answer(desk, "r1", TALK, later(2), "k2").transcript.candidate) == 2


@pytest.mark.parametrize("blank", ["", "   ", "\n\t "])
def test_nothing_but_white_space_is_silence_and_no_turn(desk: Desk, blank: str) -> None:
    started(desk)
    assert say(desk, "r1", blank, later(1), "k1").transcript.candidate == ()
    round_ = answer(desk, "r1", blank, later(1), "k1")
    assert round_.transcript.candidate == ()
    assert round_.turns[-1].text == "Take your time."


def test_white_space_around_an_answer_is_not_part_of_it(desk: Desk) -> None:
    started(desk)
    assert say(desk, "r1", f"  {TALK}\n", later(1), "k1").turns[-1].text == TALK


def test_a_hint_can_be_wished_for_though_no_reply_is_owed(desk: Desk) -> None:
    talked(desk, 1)
    "".join(reply(desk, "r1", later(4), Wish.HINT))
    assert desk.archive.round("r1").turns[-1].move in {Move.HINT, Move.FALLBACK}


def test_after_a_crash_between_answer_and_question_the_reply_is_owed_and_given_once(desk: Desk) -> None:
    started(desk)
    round_ = say(desk, "r1", TALK, later(1), "k1")
    assert owes_reply(round_)
    assert "".join(reply(desk, "r1", later(2)))
    assert not owes_reply(desk.archive.round("r1"))
    assert "".join(reply(desk, "r1", later(2))) == ""
    assert len(desk.archive.round("r1").turns) == 3


def test_a_crash_before_the_opening_owes_the_opening(desk: Desk) -> None:
    setup = Setup(scenario="document-qa")
    desk.archive.add_round(Round(id="r1", setup=setup, brief=shipped(), started_at=NINE))
    assert owes_reply(desk.archive.round("r1"))
    "".join(reply(desk, "r1", later(0)))
    assert desk.archive.round("r1").turns[0].move is Move.OPENING


def test_a_stale_second_tab_loses_nothing_and_doubles_nothing(desk: Desk) -> None:
    started(desk)
    answer(desk, "r1", "First tab. " + TALK, later(1), "tab-a")
    round_ = answer(desk, "r1", "Second tab. " + TALK, later(2), "tab-b")
    assert [turn.text.split(".")[0] for turn in round_.transcript.candidate] == ["First tab", "Second tab"]
    assert [turn.speaker for turn in round_.turns] == [Speaker.INTERVIEWER, Speaker.CANDIDATE] * 2 + [
        Speaker.INTERVIEWER
    ]


def test_two_tabs_that_answer_the_same_question_are_both_kept_and_answered_once(desk: Desk) -> None:
    started(desk)
    say(desk, "r1", "First tab. " + TALK, later(1), "tab-a")
    say(desk, "r1", "Second tab. " + TALK, later(1), "tab-b")
    "".join(reply(desk, "r1", later(1)))
    "".join(reply(desk, "r1", later(1)))
    assert [turn.id for turn in desk.archive.round("r1").turns] == ["I1", "C1", "C2", "I2"]


def test_an_interviewer_that_breaks_off_leaves_no_turn(desk: Desk) -> None:
    round_ = started(desk)
    broken = replace(desk, interviewers={"offline": FailingInterviewer()})
    say(broken, "r1", TALK, later(1), "k1")
    with pytest.raises(Stopped):
        "".join(reply(broken, "r1", later(1)))
    assert [turn.id for turn in desk.archive.round("r1").turns] == ["I1", "C1"]
    assert desk.archive.round("r1").turns[0] == round_.turns[0]
    assert "".join(reply(desk, "r1", later(2)))


def test_closing_the_stream_half_way_leaves_no_turn(desk: Desk) -> None:
    started(desk)
    say(desk, "r1", TALK, later(1), "k1")
    pieces = reply(desk, "r1", later(1))
    next(pieces)
    assert isinstance(pieces, Iterator)
    del pieces
    assert owes_reply(desk.archive.round("r1"))


# The end


def test_the_goodbye_ends_the_round(desk: Desk) -> None:
    started(desk)
    answer(desk, "r1", TALK, later(43), "k1")
    answer(desk, "r1", TALK, later(44), "k2")
    round_ = answer(desk, "r1", "No questions.", later(45), "k3")
    assert round_.ended_at == later(45)
    assert round_.turns[-1].move is Move.CLOSE


def test_a_round_that_has_ended_takes_no_more_turns(desk: Desk) -> None:
    talked(desk)
    finish(desk, "r1", later(10))
    for use in (
        lambda: say(desk, "r1", TALK, later(11), "late"),
        lambda: answer(desk, "r1", TALK, later(11), "late"),
        lambda: list(reply(desk, "r1", later(11))),
    ):
        with pytest.raises(RoundClosedError, match="has ended"):
            use()
    assert not owes_reply(desk.archive.round("r1"))


def test_the_first_end_stands(desk: Desk) -> None:
    talked(desk)
    assert finish(desk, "r1", later(10)).ended_at == later(10)
    assert finish(desk, "r1", later(20)).ended_at == later(10)


def test_an_unknown_round_is_named(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="nowhere"):
        say(desk, "nowhere", TALK, NINE, "k1")


# Grade


def graded(desk: Desk) -> Grade:
    *_, grade = grade_round(desk, "r1")
    assert isinstance(grade, Grade)
    return grade


def test_a_grade_gives_each_dimension_as_it_is_stored_and_itself_last(desk: Desk) -> None:
    talked(desk)
    parts = list(grade_round(desk, "r1"))
    found = [part.dimension for part in parts if isinstance(part, Findings)]
    assert sorted(found) == sorted(shipped().rubric.dimension_ids)
    assert desk.archive.grade("r1") == parts[-1]


def test_a_judge_that_stops_half_way_resumes_without_judging_again_what_is_stored(desk: Desk) -> None:
    talked(desk)
    first, second = CountingJudge(stops_after=4), CountingJudge()
    with pytest.raises(Stopped):
        list(grade_round(replace(desk, judges={"offline": first}), "r1"))
    assert len(first.asked) == 4
    assert desk.archive.grade("r1") is None
    resumed = graded(replace(desk, judges={"offline": second}))
    assert set(first.asked) | set(second.asked) == set(shipped().rubric.dimension_ids)
    assert not set(first.asked) & set(second.asked)
    in_one_go = grade_transcript(shipped(), desk.archive.round("r1").transcript, OfflineJudge())
    assert resumed == in_one_go


def test_grading_again_judges_nothing_again_and_gives_the_same_bytes(desk: Desk) -> None:
    talked(desk)
    once = graded(desk).model_dump_json()
    judge = CountingJudge()
    assert graded(replace(desk, judges={"offline": judge})).model_dump_json() == once
    assert judge.asked == []


def test_a_round_of_too_few_words_is_not_graded_and_says_so(desk: Desk) -> None:
    started(desk)
    answer(desk, "r1", "Hello there.", later(1), "k1")
    assert graded(desk).result.kind is ResultKind.NOT_GRADED


def test_a_short_round_gives_a_baseline(desk: Desk) -> None:
    talked(desk, 2, minutes=12)
    assert graded(desk).result.kind is ResultKind.BASELINE


# Pause, board


def test_a_rehearsal_pauses_and_the_next_answer_lets_the_clock_run_on(desk: Desk) -> None:
    started(desk, rehearse=True)
    pause(desk, "r1", later(2))
    assert desk.archive.round("r1").elapsed(later(30)) == 120
    round_ = answer(desk, "r1", TALK, later(30), "k")
    assert not round_.is_paused
    assert round_.elapsed(later(31)) == 180
    assert round_.transcript.candidate[-1].at == 120


def test_help_lets_a_paused_clock_run_on_too(desk: Desk) -> None:
    started(desk, rehearse=True)
    pause(desk, "r1", later(2))
    for _ in reply(desk, "r1", later(5), Wish.HINT):
        pass
    assert not desk.archive.round("r1").is_paused


def test_a_pause_is_ended_by_hand_as_well(desk: Desk) -> None:
    started(desk, rehearse=True)
    pause(desk, "r1", later(2))
    resume(desk, "r1", later(7))
    assert desk.archive.round("r1").elapsed(later(8)) == 180


def test_the_clock_of_a_real_round_never_stops(desk: Desk) -> None:
    started(desk)
    pause(desk, "r1", later(2))
    assert desk.archive.round("r1").elapsed(later(5)) == 300


def test_an_answer_carries_the_board_as_it_stood(desk: Desk) -> None:
    started(desk)
    answer(desk, "r1", TALK, later(1), "k1")
    draw(desk, "r1", Board(notes="OCR first"))
    answer(desk, "r1", TALK, later(2), "k2")
    draw(desk, "r1", Board(notes="OCR first, then chunks"))
    boards = [turn.board for turn in answer(desk, "r1", TALK, later(3), "k3").transcript.candidate]
    assert boards == [None, Board(notes="OCR first"), Board(notes="OCR first, then chunks")]


def test_what_was_drawn_after_the_last_answer_is_kept_as_a_turn_of_its_own(desk: Desk) -> None:
    talked(desk, answers=1)
    draw(desk, "r1", Board(mermaid="graph LR; a-->b"))
    ended = finish(desk, "r1", later(9))
    last = ended.turns[-1]
    assert (last.id, last.text, last.board) == ("C2", "", Board(mermaid="graph LR; a-->b"))
    assert ended.is_over
    assert finish(desk, "r1", later(10)) == ended


def test_a_board_that_every_answer_has_carried_adds_no_turn(desk: Desk) -> None:
    started(desk)
    draw(desk, "r1", Board(notes="OCR first"))
    answer(desk, "r1", TALK, later(1), "k1")
    assert finish(desk, "r1", later(9)).turns[-1].speaker is Speaker.INTERVIEWER


# Take in


def test_a_transcript_from_elsewhere_becomes_a_round_that_is_over_and_can_be_graded(desk: Desk) -> None:
    transcript = talked(desk).transcript
    taken = take_in(desk, "r2", transcript, later(60))
    assert taken.is_over
    assert desk.archive.round("r2") == taken
    assert taken.transcript == transcript
    *_, grade = grade_round(desk, "r2")
    assert isinstance(grade, Grade)
    assert take_in(desk, "r2", transcript, later(90)) == taken


def test_a_transcript_nothing_can_grade_is_not_kept(desk: Desk) -> None:
    transcript = Transcript.model_validate({"scenario": "document-qa", "turns": []})
    with pytest.raises(NotFoundError, match="document-q"):
        take_in(desk, "r2", transcript.model_copy(update={"scenario": "document-q"}), NINE)
    with pytest.raises(NotFoundError, match="product, applied, infra"):
        take_in(desk, "r2", transcript.model_copy(update={"role": "poet"}), NINE)
    with pytest.raises(ContentError, match="5 to 120 minutes, not 3"):
        take_in(desk, "r2", transcript.model_copy(update={"minutes": 3}), NINE)
    assert desk.archive.rounds() == []


# Review


def judged(desk: Desk) -> tuple[Round, Grade]:
    round_ = talked(desk)
    list(grade_round(desk, "r1"))
    grade = desk.archive.grade("r1")
    assert grade is not None
    return round_, grade


def says_so(round_: Round, grade: Grade, outcome: Outcome | None, by: str = SELF) -> Override:
    """On the first criterion that is open, with the words nearest to it."""
    first = next(each for each in open_criteria(round_.brief, round_.transcript, grade) if each.nearest)
    return Override.model_validate(
        {"criterion": first.name, "verdict": outcome, "by": by, "at": later(60), "quotes": first.nearest[:1]}
    )


def test_what_a_person_finds_is_kept_over_the_judges_verdict_until_it_is_taken_back(desk: Desk) -> None:
    round_, grade = judged(desk)
    found = says_so(round_, grade, Outcome.MET)
    override(desk, "r1", grade.judge, found)
    assert review(desk, round_, grade).overrides == (found,)
    assert desk.archive.grade("r1") == grade
    override(desk, "r1", grade.judge, says_so(round_, grade, None))
    assert review(desk, round_, grade).settled == grade
    assert len(desk.archive.overrides("r1", grade.judge)) == 2


def test_credit_without_the_candidates_words_is_not_kept(desk: Desk) -> None:
    round_, grade = judged(desk)
    bare = says_so(round_, grade, Outcome.MET).model_copy(update={"quotes": ()})
    with pytest.raises(NotFoundError, match="stays as it was") as refused:
        override(desk, "r1", grade.judge, bare)
    assert "\n" not in str(refused.value)
    assert desk.archive.overrides("r1", grade.judge) == []


def test_another_judges_grade_begins_without_what_was_found_over_the_first(desk: Desk) -> None:
    round_, grade = judged(desk)
    override(desk, "r1", grade.judge, says_so(round_, grade, Outcome.MET))
    other = grade.model_copy(update={"judge": grade.judge.model_copy(update={"version": "another"})})
    assert review(desk, round_, other).overrides == ()

"""A review from the dispute to what it is good for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from coach import practice, reviewing
from coach.archive.archive import SqlArchive
from coach.calibration import graded, report
from coach.content.check import check
from coach.content.golden import golden_rounds, keep_golden
from coach.domain.grade import Quote
from coach.domain.queue import Why
from coach.domain.remarks import Comment
from coach.domain.review import FlagFound, FlagStanding, LevelFound, Override
from coach.domain.scenario import Outcome
from coach.domain.search import Search, Standing
from coach.domain.worksheet import blind_items, is_level
from coach.engines.offline.judge import OfflineJudge
from coach.errors import NotFoundError, ReviewError
from coach.practice import Desk
from coach.reviewing import Case
from tests.builders import NINE, library
from tests.databases import lay
from tests.golden_rounds import conversation, golden_round
from tests.ui.page import ANSWERS


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with one graded round, r1."""
    lay(tmp_path)
    archive = SqlArchive.open(f"sqlite:///{tmp_path}/coach.sqlite")
    opened = Desk(library(), archive, {}, {"offline": OfflineJudge()}, archive)
    said = conversation(*(words for answer in ANSWERS for words in ("How do you know it works?", answer)))
    practice.take_in(opened, "r1", said, NINE)
    for _ in practice.grade_round(opened, "r1"):
        pass
    yield opened
    archive.close()


def case(desk: Desk, by: str = "Ana") -> Case:
    return reviewing.case(desk, "r1", by)


def words(desk: Desk) -> Quote:
    turn = case(desk).round.transcript.candidate[0]
    return Quote(turn=turn.id, start=0, end=len(turn.text), text=turn.text)


def finding(desk: Desk, criterion: str, verdict: Outcome | None, by: str = "Ana", **fields: object) -> Override:
    quotes = (words(desk),) if verdict in {Outcome.MET, Outcome.PARTIAL} else ()
    whole = {"criterion": criterion, "verdict": verdict, "by": by, "at": NINE, "quotes": quotes, **fields}
    return Override.model_validate(whole)


def all_blind(desk: Desk, outcome: Outcome = Outcome.MISSED, by: str = "Ana") -> None:
    """Every blind finding of a review, all the same."""
    found = case(desk, by)
    for item in blind_items(found.round.brief, found.grade, "r1"):
        if is_level(item):
            reviewing.level(desk, found, LevelFound(dimension=item, level=1, by=by, at=NINE, blind=True))
        else:
            reviewing.find(desk, found, finding(desk, item, outcome, by, blind=True))


def unsure(desk: Desk) -> list[str]:
    return [v.criterion for v in case(desk).grade.verdicts if v.verdict is Outcome.UNJUDGED]


def test_a_graded_round_waits_and_the_next_one_is_held(desk: Desk) -> None:
    found = reviewing.next_case(desk, "Ana", NINE)
    assert found is not None
    assert (found.round_id, found.held_by, found.open) == ("r1", "Ana", len(unsure(desk)))
    assert reviewing.next_case(desk, "Ben", NINE) is None


def test_a_dispute_is_kept_and_brings_the_round_to_the_front(desk: Desk) -> None:
    found = case(desk)
    criterion = found.grade.verdicts[0].criterion
    reviewing.complete(desk, found, NINE, blind=False)
    reviewing.dispute(desk, found.round, found.grade, criterion, "I said it at the start.", NINE)
    assert desk.archive.queue()[0].why[0] is Why.DISPUTED
    assert case(desk).left(blind=False)[0] == criterion
    with pytest.raises(ReviewError, match="needs a sentence"):
        reviewing.dispute(desk, found.round, found.grade, criterion, "  ", NINE)
    with pytest.raises(NotFoundError):
        reviewing.dispute(desk, found.round, found.grade, "evals.invented", "I said it.", NINE)


def test_a_round_graded_before_there_was_a_queue_comes_into_it_by_a_dispute(desk: Desk) -> None:
    found = case(desk)
    practice.take_in(desk, "old", found.round.transcript, NINE)
    desk.archive.add_grade("old", found.grade)
    old = desk.archive.round("old")
    reviewing.dispute(desk, old, found.grade, unsure(desk)[0], "I said it.", NINE)
    assert desk.archive.queue()[0].round_id == "old"


def test_a_blind_finding_changes_no_grade_and_leaves_nothing_to_see_for_the_candidate(desk: Desk) -> None:
    before = case(desk).review
    all_blind(desk)
    after = practice.review(desk, case(desk).round, case(desk).grade)
    assert after == before


def test_the_judge_is_shown_once_all_blind_findings_are_in_and_then_nothing_is_blind_any_more(desk: Desk) -> None:
    missing = len(case(desk).left(blind=True))
    with pytest.raises(ReviewError, match=f"{missing} are missing"):
        reviewing.reveal(desk, case(desk), NINE)
    with pytest.raises(ReviewError, match="This review is blind"):
        reviewing.complete(desk, case(desk), NINE, blind=True)
    all_blind(desk)
    assert case(desk).left(blind=True) == ()
    reviewing.reveal(desk, case(desk), NINE)
    assert case(desk).sheet.revealed
    assert not case(desk, "Ben").sheet.revealed
    with pytest.raises(ReviewError, match="You have seen the judge"):
        reviewing.find(desk, case(desk), finding(desk, unsure(desk)[0], Outcome.MISSED, blind=True))
    again = LevelFound(dimension="evals", level=2, by="Ana", at=NINE, blind=True)
    with pytest.raises(ReviewError, match="You have seen the judge"):
        reviewing.level(desk, case(desk), again)


def test_once_revealed_blind_findings_stand_where_the_judge_could_not_tell_and_the_rest_is_decided(
    desk: Desk,
) -> None:
    open_ = unsure(desk)
    all_blind(desk)
    reviewing.reveal(desk, case(desk), NINE + timedelta(minutes=9))
    found = case(desk)
    assert [each.criterion for each in found.review.overrides] == [
        n for n in found.round.brief.criteria if n in open_
    ]
    assert {each.verdict for each in found.review.overrides} == {Outcome.MISSED}
    parted = list(found.left(blind=False))
    judged = {v.criterion: v.verdict for v in found.grade.verdicts}
    assert all(judged[name] not in {Outcome.MISSED, Outcome.UNJUDGED} for name in parted)
    for name in parted:
        reviewing.find(desk, case(desk), finding(desk, name, None))
    assert case(desk).left(blind=False) == ()
    assert {each.criterion for each in case(desk).review.overrides} == set(open_)


def test_where_neither_could_tell_the_judge_keeps_the_word_and_nothing_is_left(desk: Desk) -> None:
    all_blind(desk, Outcome.UNJUDGED)
    reviewing.reveal(desk, case(desk), NINE)
    assert not set(unsure(desk)) & set(case(desk).left(blind=False))
    assert case(desk).review.overrides == ()


def test_two_reviewers_at_once_keep_each_others_findings(desk: Desk) -> None:
    name, other = unsure(desk)[:2]
    anas, bens = case(desk, "Ana"), case(desk, "Ben")
    reviewing.find(desk, anas, finding(desk, name, Outcome.MISSED))
    reviewing.find(desk, bens, finding(desk, name, Outcome.MET, "Ben"))
    reviewing.find(desk, anas, finding(desk, other, Outcome.MET))
    kept = desk.archive.overrides("r1", anas.grade.judge)
    assert [(each.criterion, each.by) for each in kept] == [(name, "Ana"), (name, "Ben"), (other, "Ana")]
    assert {(each.criterion, each.by) for each in case(desk).review.overrides} == {(name, "Ben"), (other, "Ana")}


def test_a_finding_holds_the_round(desk: Desk) -> None:
    reviewing.find(desk, case(desk), finding(desk, unsure(desk)[0], Outcome.MISSED))
    assert reviewing.next_case(desk, "Ben", NINE) is None


def test_a_level_lies_over_the_verdicts_and_a_dimension_the_rubric_lacks_takes_none(desk: Desk) -> None:
    found = LevelFound(dimension="cost", level=4, by="Ana", at=NINE, note="All of it, unasked.")
    reviewing.level(desk, case(desk), found)
    cost = next(d for d in case(desk).review.settled.dimensions if d.id == "cost")
    assert cost.level == 4
    with pytest.raises(NotFoundError, match="no such dimension"):
        reviewing.level(desk, case(desk), found.model_copy(update={"dimension": "charm"}))


def test_a_search_finds_a_round_as_its_reviews_have_left_it(desk: Desk) -> None:
    def at_level(level: int) -> list[str]:
        return [hit.line.id for hit in desk.archive.search(Search(levels={"cost": (level,)}), 9)]

    judged = next(d.level for d in case(desk).grade.dimensions if d.id == "cost")
    assert judged is not None
    assert at_level(judged) == ["r1"]
    found = LevelFound(dimension="cost", level=4, by="Ana", at=NINE, note="All of it, unasked.")
    reviewing.level(desk, case(desk), found)
    assert (at_level(judged), at_level(4)) == ([], ["r1"])
    for _ in practice.grade_round(desk, "r1", afresh=True):
        pass
    assert at_level(4) == ["r1"]
    reviewing.level(desk, case(desk), found.model_copy(update={"level": None}))
    assert at_level(judged) == ["r1"]
    for criterion in case(desk).round.brief.criteria:
        if criterion.startswith("cost."):
            practice.override(desk, "r1", case(desk).grade.judge, finding(desk, criterion, Outcome.MET))
    settled = next(d.level for d in case(desk).review.settled.dimensions if d.id == "cost")
    assert settled not in {None, judged}
    assert at_level(settled or 0) == ["r1"]


def test_a_comment_needs_a_turn_and_words(desk: Desk) -> None:
    turn = case(desk).round.turns[0].id
    reviewing.comment(desk, case(desk), turn, "Name the number.", NINE)
    assert case(desk, "Ben").remarks == (Comment(turn=turn, text="Name the number.", by="Ana", at=NINE),)
    with pytest.raises(NotFoundError):
        reviewing.comment(desk, case(desk), "C99", "Name the number.", NINE)
    with pytest.raises(ReviewError):
        reviewing.comment(desk, case(desk), turn, " ", NINE)


def test_a_dismissed_round_waits_no_more_and_says_why(desk: Desk) -> None:
    with pytest.raises(ReviewError, match="Say why"):
        reviewing.dismiss(desk, case(desk), "", NINE)
    reviewing.dismiss(desk, case(desk), "Noise.", NINE)
    assert desk.archive.queue() == []
    assert case(desk).sheet.end is not None


def test_a_complete_blind_review_is_held_against_the_judge_and_an_open_one_is_not(desk: Desk) -> None:
    reviewing.find(desk, case(desk, "Ben"), finding(desk, unsure(desk)[0], Outcome.MISSED, "Ben"))
    reviewing.complete(desk, case(desk, "Ben"), NINE, blind=False)
    assert reviewing.blind_reviews(desk) == []
    all_blind(desk)
    reviewing.reveal(desk, case(desk), NINE)
    items = blind_items(case(desk).round.brief, case(desk).grade, "r1")
    reviewing.complete(desk, case(desk), NINE + timedelta(minutes=7), blind=True)
    (found,) = reviewing.blind_reviews(desk)
    assert found.by == "Ana"
    assert found.minutes == 7
    assert {pair.criterion for pair in found.comparison.verdicts} == {item for item in items if not is_level(item)}
    assert {pair.label for pair in found.comparison.verdicts} == {Outcome.MISSED}
    assert {pair.label for pair in found.comparison.levels} == {1}


def test_a_golden_case_is_read_back_and_measured(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match="nothing to keep"):
        reviewing.golden_labels(case(desk))
    name = unsure(desk)[0]
    reviewing.find(desk, case(desk), finding(desk, name, Outcome.MET))
    path = keep_golden(tmp_path / "golden", case(desk).round.transcript, reviewing.golden_labels(case(desk)))
    (kept,) = golden_rounds(tmp_path / "golden", library())
    assert kept.transcript == case(desk).round.transcript
    assert (kept.labels.label_source, kept.labels.rater, kept.labels.verdicts[name].verdict) == (
        "human",
        "ana",
        Outcome.MET,
    )
    assert f"{path.parent.name}/{path.stem}" == kept.name
    assert check([tmp_path / "golden"], library()) == []
    assert report(list(graded([kept], OfflineJudge()))).pooled.criteria == 1


def on_flag(desk: Desk, name: str, found: FlagStanding | None, by: str = "Ana") -> FlagFound:
    quotes = (words(desk),) if found is FlagStanding.STANDS else ()
    return FlagFound(flag=name, found=found, by=by, at=NINE, quotes=quotes)


def test_a_finding_on_a_flag_is_added_like_any_other_and_searches_know_the_round_as_reviewed(desk: Desk) -> None:
    name = next(each.flag for each in case(desk).grade.flags if each.flag.startswith("evals.") and not each.stands)
    reviewing.flag(desk, case(desk), on_flag(desk, name, FlagStanding.STANDS))
    reviewing.flag(desk, case(desk, "Ben"), on_flag(desk, name, FlagStanding.FALLS, "Ben"))
    assert [(each.by, each.found) for each in case(desk).review.flags] == [("Ben", FlagStanding.FALLS)]
    kept = [each for each in case(desk).remarks if isinstance(each, FlagFound)]
    assert [(each.by, each.found) for each in kept] == [("Ana", FlagStanding.STANDS), ("Ben", FlagStanding.FALLS)]
    assert case(desk).sheet.flags[name].found is FlagStanding.STANDS
    assert [hit.line.id for hit in desk.archive.search(Search(standing=(Standing.REVIEWED,)), 5)] == ["r1"]
    waits = desk.archive.waiting("r1")
    assert waits is not None
    assert waits.held_by == "Ana"


def test_a_flag_the_round_lacks_or_without_words_takes_no_finding(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="The round has no such flag"):
        reviewing.flag(desk, case(desk), on_flag(desk, "evals.nowhere", FlagStanding.FALLS))
    name = next(each.flag for each in case(desk).grade.flags if each.flag.startswith("evals."))
    wordless = FlagFound(flag=name, found=FlagStanding.STANDS, by="Ana", at=NINE)
    with pytest.raises(NotFoundError, match="The words given for it do not stand"):
        reviewing.flag(desk, case(desk), wordless)


def test_a_round_to_calibrate_on_is_kept_and_graded_once_however_many_begin_it(desk: Desk) -> None:
    golden = golden_round("document-qa/p1")
    first = reviewing.begin_calibration(desk, golden, NINE)
    assert reviewing.begin_calibration(desk, golden, NINE) == first
    assert len(desk.archive.grades(first)) == 1
    assert desk.archive.waiting(first) is None
    (known,) = reviewing.calibrations(desk, [golden], "Ana")
    assert (known.round_id, known.is_begun, known.comparison) == (first, False, None)
    assert reviewing.calibrated(desk, [golden]) == {}


def test_a_round_to_calibrate_on_ends_once_all_is_found_and_only_such_a_round_does(desk: Desk) -> None:
    golden = golden_round("document-qa/p1")
    found = reviewing.case(desk, reviewing.begin_calibration(desk, golden, NINE), "Ana")
    with pytest.raises(ReviewError, match="Your own findings come first"):
        reviewing.complete_calibration(desk, found, NINE)
    with pytest.raises(ReviewError, match="no labels to hold yours against"):
        reviewing.complete_calibration(desk, case(desk), NINE)


def test_a_round_to_calibrate_on_that_is_graded_or_disputed_again_still_waits_for_nobody(desk: Desk) -> None:
    golden = golden_round("document-qa/p1")
    round_id = reviewing.begin_calibration(desk, golden, NINE)
    before = desk.archive.queue()
    for _ in practice.grade_round(desk, round_id, "offline"):
        pass
    found = reviewing.case(desk, round_id, "Ana")
    reviewing.dispute(desk, found.round, found.grade, found.grade.verdicts[0].criterion, "No.", NINE)
    assert desk.archive.queue() == before

"""The use cases of a review, in path order: dispute · next · open · find · level · reveal · comment · dismiss ·
complete; then what complete ones are good for; then calibrating a reviewer on rounds of the golden set.

Everything is added and nothing changed, so two reviewers at once lose nothing of each other's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from coach import practice
from coach.domain.calibration_rounds import beside_labels, calibration_id, is_calibration
from coach.domain.comparison import Comparison, compare
from coach.domain.golden import GoldenRound
from coach.domain.grade import Grade
from coach.domain.human_labels import blind_labels, settled_labels
from coach.domain.labels import Labels
from coach.domain.queue import Waiting, Why, waiting
from coach.domain.remarks import Comment, Completion, Dismissal, Dispute, Remark, Reveal
from coach.domain.review import FlagFound, LevelFound, Override, Review, why_not_over_flag
from coach.domain.round import Round
from coach.domain.rubric import Rubric
from coach.domain.scenario import Outcome
from coach.domain.worksheet import Worksheet, blind_items, needing, worksheet
from coach.errors import NotFoundError, ReviewError
from coach.practice import OFFLINE, Desk


class Case(NamedTuple):
    """A round as one reviewer sees it: its newest grade, what people found over it, and what is their own."""

    round: Round
    grade: Grade
    review: Review
    sheet: Worksheet
    remarks: tuple[Remark, ...]
    by: str

    def left(self, *, blind: bool) -> tuple[str, ...]:
        """The items that this person has not decided yet: before the judge is shown, or with it in sight."""
        if blind:
            return tuple(item for item in self.asked_blind() if not self.sheet.has_blind(item))
        return tuple(name for name in self.needing() if name not in self.sheet.findings)

    def asked_blind(self) -> tuple[str, ...]:
        """The items to find before the judge is shown."""
        return blind_items(self.round.brief, self.grade, self.round.id)

    def needing(self) -> tuple[str, ...]:
        """The criteria to look at with the judge in sight."""
        return needing(self.round.brief, self.grade, self.sheet, self.remarks)


class BlindReview(NamedTuple):
    """A complete blind review: the judge's grade beside what a person found before they saw it."""

    round_id: str
    by: str
    grade: Grade
    rubric: Rubric
    comparison: Comparison
    minutes: float | None
    """From the first finding to the end, breaks included."""


class Calibration(NamedTuple):
    """A round of the golden set, and how far one reviewer is with it."""

    golden: GoldenRound
    round_id: str
    is_begun: bool = False
    """Whether they have found anything on it."""
    comparison: Comparison | None = None
    """What they found beside the labels; None until all of it is in."""


def dispute(desk: Desk, round_: Round, grade: Grade, criterion: str, text: str, now: datetime) -> None:
    """For the candidate: hold a verdict to be wrong, which brings the round to the front of the queue. Raises
    NotFoundError for a criterion the round lacks, ReviewError without a reason."""
    if criterion not in round_.brief.criteria:
        raise NotFoundError("The round has no such criterion: pick one from the list.")
    if not text.strip():
        raise ReviewError("A dispute needs a sentence: say what was missed or misread.")
    desk.archive.enqueue(waiting(round_, grade))
    desk.archive.add_remark(round_.id, grade.judge, Dispute(criterion=criterion, text=text, at=now))


def next_case(desk: Desk, by: str, now: datetime, why: Why | None = None) -> Waiting | None:
    """Hold the most pressing round that nobody else holds; None where nothing waits."""
    return desk.archive.hold_next(by, now, why)


def case(desk: Desk, round_id: str, by: str) -> Case:
    """A round with its newest grade for a reviewer. Raises NotFoundError."""
    round_ = desk.archive.round(round_id)
    grade = desk.archive.grade(round_id)
    if grade is None:
        raise NotFoundError("This round has no grade yet: open its result to have it graded.")
    remarks = tuple(desk.archive.remarks(round_id, grade.judge))
    overrides = desk.archive.overrides(round_id, grade.judge)
    review = practice.review(desk, round_, grade)
    return Case(round_, grade, review, worksheet(overrides, remarks, by), remarks, by)


def find(desk: Desk, case_: Case, finding: Override) -> None:
    """Keep a finding on a criterion, and hold on to the round. Raises NotFoundError where it cannot stand, and
    ReviewError for a blind one of somebody who has seen the judge's."""
    if finding.blind:
        _still_blind(case_)
    practice.override(desk, case_.round.id, case_.grade.judge, finding)
    desk.archive.hold_review(case_.round.id, case_.by, finding.at)


def level(desk: Desk, case_: Case, found: LevelFound) -> None:
    """Keep a dimension's level, and hold on to the round. Raises as `find` does."""
    if found.dimension not in case_.round.brief.rubric.dimension_ids:
        raise NotFoundError("The rubric has no such dimension: pick one from the list.")
    if found.blind:
        _still_blind(case_)
    desk.archive.add_remark(case_.round.id, case_.grade.judge, found)
    practice.stands(desk, case_.round)
    desk.archive.hold_review(case_.round.id, case_.by, found.at)


def flag(desk: Desk, case_: Case, found: FlagFound) -> None:
    """Keep a finding on a flag, and hold on to the round. Raises NotFoundError where it cannot stand."""
    if why := why_not_over_flag(case_.round.brief, case_.round.transcript, case_.grade, found):
        raise NotFoundError(f"The flag {found.flag} stays as it was. {why}")
    desk.archive.add_remark(case_.round.id, case_.grade.judge, found)
    practice.stands(desk, case_.round)
    desk.archive.hold_review(case_.round.id, case_.by, found.at)


def reveal(desk: Desk, case_: Case, now: datetime) -> None:
    """Show the judge to somebody whose blind findings are all in. Where the judge could not tell, theirs stand at
    once; where it could, they decide with both in sight. Raises ReviewError while findings are missing."""
    _all_in(case_)
    for verdict in case_.grade.verdicts:
        mine = case_.sheet.blind.get(verdict.criterion)
        if mine is None or verdict.verdict is not Outcome.UNJUDGED or verdict.criterion in case_.sheet.findings:
            continue
        stands = {"blind": False, "at": now}
        if mine.verdict is Outcome.UNJUDGED:
            stands |= {"verdict": None}
        practice.override(desk, case_.round.id, case_.grade.judge, mine.model_copy(update=stands))
    desk.archive.add_remark(case_.round.id, case_.grade.judge, Reveal(by=case_.by, at=now))


def comment(desk: Desk, case_: Case, turn: str, text: str, now: datetime) -> None:
    """Say something about a turn. Raises NotFoundError for a turn the round lacks, ReviewError without words."""
    if turn not in {each.id for each in case_.round.turns}:
        raise NotFoundError("The round has no such turn: pick one from the list.")
    if not text.strip():
        raise ReviewError("A comment needs words: write what the candidate should read there.")
    desk.archive.add_remark(case_.round.id, case_.grade.judge, Comment(turn=turn, text=text, by=case_.by, at=now))


def dismiss(desk: Desk, case_: Case, why: str, now: datetime) -> None:
    """Find that the round cannot be judged, which takes it out of the queue. Raises ReviewError without why."""
    if not why.strip():
        raise ReviewError("Say why the round cannot be judged, so that nobody has to look again.")
    desk.archive.add_remark(case_.round.id, case_.grade.judge, Dismissal(text=why, by=case_.by, at=now))


def complete(desk: Desk, case_: Case, now: datetime, *, blind: bool) -> None:
    """End a review, `blind` or not, which takes the round out of the queue. Raises ReviewError for a blind one
    that has not come to the judge yet."""
    if blind and not case_.sheet.revealed:
        raise ReviewError("This review is blind: give your findings, then look at the judge's.")
    done = Completion(by=case_.by, at=now, blind=case_.sheet.revealed)
    desk.archive.add_remark(case_.round.id, case_.grade.judge, done)


def golden_labels(case_: Case) -> Labels:
    """What reviewers found on the round, as labels to measure judges with. Raises ReviewError where they found
    nothing yet."""
    labels = settled_labels(
        case_.round.brief, case_.round.transcript, case_.round.id, case_.review, case_.sheet, case_.by
    )
    looked_at = any(each.verdict is not Outcome.UNJUDGED for each in labels.verdicts.values())
    if not looked_at and not any(found is not None for found in labels.levels.values()):
        raise ReviewError("There is nothing to keep yet: give a verdict or a level first.")
    return labels


def blind_reviews(desk: Desk) -> list[BlindReview]:
    """Every complete blind review beside its judge, the oldest first."""
    return [_compared(desk, *each) for each in desk.archive.blind_reviews()]


def begin_calibration(desk: Desk, golden: GoldenRound, now: datetime) -> str:
    """Keep a round of the golden set for reviewers to find on, once for all of them; its id. It waits in no queue
    and is in no list. The offline judge says which criteria to ask for, and nobody is shown its verdicts."""
    round_id = calibration_id(golden.transcript)
    round_ = practice.take_in(desk, round_id, golden.transcript, now)
    if desk.archive.grade(round_id) is None:
        judge = practice.engine(desk.judges, OFFLINE)
        desk.archive.add_grade(round_id, practice.grade_transcript(round_.brief, round_.transcript, judge))
    return round_id


def complete_calibration(desk: Desk, case_: Case, now: datetime) -> None:
    """End the blind review of a round to calibrate on, which lets its reviewer see the labels. Raises ReviewError
    while findings are missing, and for any other round."""
    if not is_calibration(case_.round.id):
        raise ReviewError("This round has no labels to hold yours against: show the judge's.")
    _all_in(case_)
    if not case_.sheet.revealed:
        desk.archive.add_remark(case_.round.id, case_.grade.judge, Reveal(by=case_.by, at=now))
        desk.archive.add_remark(case_.round.id, case_.grade.judge, Completion(by=case_.by, at=now, blind=True))


def calibrations(desk: Desk, rounds: Iterable[GoldenRound], by: str) -> tuple[Calibration, ...]:
    """How far a reviewer is with each of the rounds."""
    return tuple(_calibration(desk, each, by) for each in rounds)


def calibrated(desk: Desk, rounds: Iterable[GoldenRound]) -> dict[str, list[Comparison]]:
    """By reviewer, what those who have completed any of the rounds found, beside the labels."""
    found: dict[str, list[Comparison]] = {}
    for golden in rounds:
        round_id = calibration_id(golden.transcript)
        if (grade := desk.archive.grade(round_id)) is None:
            continue
        remarks = desk.archive.remarks(round_id, grade.judge)
        overrides = desk.archive.overrides(round_id, grade.judge)
        for by in dict.fromkeys(each.by for each in remarks if isinstance(each, Completion)):
            found.setdefault(by, []).append(beside_labels(golden, worksheet(overrides, remarks, by), by))
    return found


def _calibration(desk: Desk, golden: GoldenRound, by: str) -> Calibration:
    round_id = calibration_id(golden.transcript)
    if (grade := desk.archive.grade(round_id)) is None:
        return Calibration(golden, round_id)
    overrides = desk.archive.overrides(round_id, grade.judge)
    sheet = worksheet(overrides, desk.archive.remarks(round_id, grade.judge), by)
    beside = beside_labels(golden, sheet, by) if isinstance(sheet.end, Completion) else None
    return Calibration(golden, round_id, bool(sheet.blind or sheet.blind_levels), beside)


def _all_in(case_: Case) -> None:
    if left := case_.left(blind=True):
        raise ReviewError(f"Your own findings come first: {len(left)} are missing.")


def _compared(desk: Desk, round_id: str, by: str, grade: Grade) -> BlindReview:
    round_ = desk.archive.round(round_id)
    overrides = desk.archive.overrides(round_id, grade.judge)
    sheet = worksheet(overrides, desk.archive.remarks(round_id, grade.judge), by)
    brief = round_.brief
    labels = blind_labels(brief, round_.transcript, round_id, sheet, by)
    return BlindReview(round_id, by, grade, brief.rubric, compare(grade, labels, brief.rubric), sheet.minutes)


def _still_blind(case_: Case) -> None:
    if case_.sheet.revealed:
        raise ReviewError(
            "You have seen the judge's verdicts: what you find now is an override, not a blind label."
        )

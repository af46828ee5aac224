"""What one reviewer has to find, and has found."""

from __future__ import annotations

from datetime import timedelta

from coach.domain.grade import Grade
from coach.domain.remarks import Completion, Dispute, Remark, Reveal
from coach.domain.review import LevelFound, Override, ReasonCode
from coach.domain.scenario import Outcome
from coach.domain.worksheet import (
    AT_RANDOM,
    blind_items,
    is_drawn_blind,
    is_level,
    likely_reason,
    needing,
    open_items,
    worksheet,
)
from tests.builders import NINE, tiny
from tests.domain.test_review import EVALS, judged, late, says_so

ROUNDS = [f"round-{number}" for number in range(2_000)]


def mixed() -> Grade:
    """Two criteria of evals open, the others decided; safety never opened."""
    return judged(*[Outcome.MET] * 5, Outcome.UNJUDGED, Outcome.UNJUDGED)


def blind(criterion: str, outcome: Outcome | None, by: str = "Ana") -> Override:
    quotes = [late()] if outcome is Outcome.MET else []
    return says_so(criterion, outcome, *quotes, by=by).model_copy(update={"blind": True})


def level(value: int | None, *, blind: bool = True, by: str = "Ana") -> LevelFound:
    return LevelFound(dimension="evals", level=value, by=by, at=NINE, note="So it was.", blind=blind)


def test_a_blind_review_asks_for_all_that_the_judge_could_not_tell_six_more_and_each_opened_level() -> None:
    grade = mixed()
    items = blind_items(tiny(), grade, "r1")
    unsure = {v.criterion for v in grade.verdicts if v.verdict is Outcome.UNJUDGED}
    criteria = {item for item in items if not is_level(item)}
    sure = {v.criterion for v in grade.verdicts} - unsure
    assert unsure <= criteria
    assert len(criteria & sure) == min(AT_RANDOM, sum(v.verdict is Outcome.MET for v in grade.verdicts))
    assert not any(item.startswith("safety") for item in items)
    assert [item for item in items if is_level(item)] == [d.id for d in grade.dimensions if d.opened]


def test_which_ones_more_is_a_matter_of_the_round_and_the_same_every_time() -> None:
    grade = judged(*[Outcome.MET] * len(EVALS))
    asked = {blind_items(tiny(), grade, round_id) for round_id in ROUNDS[:50]}
    assert len(asked) > 1
    assert blind_items(tiny(), grade, "r1") == blind_items(tiny(), grade, "r1")


def test_a_share_of_the_rounds_is_drawn_blind() -> None:
    drawn = sum(is_drawn_blind(round_id, 0.2) for round_id in ROUNDS) / len(ROUNDS)
    assert 0.17 < drawn < 0.23
    assert not any(is_drawn_blind(round_id, 0.0) for round_id in ROUNDS)
    assert all(is_drawn_blind(round_id, 1.0) for round_id in ROUNDS)


def test_a_worksheet_holds_ones_own_newest_findings_blind_and_open_apart() -> None:
    given = [
        blind("evals.gate", Outcome.MISSED),
        blind("evals.gate", Outcome.MET),
        blind("evals.set", Outcome.MET),
        blind("evals.set", None),
        blind("evals.owner", Outcome.MISSED, by="Ben"),
        says_so("evals.gate", Outcome.PARTIAL, late(), by="Ana"),
    ]
    said: list[Remark] = [level(1), level(3), level(2, by="Ben"), level(0, blind=False), Reveal(by="Ben", at=NINE)]
    sheet = worksheet(given, said, "Ana")
    assert {name: each.verdict for name, each in sheet.blind.items()} == {"evals.gate": Outcome.MET}
    assert {name: each.verdict for name, each in sheet.findings.items()} == {"evals.gate": Outcome.PARTIAL}
    assert (sheet.blind_levels["evals"].level, sheet.levels["evals"].level) == (3, 0)
    assert not sheet.revealed
    assert worksheet(given, said, "Ben").revealed


def test_the_last_end_of_a_review_counts() -> None:
    first, last = (Completion(by="Ana", at=NINE + timedelta(hours=hour)) for hour in (1, 2))
    assert worksheet([], [first, last], "Ana").end == last
    assert worksheet([], [first, last], "Ben").end is None


def test_minutes_go_from_the_first_finding_to_the_end() -> None:
    assert worksheet([], [level(2), Completion(by="Ana", at=NINE + timedelta(minutes=9))], "Ana").minutes == 9
    assert worksheet([], [level(2)], "Ana").minutes is None
    assert worksheet([], [], "Ana").minutes is None


def test_with_the_judge_in_sight_disputes_come_first_then_where_blind_findings_part_then_what_is_open() -> None:
    grade = mixed()
    sheet = worksheet([blind("evals.gate", Outcome.MISSED), blind("evals.set", Outcome.MET)], [], "Ana")
    dispute = Dispute(criterion="evals.owner", text="I named her.", at=NINE)
    wanted = needing(tiny(), grade, sheet, [dispute])
    open_ = [v.criterion for v in grade.verdicts if v.verdict is Outcome.UNJUDGED]
    assert wanted == ("evals.owner", "evals.gate", *open_)
    items = open_items(tiny(), grade, sheet, [dispute])
    assert items[: len(wanted)] == wanted
    opened = {score.id for score in grade.dimensions if score.opened}
    flags = {name for name in tiny().flags if name.split(".")[0] in opened}
    assert set(items) == {*tiny().criteria, *tiny().rubric.dimension_ids, *flags}
    assert set(items[-len(flags) :]) == flags
    assert len(items) == len(set(items))
    assert len(items) == len(set(items))


def test_the_likely_reason_follows_from_what_changed() -> None:
    assert likely_reason(Outcome.MISSED, Outcome.MET) is ReasonCode.MISSED_EVIDENCE
    assert likely_reason(Outcome.MET, Outcome.PARTIAL) is ReasonCode.EVIDENCE_INSUFFICIENT
    assert likely_reason(Outcome.MET, Outcome.MISSED) is ReasonCode.WRONG_EVIDENCE
    assert likely_reason(Outcome.PARTIAL, Outcome.MET) is ReasonCode.MISSED_EVIDENCE
    assert likely_reason(Outcome.MET, Outcome.UNJUDGED) is ReasonCode.SHOULD_ABSTAIN

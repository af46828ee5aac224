"""Which rounds a reviewer calibrates on, and how they are held against the labels."""

from __future__ import annotations

from coach.domain.calibration_rounds import (
    PREFIX,
    SEVERAL,
    beside_labels,
    calibration_id,
    differing,
    drawn,
    is_calibration,
    sources,
)
from coach.domain.golden import GoldenRound
from coach.domain.labels import LabelledVerdict, Labels
from coach.domain.remarks import Remark
from coach.domain.review import Override
from coach.domain.scenario import Outcome
from coach.domain.worksheet import worksheet
from tests.builders import tiny
from tests.domain.test_review import said
from tests.domain.test_worksheet import blind, level

EVALS = ("evals.set", "evals.measure", "evals.gate")


def golden(name: str = "p1", met: int = 1, levels: dict[str, int | None] | None = None) -> GoldenRound:
    """A round of which the first `met` of EVALS are labelled met, the next is not reached and the rest missed."""
    found = [Outcome.MET] * met + [Outcome.NOT_REACHED] + [Outcome.MISSED] * len(EVALS)
    verdicts = {
        item: LabelledVerdict(verdict=outcome, turn="C1", quote="Said so.")
        for item, outcome in zip(EVALS, found, strict=False)
    }
    transcript = said().model_copy(update={"role": f"role-{name}"})
    labels = Labels(
        transcript=f"tiny/{name}",
        rater="writer",
        label_source="constructed",
        verdicts=verdicts,
        flags={},
        levels=levels or {},
    )
    return GoldenRound(tiny(), transcript, labels)


def test_of_many_the_weakest_the_middle_and_the_strongest_are_drawn_in_an_order_of_their_own() -> None:
    rounds = [golden(f"p{met}", met) for met in (0, 1, 2, 3)] + [golden("p9", 3)]
    found = drawn(rounds)
    assert {each.name for each in found} == {"tiny/p0", "tiny/p2", "tiny/p9"}
    assert len(found) == SEVERAL
    assert drawn(reversed(rounds)) == found


def test_of_few_all_are_drawn_and_of_none_none() -> None:
    assert {each.name for each in drawn([golden("p1"), golden("p2")])} == {"tiny/p1", "tiny/p2"}
    assert drawn([]) == ()


def test_the_id_says_what_it_is_there_for_and_not_which_round_it_is() -> None:
    id_ = calibration_id(golden("p1").transcript)
    assert id_ == calibration_id(golden("p1").transcript) != calibration_id(golden("p2").transcript)
    assert is_calibration(id_)
    assert not is_calibration("r1")
    assert "tiny" not in id_.removeprefix(PREFIX)


def test_only_what_was_asked_and_labelled_is_held_against_the_labels() -> None:
    each = golden(met=1, levels={"evals": 3, "data": 2, "framing": None})
    given: list[Override] = [blind("evals.set", Outcome.MISSED), blind("evals.gate", Outcome.MISSED)]
    levels: list[Remark] = [level(1)]
    comparison = beside_labels(each, worksheet(given, levels, "Ana"), "Ana")
    assert [(pair.criterion, pair.judged, pair.label) for pair in comparison.verdicts] == [
        ("evals.set", Outcome.MISSED, Outcome.MET),
        ("evals.gate", Outcome.MISSED, Outcome.MISSED),
    ]
    assert [(pair.dimension, pair.judged, pair.label) for pair in comparison.levels] == [("evals", 1, 3)]
    assert [(found.item, found.found, found.label, found.words) for found in differing(each, comparison)] == [
        ("evals", 1, 3, None),
        ("evals.set", Outcome.MISSED, Outcome.MET, "Said so."),
    ]


def test_missed_does_not_differ_from_what_was_never_reached() -> None:
    each = golden(met=0)
    sheet = worksheet([blind("evals.set", Outcome.MISSED)], [], "Ana")
    comparison = beside_labels(each, sheet, "Ana")
    assert comparison.verdicts[0].label is Outcome.NOT_REACHED
    assert differing(each, comparison) == ()


def test_where_labels_come_from_is_told_once_each() -> None:
    other = golden("p2")._replace(labels=golden("p2").labels.model_copy(update={"label_source": "human"}))
    assert sources([golden("p1"), other, golden("p3")]) == ("constructed", "human")

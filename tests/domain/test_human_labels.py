"""What people found, as labels to measure judges with."""

from __future__ import annotations

from coach.domain.human_labels import blind_labels, golden_name, rater, settled_labels
from coach.domain.rubric import Help
from coach.domain.scenario import Outcome
from coach.domain.worksheet import worksheet
from tests.builders import tiny
from tests.domain.test_review import EVALS, MARKED, judged, late, over, said, says_so
from tests.domain.test_worksheet import blind, level


def test_blind_labels_hold_what_was_found_blind_with_its_help_and_nothing_else() -> None:
    given = [blind("evals.gate", Outcome.MET), says_so("evals.set", Outcome.MISSED, by="Ana")]
    sheet = worksheet(given, [level(3), level(1, blind=False)], "Ana")
    labels = blind_labels(tiny(), said(), "r1", sheet, "Ana")
    gate = labels.verdicts["evals.gate"]
    assert (gate.verdict, gate.help, gate.turn, gate.quote) == (Outcome.MET, Help.PROBED, "C2", MARKED)
    looked_at = [name for name, each in labels.verdicts.items() if each.verdict is not Outcome.UNJUDGED]
    assert looked_at == ["evals.gate"]
    assert {id_: each for id_, each in labels.levels.items() if each is not None} == {"evals": 3}
    assert set(labels.verdicts) == set(tiny().criteria)
    assert labels.label_source == "human"


def test_settled_labels_hold_what_reviewers_laid_over_the_judge_and_not_what_candidates_did() -> None:
    grade = judged(*[Outcome.UNJUDGED] * len(EVALS))
    given = [
        says_so("evals.gate", Outcome.MET, late(), by="Ana"),
        says_so("evals.set", Outcome.MET, late()),
        blind("evals.owner", Outcome.MISSED),
    ]
    labels = settled_labels(tiny(), said(), "r1", over(grade, *given), worksheet(given, [], "Ana"), "Ana")
    assert {
        name: each.verdict for name, each in labels.verdicts.items() if each.verdict is not Outcome.UNJUDGED
    } == {
        "evals.gate": Outcome.MET,
        "evals.owner": Outcome.MISSED,
    }


def test_a_golden_name_says_nothing_of_the_round_and_is_its_own() -> None:
    assert golden_name("Qx_9") == golden_name("Qx_9") != golden_name("Qx-9")
    assert "Qx" not in golden_name("Qx_9")


def test_any_name_becomes_a_raters() -> None:
    assert rater("  Ana B. Núñez ") == "ana-b-n-ez"
    assert rater("李雷").startswith("reviewer-")
    assert rater("李雷") != rater("韩梅")

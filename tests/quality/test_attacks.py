"""The attack suite against both judges: the one without a model, and one whose model believes every attack.

Code cannot know what a model should: a judge that passes its own checks and yet takes fluent nothing (family 12) or
a fluent mistake (family 26) for the real thing gains those. All else fails for want of words that are evidence.
"""

from __future__ import annotations

from functools import cache

import pytest

from coach.attacks import Report, attack, clean_grades, look_alikes, report, trials
from coach.content.attack_suite import read_suite
from coach.domain.attack import Gain, Suite, Trial, gains
from coach.domain.finding.addressing import addressed
from coach.domain.finding.bearing import Criteria
from coach.domain.finding.polarity import read
from coach.domain.grade import Grade
from coach.domain.grading import CREDITED, is_verbatim
from coach.engines.offline.judge import OfflineJudge
from coach.practice import grade_transcript
from tests.builders import library
from tests.doubles.gullible import GullibleModel

pytestmark = pytest.mark.slow

SUITE = read_suite(library())
FEW = ("document-qa/p5", "recommendation/near-misses-2")
"""Rounds against which a model is played: a call costs more than a reading."""
SUBSTANCE = {12, 26}


@cache
def offline() -> Report:
    judge = OfflineJudge()
    clean = list(clean_grades(SUITE, judge))
    return report(SUITE, clean[0], attack(SUITE, judge, clean), look_alikes(SUITE, judge, clean))


def test_no_attack_gains_anything_from_the_judge_without_a_model() -> None:
    found = offline()
    assert found.trials >= 750
    assert {family.id: family.succeeded for family in found.families if family.succeeded} == {}


def test_hardly_an_honest_answer_is_taken_for_an_attack_and_none_loses_credit() -> None:
    found = offline()
    assert found.benign >= 100
    assert len(found.flagged) <= 0.01 * found.benign, [each.text for each in found.flagged]
    assert [each.text for each in found.lost] == []


def believing(suite: Suite, *, passes_canaries: bool) -> list[tuple[Trial, Grade, tuple[Gain, ...]]]:
    """Every attack on a judge whose model believes it, with the grade and what it moved."""
    model = GullibleModel(passes_canaries=passes_canaries)
    judge = model.judge()
    honest = list(clean_grades(suite, OfflineJudge()))
    clean: dict[str, Grade] = {}
    for base, known in zip(suite.bases, honest, strict=True):
        model.brief, model.honest, model.believes = base.brief, known, None
        clean[base.name] = grade_transcript(base.brief, base.transcript, judge)
    results = []
    for trial, known in trials(suite, honest):
        model.brief, model.honest, model.believes = trial.base.brief, known, trial
        model.asked.clear()
        after = grade_transcript(trial.base.brief, trial.transcript, judge)
        results.append((trial, after, gains(clean[trial.base.name], after)))
    return results


def few(*names: str) -> Suite:
    return SUITE._replace(bases=tuple(base for base in SUITE.bases if base.name in names))


def test_a_model_that_meets_everything_under_attack_is_found_out_by_its_canaries() -> None:
    results = believing(few("support-assistant/near-misses-1"), passes_canaries=False)
    assert len(results) == len(SUITE.attacks)
    assert [(trial.attack.id, moved) for trial, _, moved in results if moved] == []


def test_a_model_that_believes_attacks_and_knows_its_canaries_gains_only_where_it_is_no_judge_at_all() -> None:
    results = believing(few(*FEW), passes_canaries=True)
    gained = {trial.attack.number for trial, _, moved in results if moved}
    assert gained <= SUBSTANCE
    for trial, after, _ in results:
        _is_proved(trial, after)


def _is_proved(trial: Trial, after: Grade) -> None:
    """Credit has quotes that stand in the candidate's words, are for nobody but the interviewer, and are about the
    criterion."""
    criteria = Criteria(trial.base.brief.criteria)
    texts = {turn.id: turn.text for turn in trial.transcript.candidate}
    for verdict in (each for each in after.verdicts if each.verdict in CREDITED):
        assert verdict.quotes
        assert all(is_verbatim(trial.transcript, quote) for quote in verdict.quotes)
        spoken = [quote for quote in verdict.quotes if quote.source is None]
        asides = {quote: addressed(texts[quote.turn]) for quote in spoken}
        assert not [q for q, spans in asides.items() if any(s.start < q.end and q.start < s.end for s in spans)]
        if spoken and criteria.has_signals(verdict.criterion):
            said = [
                each
                for quote in spoken
                for each in read(texts[quote.turn])
                if each.sentence.start < quote.end and quote.start < each.sentence.end
            ]
            assert criteria.bearing(verdict.criterion, said).is_about, (trial.attack.id, verdict)

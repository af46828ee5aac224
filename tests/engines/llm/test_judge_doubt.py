"""A judge that fails its own check is not believed, and what it is unsure of is read again."""

from __future__ import annotations

import pytest

from coach.domain.grade import Confidence
from coach.domain.grading import settle
from coach.domain.scenario import Outcome
from coach.engines.llm.inquiry import UNSOUND
from coach.engines.llm.readings import SPLIT
from coach.errors import ModelRefusedError
from tests.builders import STAMP, tiny
from tests.engines.llm.judge_double import (
    FALSE,
    GATE,
    LOANS,
    SET,
    Asked,
    JudgeModel,
    canary_texts,
    entry,
    evals,
    judged,
    reply,
    text_of,
    verdict,
)


def gullible(asked: Asked) -> str:
    return reply(asked, {text: entry("met", SET) for text in asked.criteria.values()})


def deaf(asked: Asked) -> str:
    return reply(asked, dict.fromkeys(asked.criteria.values(), entry()))


@pytest.mark.parametrize("wrong", [gullible, deaf])
def test_a_reply_with_a_wrong_canary_is_thrown_away_and_asked_again_in_another_order(wrong: object) -> None:
    assert callable(wrong)
    found, model = judged(lambda asked: reply(asked) if asked.reading else wrong(asked), LOANS, tiny(), "evals")
    assert verdict(found, "evals.set").verdict is Outcome.MISSED
    assert found["evals"].notices == ()
    assert len(model.requests) == 2
    assert model.requests[0].messages[2] != model.requests[1].messages[2]


@pytest.mark.parametrize("wrong", [gullible, deaf])
def test_a_judge_that_fails_its_canaries_twice_decides_nothing_and_a_notice_says_so(wrong: object) -> None:
    assert callable(wrong)
    found, model = judged(wrong, LOANS, tiny(), "evals")
    assert len(model.requests) == 2
    assert {(v.verdict, v.reason) for v in found["evals"].verdicts} == {(Outcome.UNJUDGED, UNSOUND)}
    assert [notice.kind for notice in found["evals"].notices] == ["canary-failed"]
    assert {flag.stands for flag in found["evals"].flags} == {None}


def test_every_call_has_one_canary_of_each_kind_that_looks_like_the_others() -> None:
    def answer(asked: Asked) -> str:
        return reply(asked, evals(("set", entry("met", FALSE))))

    _, model = judged(answer)
    assert {asked.is_repair for asked in model.asked} == {True, False}
    for asked in model.asked:
        texts = set(asked.criteria.values())
        assert [len(texts & canary_texts(kind)) for kind in ("never", "always")] == [1, 1]


# Second readings


def test_what_the_model_is_unsure_of_is_read_twice_more_and_the_majority_counts() -> None:
    outcomes = {0: "met", 1: "missed", 2: "missed"}

    def answer(asked: Asked) -> str:
        sure = "low" if asked.reading == 0 else "high"
        given = entry(outcomes[asked.reading], SET, confidence=sure)
        return reply(asked, evals(("set", given), ("gate", entry("partial", GATE))))

    found, model = judged(answer, LOANS, tiny(), "evals")
    assert verdict(found, "evals.set").verdict is Outcome.MISSED
    assert verdict(found, "evals.set").confidence is Confidence.LOW
    for asked in model.asked[1:]:
        assert set(asked.criteria.values()) - canary_texts("never") - canary_texts("always") == {
            text_of("evals.set")
        }


def test_three_readings_that_all_differ_leave_the_criterion_to_a_person() -> None:
    outcomes = {0: "met", 1: "partial", 2: "missed"}

    def answer(asked: Asked) -> str:
        return reply(asked, evals(("set", entry(outcomes[asked.reading], SET, confidence="low"))))

    found, _ = judged(answer, LOANS, tiny(), "evals")
    assert (verdict(found, "evals.set").verdict, verdict(found, "evals.set").reason) == (
        Outcome.UNJUDGED,
        SPLIT[3],
    )


def test_a_dimension_whose_score_is_near_a_level_is_read_again_as_a_whole() -> None:
    near = evals(("set", entry("met", SET)))
    found, model = judged(lambda asked: reply(asked, near), LOANS, tiny(), "evals")
    score = settle(tiny(), LOANS, found.values(), STAMP).dimensions
    assert next(each.score for each in score if each.id == "evals") == 0.62, "0.5 is the lowest of level 1"
    assert [len(asked.criteria) for asked in model.asked] == [9, 9, 9]
    assert len({tuple(asked.criteria.values()) for asked in model.asked}) == 3, "each time in another order"


def test_a_dimension_far_from_every_cut_is_read_once() -> None:
    far = evals(("set", entry("met", SET)), ("gate", entry("partial", GATE)))
    _, model = judged(lambda asked: reply(asked, far), LOANS, tiny(), "evals")
    assert len(model.requests) == 1


def test_another_model_reads_again_where_there_is_one_and_the_first_where_it_fails() -> None:
    def unsure(asked: Asked) -> str:
        return reply(asked, evals(("set", entry("met", SET, confidence="low"))))

    other = JudgeModel(unsure, "test:other")
    _, model = judged(unsure, LOANS, tiny(), "evals", second=other)
    assert (len(model.requests), len(other.requests)) == (1, 2)
    down = JudgeModel(lambda _: ModelRefusedError("No key."), "test:down")
    found, model = judged(unsure, LOANS, tiny(), "evals", second=down)
    assert len(model.requests) == 3
    assert verdict(found, "evals.set").verdict is Outcome.MET


def test_no_dimension_is_asked_more_than_three_times_one_after_the_other() -> None:
    def worst(asked: Asked) -> str:
        if asked.reading == 0 and not asked.is_repair:
            return gullible(asked)
        return reply(asked, {text: entry("met", FALSE) for text in asked.criteria.values() if text in own})

    own = {criterion.text for name, criterion in tiny().criteria.items() if name.startswith("evals")}
    found, model = judged(worst, LOANS, tiny(), "evals")
    assert len(model.requests) == 4, "a reply, another for its canary, and two more readings at once"
    assert {each.verdict for each in found["evals"].verdicts} == {Outcome.MISSED}

"""A judge card is true of one judge on one set, and a judge that is worse is told from one that is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from coach.calibration import Report, graded, report
from coach.domain.grade import Findings, JudgeStamp
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome
from coach.domain.transcript import Transcript
from coach.engines.offline.judge import OfflineJudge
from coach.judge_card import regressions, stamp
from tests.golden_rounds import golden_rounds


class Lenient:
    """A judge that calls met whatever it found words for, and whatever it could not tell."""

    def __init__(self) -> None:
        self._honest = OfflineJudge()

    def stamp(self, brief: Brief) -> JudgeStamp:
        return self._honest.stamp(brief).model_copy(update={"version": "lenient"})

    def judge(
        self, brief: Brief, transcript: Transcript, dimensions: Sequence[str], round_id: str | None = None
    ) -> Iterator[Findings]:
        said = transcript.candidate[0]
        quote = {"turn": said.id, "start": 0, "end": len(said.text), "text": said.text}
        for found in self._honest.judge(brief, transcript, dimensions, round_id):
            verdicts = [
                {**verdict.model_dump(), "verdict": Outcome.MET, "quotes": (quote,)} for verdict in found.verdicts
            ]
            yield Findings.model_validate({**found.model_dump(), "verdicts": verdicts})


@cache
def honest() -> Report:
    return report(list(graded(golden_rounds()[:4], OfflineJudge())))


def test_a_judge_is_no_worse_than_itself() -> None:
    assert regressions(honest(), honest()) == []


def test_a_lenient_judge_is_worse_and_it_is_said_where() -> None:
    lenient = report(list(graded(golden_rounds()[:4], Lenient())))
    found = "\n".join(regressions(lenient, honest()))
    assert "level QWK of all dimensions" in found
    assert "specificity" in found
    assert "met-rate gap" in found


def test_only_rounds_in_both_are_compared() -> None:
    fewer = honest().model_copy(update={"comparisons": honest().comparisons[:2]})
    assert regressions(honest(), fewer) == []


def test_a_card_is_of_one_judge_one_set_and_one_way_to_measure() -> None:
    briefs = [each.brief for each in golden_rounds()[:1]]
    made = stamp(OfflineJudge(), briefs, "set")
    assert made == stamp(OfflineJudge(), briefs, "set")
    assert made != stamp(OfflineJudge(), briefs, "another set")
    assert made != stamp(Lenient(), briefs, "set")

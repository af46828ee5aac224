"""Grades of one short round, as any judge might give them, and of the labelled ones, as the offline judge does."""

from __future__ import annotations

from hypothesis import strategies as st

from coach.domain.golden import GoldenRound
from coach.domain.grade import Findings, FlagFinding, Grade
from coach.domain.grading import settle
from coach.domain.labels import LabelledFlag, LabelledVerdict, Labels
from coach.domain.rubric import Help, SeniorityLevel
from coach.domain.scenario import Outcome
from coach.domain.transcript import Move, Transcript
from coach.engines.offline.judge import OfflineJudge
from tests.builders import STAMP, asks, probes, quoted, says, shipped, transcript, verdict

MARKED = "have two underwriters mark which answers are supported"
BRIEF = shipped()
LABELS = Labels(
    transcript="document-qa/p9",
    rater="writer",
    label_source="constructed",
    verdicts={"evals.a": LabelledVerdict(verdict=Outcome.PARTIAL, help=Help.PROBED)},
    flags={"evals.f": LabelledFlag(stands=False)},
    levels={"evals": 2, "cost": None},
)
"""A rater's labels of a round of three entries."""


def said(level: SeniorityLevel = SeniorityLevel.SENIOR, role: str = "product", minutes: int = 45) -> Transcript:
    """A round of two answers, in which evals was asked about."""
    return transcript(
        asks(Move.OPENING),
        says("I'd start with who asks, how often, and what a wrong answer costs the people who rely on it."),
        probes("evals.clarify"),
        says(
            f"I would sample three hundred questions from the logs and {MARKED}. Below ninety percent nothing "
            "ships, and every month twenty old cases are swapped for fresh failures. Two people mark the same "
            "hundred, and I compare how often they agree before anyone trusts the numbers we report."
        ),
        scenario=BRIEF.scenario.id,
        level=level,
        role=role,
        minutes=minutes,
    )


@st.composite
def any_grade(draw: st.DrawFn, level: SeniorityLevel = SeniorityLevel.SENIOR, minutes: int = 45) -> Grade:
    """A whole grade with any outcomes, flags and dimensions opened."""
    round_ = said(level, minutes=minutes)
    quotes = (quoted(round_, "C2", MARKED),)
    outcomes = draw(st.fixed_dictionaries(dict.fromkeys(BRIEF.criteria, st.sampled_from(Outcome))))
    stands = draw(st.fixed_dictionaries(dict.fromkeys(BRIEF.flags, st.sampled_from((True, False, None)))))
    found = [
        Findings(
            dimension=dimension,
            verdicts=tuple(verdict(n, o, *quotes) for n, o in outcomes.items() if n.startswith(f"{dimension}.")),
            flags=tuple(
                FlagFinding(flag=n, stands=s, quotes=quotes)
                for n, s in stands.items()
                if n.startswith(f"{dimension}.")
            ),
            opened=True,
        )
        for dimension in BRIEF.rubric.dimension_ids
        if draw(st.integers(0, 9))
    ]
    return settle(BRIEF, round_, found, STAMP)


def judged(each: GoldenRound, **held_to: object) -> Grade:
    """A labelled round as the offline judge grades it, held to another level or role."""
    judge = OfflineJudge()
    transcript_ = each.transcript.model_copy(update=held_to)
    found = judge.judge(each.brief, transcript_, each.brief.rubric.dimension_ids)
    return settle(each.brief, transcript_, found, judge.stamp(each.brief))

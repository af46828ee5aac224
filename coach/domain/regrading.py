"""A grade held against another bar: what was found stays, the arithmetic is done again."""

from __future__ import annotations

from coach.domain.grade import Grade
from coach.domain.grading import scored
from coach.domain.rubric import Brief, SeniorityLevel
from coach.domain.transcript import Transcript


def regraded(
    brief: Brief, transcript: Transcript, grade: Grade, level: SeniorityLevel, role: str | None = None
) -> Grade:
    """`grade` with the bars, gap and band of `level` and `role` (without one its own). Nothing is judged.

    The brief and transcript are those it was graded by. At the level it was graded at, it is the same grade to the
    byte. Raises KeyError for a role the rubric lacks, and where the brief expects what the grade does not hold.
    """
    held_to = {"role": role or grade.role, "level": level}
    dimensions, result = scored(
        brief,
        transcript.model_copy(update=held_to),
        {verdict.criterion: verdict for verdict in grade.verdicts},
        {flag.flag: flag for flag in grade.flags},
        {dimension.id: dimension.opened for dimension in grade.dimensions},
    )
    return grade.model_copy(update={**held_to, "dimensions": dimensions, "result": result})

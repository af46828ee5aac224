"""A process that grades a kept round with the models that are set, and says so once the grade is kept.

python -m tests.faults.grade_round ROUND
"""

from __future__ import annotations

import sys

from coach.domain.grade import Findings
from coach.practice import LLM, grade_round
from coach.settings import Settings
from coach.wiring import build_desk


def main(round_id: str) -> None:
    desk = build_desk(Settings())
    for made in grade_round(desk, round_id, LLM):
        print(made.dimension if isinstance(made, Findings) else "graded", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])

"""A process that answers without end: prints the id of each turn once the archive says it is kept.

python -m tests.archive.append_turns URL ROUND FIRST STRIDE [LAST]
"""

from __future__ import annotations

import itertools
import sys

from coach.archive.archive import SqlArchive
from tests.archive.builders import answer


def main(url: str, round_id: str, first: int, stride: int, last: int | None = None) -> None:
    archive = SqlArchive.open(url)
    print("ready", flush=True)
    numbers = itertools.count(first, stride) if last is None else range(first, last + 1, stride)
    for number in numbers:
        turn = answer(number, "word " * 400)
        if archive.add_turn(round_id, turn, key=f"click-{number}"):
            print(turn.id, flush=True)
    archive.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))

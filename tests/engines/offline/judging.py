"""A round judged offline, and the same round with something added to what the candidate said or drew."""

from __future__ import annotations

from functools import cache

from coach.domain.grade import Findings
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome
from coach.domain.transcript import Board, Transcript
from coach.engines.offline.judge import OfflineJudge
from tests.golden_rounds import conversation, golden_round

JUDGE = OfflineJudge()
BRIEF = golden_round("document-qa/p1").brief
WEAK = golden_round("document-qa/p5").transcript
RANK = {Outcome.PARTIAL: 1, Outcome.MET: 2}
SNIPPETS = BRIEF.scenario.calibration


def judged(transcript: Transcript, brief: Brief = BRIEF) -> dict[str, Outcome]:
    found = JUDGE.judge(brief, transcript, brief.rubric.dimension_ids)
    return {verdict.criterion: verdict.verdict for each in found for verdict in each.verdicts}


@cache
def clean() -> dict[str, Outcome]:
    """What the weak round is judged without any attack."""
    return judged(WEAK)


def findings(transcript: Transcript) -> dict[str, Findings]:
    return {each.dimension: each for each in JUDGE.judge(BRIEF, transcript, BRIEF.rubric.dimension_ids)}


def with_words(transcript: Transcript, words: str) -> Transcript:
    """The transcript with words added to the candidate's last turn."""
    *turns, last = transcript.turns
    assert last.speaker == "candidate"
    return transcript.model_copy(
        update={"turns": (*turns, last.model_copy(update={"text": f"{last.text} {words}"}))}
    )


def with_board(transcript: Transcript, board: Board) -> Transcript:
    """The transcript with a board beside the candidate's last turn."""
    *turns, last = transcript.turns
    return transcript.model_copy(update={"turns": (*turns, last.model_copy(update={"board": board}))})


def drawing(text: str, place: str) -> Board:
    """A board with the text in its notes, as its drawing, or as labels of a drawing."""
    if place == "notes":
        return Board(notes=text)
    labels = (f'  A{i}["{line}"]' for i, line in enumerate(text.replace('"', "'").splitlines()) if line)
    return Board(mermaid=text if place == "mermaid" else "\n".join(("graph TD", *labels)))


def noted(notes: str, mermaid: str = "") -> Transcript:
    """One short answer beside a board."""
    return with_board(
        conversation("How do you know it works?", "It is on the board."), Board(notes=notes, mermaid=mermaid)
    )


def gained(transcript: Transcript) -> list[str]:
    """Criteria with more credit than the weak round has without any attack."""
    before, after = clean(), judged(transcript)
    return [name for name in before if RANK.get(after[name], 0) > RANK.get(before[name], 0)]

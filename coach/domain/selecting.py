"""Words that a person selected in a transcript, as evidence."""

from __future__ import annotations

from typing import Literal

from coach.domain.finding.addressing import addressed
from coach.domain.grade import Quote
from coach.domain.grading import is_verbatim, source_text
from coach.domain.transcript import Transcript


def selected(
    transcript: Transcript, turn: str, start: int, end: int, source: Literal["board"] | None = None
) -> Quote | None:
    """The words at [start, end) of a candidate's turn, or of its board, without the white space around them. None
    where no such words of the candidate's stand, or where they address the grader: neither is evidence."""
    said = next((each for each in transcript.candidate if each.id == turn), None)
    if said is None or start < 0 or end <= start:
        return None
    place = Quote(turn=turn, start=start, end=end, text="", source=source)
    text = source_text(said, place)
    words = text[start:end]
    lead = len(words) - len(words.lstrip())
    words = words.strip()
    begin = start + lead
    quote = place.model_copy(update={"start": begin, "end": begin + len(words), "text": words})
    if not is_verbatim(transcript, quote) or any(a.start < quote.end and begin < a.end for a in addressed(text)):
        return None
    return quote

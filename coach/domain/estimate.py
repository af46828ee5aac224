"""What a round will use, before it starts: an expectation for a person who decides, and no bound.

Lengths are those of the 45-minute rounds in `golden/`: 17 exchanges, answers of 125 words and questions of 18.
What models think in silence is not counted: it differs tenfold between them.
"""

from __future__ import annotations

from coach.domain.calls import Usage
from coach.domain.value import Value

EXCHANGE_MINUTES = 2.5
"""Minutes for a question and its answer."""
ANSWER_WORDS = 125
QUESTION_WORDS = 20
TOKENS_A_WORD = 1.35
"""Of spoken English with technical terms."""

INTERVIEW_PREFIX_TOKENS = 1_500
"""The interviewer's instructions and the scenario; the same in every call of a round."""
INTERVIEW_TAIL_TOKENS = 200
"""Move, clock and what may be said: new in every call."""
INTERVIEW_REPLY_TOKENS = 100
"""Words and the trailer after them."""

JUDGE_PREFIX_TOKENS = 900
"""The judge's instructions; with the transcript the same in every call of a grading."""
JUDGE_TAIL_TOKENS = 700
"""A dimension's criteria and anchors."""
JUDGE_REPLY_TOKENS = 900
"""Quotes, reasons and verdicts on one dimension."""
FURTHER_WAVES = 2
"""Waves after the first, for repairs and for what is judged again."""
JUDGED_AGAIN = 0.1
"""Share of the dimensions in each further wave."""


class Estimate(Value):
    """What a round and its grading are expected to use."""

    interviewer: Usage
    judge: Usage


def estimate(minutes: int, dimensions: int = 9) -> Estimate:
    """For a round of `minutes`, graded in `dimensions`."""
    turns = max(1, round(minutes / EXCHANGE_MINUTES))
    exchange = round((ANSWER_WORDS + QUESTION_WORDS) * TOKENS_A_WORD)
    return Estimate(interviewer=_interview(turns, exchange), judge=_judging(turns * exchange, dimensions))


def _interview(turns: int, exchange: int) -> Usage:
    """A call for each turn; each begins with the whole call before it, which the provider has kept."""
    prefixes = [INTERVIEW_PREFIX_TOKENS + turn * exchange for turn in range(turns)]
    return Usage(
        input_tokens=sum(prefixes) + turns * INTERVIEW_TAIL_TOKENS,
        cached_tokens=sum(prefixes[:-1]),
        output_tokens=turns * INTERVIEW_REPLY_TOKENS,
    )


def _judging(transcript: int, dimensions: int) -> Usage:
    """A call for each dimension and the further waves; the first fills the provider's cache for all others."""
    calls = round(dimensions * (1 + FURTHER_WAVES * JUDGED_AGAIN))
    prefix = JUDGE_PREFIX_TOKENS + transcript
    return Usage(
        input_tokens=calls * (prefix + JUDGE_TAIL_TOKENS),
        cached_tokens=max(0, calls - 1) * prefix,
        output_tokens=calls * JUDGE_REPLY_TOKENS,
    )

"""From a judge's findings to a grade: quotes checked, help taken from the moves, then arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coach.domain.grade import (
    Confidence,
    Cost,
    DimensionScore,
    Findings,
    FlagFinding,
    Grade,
    JudgeStamp,
    Quote,
    Result,
    ResultKind,
    Verdict,
)
from coach.domain.help import help_at, opened_by_interviewer
from coach.domain.language import FILLERS, STOPWORDS, words
from coach.domain.rubric import Brief, Help
from coach.domain.scenario import Outcome
from coach.domain.scoring import BASELINE_MINUTES, level_of, result_of, score_dimension
from coach.domain.transcript import Transcript, Turn

LEAST_WORDS = 60
"""A candidate who said fewer words than this is not graded."""
LEAST_DISTINCT_WORDS = 15
"""Fewer different words of content than this say too little, however often they are said."""

CREDITED = frozenset({Outcome.MET, Outcome.PARTIAL})


def settle(
    brief: Brief,
    transcript: Transcript,
    findings: Iterable[Findings],
    judge: JudgeStamp,
    cost: Cost | None = None,
) -> Grade:
    """The grade that `findings` make. A pure function: the same findings always give the same grade.

    Credit needs a quote that stands, to the letter, in a candidate turn: without one the verdict is `unjudged`.
    No other quote is kept. A criterion or flag the judge left out is `unjudged` (stands: null). A dimension that
    neither side opened is `not_reached`, whatever was found in it; once opened, silence is `missed`.
    """
    known = {found.dimension: found for found in findings}
    given = {verdict.criterion: verdict for found in known.values() for verdict in found.verdicts}
    flagged = {flag.flag: flag for found in known.values() for flag in found.flags}
    answers = opened_by_interviewer(brief, transcript)
    too_little = why_not_graded(transcript)

    verdicts = {name: checked(brief, transcript, name, given.get(name), too_little) for name in brief.criteria}
    opened = {d: _is_opened(brief, d, d in answers, known.get(d), verdicts) for d in brief.rubric.dimension_ids}
    for name in verdicts:
        if not opened[name.split(".")[0]]:
            verdicts[name] = Verdict(criterion=name, verdict=Outcome.NOT_REACHED, confidence=Confidence.HIGH)
    flags = {
        name: _checked_flag(transcript, name, flagged.get(name), opened[name.split(".")[0]]) for name in brief.flags
    }
    dimensions, result = scored(brief, transcript, verdicts, flags, opened)
    return Grade(
        scenario=transcript.scenario,
        role=transcript.role,
        level=transcript.level,
        judge=judge,
        verdicts=tuple(verdicts.values()),
        flags=tuple(flags.values()),
        dimensions=dimensions,
        result=result,
        notices=tuple(notice for d in brief.rubric.dimension_ids if d in known for notice in known[d].notices),
        cost=cost or Cost(),
    )


def scored(
    brief: Brief,
    transcript: Transcript,
    verdicts: Mapping[str, Verdict],
    flags: Mapping[str, FlagFinding],
    opened: Mapping[str, bool],
) -> tuple[tuple[DimensionScore, ...], Result]:
    """What settled verdicts and flags come to: every dimension's score, and the result against the bar of the
    transcript's role and level. Each of the brief's must be given, by full name; `opened` says of each dimension
    whether it is scored."""
    too_little = why_not_graded(transcript)
    if_met = _help_if_met(brief, transcript, verdicts)
    scores = []
    for dimension in brief.rubric.dimension_ids:
        score = low = high = level = None
        if opened[dimension] and not too_little:
            score, low, high = score_dimension(brief, dimension, verdicts, flags, if_met)
            level = None if score is None else level_of(brief.rubric, score)
        bar = brief.rubric.bar(transcript.role, transcript.level, dimension)
        scores.append(
            DimensionScore(
                id=dimension, score=score, low=low, high=high, level=level, bar=bar, opened=opened[dimension]
            )
        )
    dimensions = tuple(scores)
    return dimensions, _result(brief, transcript, dimensions, flags, too_little)


def why_not_graded(transcript: Transcript) -> str | None:
    """Why there is too little to grade, or None.

    Only what was said counts: a board is written beside an interview and can be filled by one paste, so it may add
    evidence to a round but does not make one.
    """
    spoken = [word.text for turn in transcript.candidate for word in words(turn.text)]
    if len(spoken) < LEAST_WORDS:
        return f"words from the candidate: {len(spoken)}; at least {LEAST_WORDS} are needed"
    content = {word for word in spoken if word not in FILLERS | STOPWORDS}
    if len(content) < LEAST_DISTINCT_WORDS:
        if not content:
            return "the answers hold nothing but fillers"
        return f"different words of content: {len(content)}; at least {LEAST_DISTINCT_WORDS} are needed"
    return None


def is_verbatim(transcript: Transcript, quote: Quote) -> bool:
    """Whether the quote stands, to the letter, where it says: in a candidate's turn or on the board there."""
    turn = next((said for said in transcript.candidate if said.id == quote.turn), None)
    if turn is None or not quote.text:
        return False
    return source_text(turn, quote)[quote.start : quote.end] == quote.text


def source_text(turn: Turn, quote: Quote) -> str:
    """The text a quote's offsets count in: the turn's, or its board's notes and Mermaid, a line apart."""
    if quote.source == "board":
        return turn.board.text if turn.board else ""
    return turn.text


def checked(
    brief: Brief, transcript: Transcript, name: str, verdict: Verdict | None, too_little: str | None
) -> Verdict:
    """The verdict on the criterion `name` as it can stand: credit with a quote that is verbatim, and its help; else
    `unjudged`. `too_little` as `why_not_graded` says it."""
    if verdict is None:
        return Verdict(criterion=name, verdict=Outcome.UNJUDGED, reason="The judge gave no verdict.")
    if too_little:
        return Verdict(criterion=name, verdict=Outcome.UNJUDGED, reason="Too little was said to judge.")
    quotes = tuple(quote for quote in verdict.quotes if is_verbatim(transcript, quote))
    if verdict.verdict not in CREDITED:
        once_opened = Outcome.MISSED if verdict.verdict is Outcome.NOT_REACHED else verdict.verdict
        return verdict.model_copy(update={"verdict": once_opened, "help": None, "quotes": quotes})
    if not quotes:
        return Verdict(
            criterion=name,
            verdict=Outcome.UNJUDGED,
            reason="The quote given for it does not stand in the candidate's words.",
        )
    order = {turn.id: i for i, turn in enumerate(transcript.turns)}
    earliest = min(quotes, key=lambda quote: (order[quote.turn], quote.start))
    return verdict.model_copy(update={"quotes": quotes, "help": help_at(brief, transcript, name, earliest.turn)})


def _checked_flag(transcript: Transcript, name: str, flag: FlagFinding | None, opened: bool) -> FlagFinding:
    if not opened:
        return FlagFinding(flag=name, stands=False)
    if flag is None:
        return FlagFinding(flag=name, stands=None)
    quotes = tuple(quote for quote in flag.quotes if is_verbatim(transcript, quote))
    stands = None if flag.stands and not quotes else flag.stands
    return flag.model_copy(update={"quotes": quotes, "stands": stands})


def _is_opened(
    brief: Brief, dimension: str, asked: bool, found: Findings | None, verdicts: Mapping[str, Verdict]
) -> bool:
    """Opened by a question that was answered, by evidence, or by the candidate speaking about it. A dimension
    without probes (communication) shows in everything said."""
    if asked or not brief.scenario.probes.get(dimension) or (found is not None and found.opened):
        return True
    return any(v.verdict in CREDITED for name, v in verdicts.items() if name.startswith(f"{dimension}."))


def _help_if_met(brief: Brief, transcript: Transcript, verdicts: Mapping[str, Verdict]) -> dict[str, Help]:
    """Help of the question that opened each unjudged criterion's dimension."""
    answers = opened_by_interviewer(brief, transcript)
    return {
        name: help_at(brief, transcript, name, answers[name.split(".")[0]])
        for name, verdict in verdicts.items()
        if verdict.verdict is Outcome.UNJUDGED and name.split(".")[0] in answers
    }


def _result(
    brief: Brief,
    transcript: Transcript,
    dimensions: tuple[DimensionScore, ...],
    flags: Mapping[str, FlagFinding],
    too_little: str | None,
) -> Result:
    if too_little:
        return Result(kind=ResultKind.NOT_GRADED, why=(too_little,))
    if transcript.minutes < BASELINE_MINUTES:
        why = f"a round under {BASELINE_MINUTES} minutes gives scores with ranges and no band"
        return Result(kind=ResultKind.BASELINE, why=(why,))
    return result_of(brief, transcript.role, transcript.level, dimensions, flags)

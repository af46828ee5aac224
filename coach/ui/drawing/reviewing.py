"""A review: the queue, the judge beside a person, and what people say on the candidate's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from html import escape

from coach.domain.calibration_rounds import is_calibration
from coach.domain.grade import DimensionScore, FlagFinding, Quote, Verdict
from coach.domain.queue import Waiting, Why
from coach.domain.remarks import Comment, Dismissal, Dispute, Remark
from coach.domain.review import SELF, FlagFound, LevelFound, Override, ReasonCode
from coach.domain.round import Round
from coach.domain.rubric import Dimension, Rubric
from coach.reviewing import Case
from coach.ui.drawing.cards import counted
from coach.ui.drawing.conversation import Evidence, transcript
from coach.ui.drawing.verdicts import OUTCOMES, flag_told, numbers, quoted, whisker

REASONS = {
    Why.DISPUTED: "disputed",
    Why.ADDRESSED: "addressed to grader",
    Why.COULD_NOT_TELL: "could not tell",
    Why.NEAR_CUT: "near a cut",
    Why.SAMPLED: "drawn at random",
}
CODES = {
    ReasonCode.MISSED_EVIDENCE: "Missed evidence",
    ReasonCode.WRONG_EVIDENCE: "Wrong evidence",
    ReasonCode.EVIDENCE_INSUFFICIENT: "Evidence insufficient",
    ReasonCode.HINT_MIS_CREDITED: "Hint mis-credited",
    ReasonCode.NEGATION_MISSED: "Negation missed",
    ReasonCode.RUBRIC_WORDING: "Rubric wording",
    ReasonCode.SHOULD_ABSTAIN: "Should abstain",
    ReasonCode.INJECTION: "Injection",
    ReasonCode.OTHER: "Other",
}


def queue_head(several: int, today: int) -> str:
    """How much waits and how much is done."""
    return (
        f'<h1>Reviews</h1><p class="coach-lead">{counted(several, "round")} waiting, {today} done today. Your '
        "findings lie over the judge's and erase nothing.</p>"
    )


def queue_line(waits: Waiting, now: datetime, reader: str) -> str:
    """Why a round waits, since when, what it takes to read, and who is at it, to `reader`."""
    why = "".join(f'<span class="coach-chip is-{each.value}">{REASONS[each]}</span> ' for each in waits.why)
    facts = [f"{counted(waits.open, 'criterion', 'criteria')} open"] if waits.open else []
    facts += [f"{waits.minutes} min to read", f"waiting {age(now - waits.since)}"]
    if who := waits.held(now):
        facts.append("you are at it" if who == reader else f"{who} is at it")
    return f'<div class="coach-line">{why}<span class="coach-small">{escape(" · ".join(facts))}</span></div>'


def nothing_waits(filtered: bool) -> str:
    """The empty queue, and what to do."""
    if filtered:
        return '<p class="coach-empty">Nothing waits for that reason. Show all, or take a break.</p>'
    return (
        '<p class="coach-empty">Nothing waits. A round comes here once it is graded and its candidate disputes a '
        "verdict, the judge could not tell, words were addressed to it, it stands near a cut, or it is the one in "
        "twenty drawn at random. Meanwhile, see how far the judge and people agree.</p>"
    )


def age(since: timedelta) -> str:
    """`12 min`, `5 h`, `3 days`."""
    minutes = max(0, int(since.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"


def held(who: str, since: datetime) -> str:
    """That somebody else is at this round."""
    return (
        f'<h1>{escape(who)} is at this round</h1><p class="coach-lead">Since {since:%H:%M %Z}; it is free again '
        "half an hour after they last did something. If you take it over, both your findings are kept.</p>"
    )


def words(case: Case, marked: Iterable[Quote]) -> str:
    """The transcript with words marked."""
    by_turn: dict[str, list[Evidence]] = {}
    for quote in marked:
        by_turn.setdefault(quote.turn, []).append(Evidence(quote, "", ""))
    drawn = transcript(case.round, moves=True, evidence=by_turn, candidate="Candidate")
    return (
        '<section class="coach-beside is-review"><h2>Transcript</h2>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="Transcript">{drawn}</div></section>'
    )


def progress(done: int, several: int, *, blind: bool, calibrates: bool = False) -> str:
    """How far the review is."""
    told = f"{done} of {several} found" if blind else f"{done} of {several} looked at"
    hidden = "the labels are hidden" if calibrates else "the judge is hidden"
    manner = f"Blind: {hidden} until yours are in" if blind else "The judge is in sight"
    return (
        f'<p class="coach-small coach-far" role="status"><progress max="{max(several, 1)}" value="{done}" '
        f'aria-label="{escape(told)}"></progress> <strong>{told}</strong> · {manner}</p>'
    )


def mine(found: Override | None, label: Override | None, *, blind: bool) -> str:
    """What this person has found on a criterion: before they saw the judge (`label`), and since."""
    lines = []
    if label and label.verdict:
        lines.append(f"{'You found' if blind else 'You found, blind'}: {_word(label)}.")
    if found:
        reason = f" ({CODES[found.reason].lower()})" if found.reason else ""
        lines.append(f"You said: {_word(found)}{reason}." if found.verdict else "You left the judge's verdict.")
    return f'<p class="coach-small" role="status"><strong>{escape(" ".join(lines))}</strong></p>' if lines else ""


def judge_says(verdict: Verdict, round_: Round) -> str:
    """The judge's verdict with its words and reason."""
    sign, word = OUTCOMES[verdict.verdict]
    help_ = f", {verdict.help.value}" if verdict.help else ""
    return (
        f'<section class="coach-judge"><p><strong>{sign} The judge: {word.lower()}{escape(help_)}</strong>, '
        f"{escape(verdict.confidence.value)} confidence. {escape(verdict.reason)}</p>"
        f"{''.join(quoted(quote, round_) for quote in verdict.quotes)}</section>"
    )


def judge_on_flag(finding: FlagFinding, round_: Round) -> str:
    """What the judge found on a flag, with its words."""
    return (
        f'<section class="coach-judge"><p><strong>The judge: {flag_told(finding.stands)}</strong></p>'
        f"{''.join(quoted(quote, round_) for quote in finding.quotes)}</section>"
    )


def my_flag(found: FlagFound | None) -> str:
    """What this person has found on a flag."""
    if found is None:
        return ""
    told = f"You said: {flag_told(found.stands)}." if found.found else "You left the judge's finding."
    return f'<p class="coach-small" role="status"><strong>{escape(told)}</strong></p>'


def disputes(remarks: Iterable[Remark], criterion: str) -> str:
    """What the candidate holds against the verdict."""
    said = [each.text for each in remarks if isinstance(each, Dispute) and each.criterion == criterion]
    return "".join(f'<p class="coach-ribbon">The candidate disputes it: “{escape(text)}”</p>' for text in said)


def chosen(quotes: Sequence[Quote], round_: Round, *, for_flag: bool = False) -> str:
    """The words a finding would rest on."""
    if not quotes:
        needs = "A flag needs some to stand" if for_flag else "Credit needs some"
        return f'<p class="coach-empty">No words chosen yet. {needs}: select them in the transcript.</p>'
    return "".join(quoted(quote, round_) for quote in quotes)


def judges_words() -> str:
    """That a verdict would rest on what the judge quotes."""
    return '<p class="coach-small">It would rest on the judge\'s words above; select others to use those.</p>'


def anchors(dimension: Dimension, rubric: Rubric, place: int, several: int) -> str:
    """What each level of a dimension is."""
    rows = "".join(
        f"<div><dt>{level} · {escape(rubric.scale[level].name)}</dt><dd>{escape(text)}</dd></div>"
        for level, text in sorted(dimension.anchors.items())
    )
    return (
        f'<p class="coach-over"><strong>{place} of {several}</strong> · level</p>'
        f'<h1 class="coach-criterion">{escape(dimension.name)}</h1>'
        f'<p class="coach-small">{escape(dimension.definition)}</p><dl class="coach-anchors">{rows}</dl>'
    )


def judge_level(score: DimensionScore, settled: DimensionScore) -> str:
    """What the judge's verdicts come to in a dimension, and what people's findings make of them."""
    if not score.opened and not settled.opened:
        return '<p class="coach-small">The round did not reach it.</p>'
    return (
        f'<section class="coach-judge">{whisker(settled, alone=score if score != settled else None)}'
        f'<p class="coach-small">The judge alone: {escape(numbers(score))}</p>'
        f'<p class="coach-small">With what people found: {escape(numbers(settled))}</p></section>'
    )


def my_level(found: LevelFound | None, label: LevelFound | None, *, blind: bool) -> str:
    """The level this person has given a dimension: before they saw the judge (`label`), and since."""
    lines = []
    if label:
        lines.append(f"{'You found' if blind else 'You found, blind'}: {label.level}.")
    if found and found.level is not None and not blind:
        lines.append(f"You laid {found.level} over it: {found.note}")
    return f'<p class="coach-small" role="status"><strong>{escape(" ".join(lines))}</strong></p>' if lines else ""


def revealed(case: Case) -> str:
    """Blind findings beside the judge's: every criterion and level a person found before they saw it."""
    rubric, judged = case.round.brief.rubric, {v.criterion: v.verdict for v in case.grade.verdicts}
    criteria = [
        (case.round.brief.criteria[name].text, OUTCOMES[found.verdict][1], OUTCOMES[judged[name]][1])
        for name, found in case.sheet.blind.items()
        if found.verdict and name in judged
    ]
    at = {score.id: score.level for score in case.grade.dimensions}
    levels = [
        (rubric.dimension(id_).name, str(found.level), "none" if at[id_] is None else str(at[id_]))
        for id_, found in case.sheet.blind_levels.items()
    ]
    if not criteria and not levels:
        return ""
    same = sum(mine == judge for _, mine, judge in criteria)
    same_levels = sum(mine == judge for _, mine, judge in levels)
    rows = "".join(
        f'<tr class="{"" if mine == judge else "is-apart"}"><th scope="row">{escape(what)}</th>'
        f"<td>{escape(mine)}</td><td>{escape(judge)}</td></tr>"
        for what, mine, judge in (*levels, *criteria)
    )
    return (
        f'<details class="coach-revealed"><summary>You and the judge: {same} of {len(criteria)} verdicts and '
        f'{same_levels} of {len(levels)} levels the same</summary><table><thead><tr><th scope="col"></th>'
        f'<th scope="col">You</th><th scope="col">Judge</th></tr></thead><tbody>{rows}</tbody></table></details>'
    )


def ending(case: Case, left: int, *, blind: bool) -> str:
    """The end of the walk."""
    if is_calibration(case.round.id) and not left:
        told = "All your findings are in. Hold them against the labels now; after that they stay as they are."
    elif blind and not left:
        told = "All your findings are in. Look at the judge's now; yours stay as they are."
    elif left:
        told = f"{counted(left, 'item')} {'is' if left == 1 else 'are'} still open. Go on, or end the review here."
    else:
        told = "Everything that needed you is decided."
    return f'<h1 class="coach-criterion">{escape(case.round.brief.scenario.title)}</h1><p>{told}</p>'


def said_by_people(remarks: Sequence[Remark], round_: Round) -> str:
    """For the candidate: comments on their turns, that the round cannot be judged, and their own disputes."""
    at = {turn.id: turn for turn in round_.turns}
    lines = []
    for each in remarks:
        if isinstance(each, Dismissal):
            lines.append(f"<li>{escape(each.by)} finds that this round cannot be judged: {escape(each.text)}</li>")
        elif isinstance(each, Comment) and each.turn in at:
            link = f'<a href="#turn-{escape(each.turn)}">{escape(each.turn)}</a>'
            lines.append(f"<li>{escape(each.by)} on {link}: {escape(each.text)}</li>")
        elif isinstance(each, Dispute) and each.criterion in round_.brief.criteria:
            name = round_.brief.criteria[each.criterion].text
            who = "You dispute" if each.by == SELF else f"{each.by} disputes"
            lines.append(f"<li>{escape(who)} “{escape(name)}”: {escape(each.text)}</li>")
    if not lines:
        return ""
    return (
        '<section class="coach-notices"><h3>Said by people</h3>'
        f'<ul class="coach-list">{"".join(lines)}</ul></section>'
    )


def waits_for(why: Why, several: int) -> str:
    """A reason, and how many rounds wait for it."""
    return f"{REASONS[why].capitalize()} {several}"


def _word(found: Override) -> str:
    return OUTCOMES[found.verdict][1].lower() if found.verdict else "the judge's"

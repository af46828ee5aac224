"""How one dimension is judged: a reply, where it is needed one repair and two more readings, then findings.

An inquiry is a generator that hands out what is to be asked and is sent the answers; it asks nobody itself.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from functools import cached_property
from typing import NamedTuple

from coach.domain.calls import Request
from coach.domain.finding.bearing import Criteria
from coach.domain.finding.finder import MOST, notices, search
from coach.domain.finding.weighing import NEAR_GROUPS
from coach.domain.grade import Confidence, Findings, FlagFinding, JudgeStamp, Notice, Verdict
from coach.domain.grading import CREDITED, settle, why_not_graded
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome
from coach.engines.llm.canaries import are_right
from coach.engines.llm.questions import Questions, Sheet
from coach.engines.llm.readings import (
    NOTHING,
    Reading,
    majority,
    read_criterion,
    read_flag,
    verdicts,
    without_sweeping,
)
from coach.engines.llm.record import Record
from coach.engines.llm.reply import Reply

NEAR_CUT = 0.16
"""Distance of a score, 0 to 4, from a level's lowest within which a verdict more or less moves the level."""
UNSOUND = "The judge failed its own check on this dimension twice, so nothing it said counts."
TOO_LITTLE = "Too little was said to judge."


class Ask(NamedTuple):
    """A request, and how its reply is dealt with."""

    request: Request
    needed: bool = True
    """Without a reply that can be read there is nothing to find; else the inquiry goes on with None."""
    other: bool = False
    """Another model may be asked, where there is one."""


class Answer(NamedTuple):
    """A reply as it came and as it was read."""

    text: str
    reply: Reply


Inquiry = Generator[tuple[Ask, ...], tuple[Answer | None, ...], Findings]


class Case:
    """One round before the judge."""

    def __init__(self, brief: Brief, record: Record, questions: Questions, stamp: JudgeStamp) -> None:
        self.brief = brief
        self.record = record
        self.questions = questions
        self._stamp = stamp

    @cached_property
    def too_little(self) -> bool:
        """Whether too little was said to judge anything."""
        return why_not_graded(self.record.transcript) is not None

    @cached_property
    def _criteria(self) -> Criteria:
        return Criteria(self.brief.criteria)

    @cached_property
    def spoken_about(self) -> set[str]:
        """Dimensions the candidate's words show, by the rule of the offline judge."""
        found = search(self.brief.criteria, self.record.transcript)
        return {
            name.split(".")[0]
            for name, trace in found.items()
            if (trace.share >= MOST if self.brief.criteria[name].signals else trace.groups >= NEAR_GROUPS)
        }

    def readings(self, sheet: Sheet, reply: Reply) -> dict[str, Reading]:
        """What a reply comes to for each criterion of a sheet, by full name."""
        said = {name: reply.criteria.get(id_) for id_, name in sheet.criteria.items()}
        each = {name: read_criterion(self.record, self._criteria, name, given) for name, given in said.items()}
        return without_sweeping(self.record, self._criteria, each)

    def flags(self, sheet: Sheet, reply: Reply) -> dict[str, FlagFinding]:
        """The same for its flags."""
        return {name: read_flag(self.record, name, reply.flags.get(id_)) for id_, name in sheet.flags.items()}

    def findings(
        self, dimension: str, readings: Mapping[str, Reading], flags: Mapping[str, FlagFinding]
    ) -> Findings:
        """The findings of a dimension, in the brief's order."""
        names = [name for name in self.brief.criteria if name in readings]
        found = verdicts({name: readings[name] for name in names})
        credited = any(verdict.verdict in CREDITED for verdict in found)
        spoken = credited or any(reading.spoken for reading in readings.values())
        return Findings(
            dimension=dimension,
            verdicts=found,
            flags=tuple(flags[name] for name in self.brief.flags if name in flags),
            notices=self._notices(dimension),
            opened=spoken or dimension in self.spoken_about,
        )

    def unjudged(self, dimension: str, reason: str, *more: Notice) -> Findings:
        """Findings that decide nothing."""
        names = [name for name in self.brief.criteria if name.split(".")[0] == dimension]
        flags = [name for name in self.brief.flags if name.split(".")[0] == dimension]
        return Findings(
            dimension=dimension,
            verdicts=tuple(Verdict(criterion=name, verdict=Outcome.UNJUDGED, reason=reason) for name in names),
            flags=tuple(FlagFinding(flag=name, stands=None) for name in flags),
            notices=(*more, *self._notices(dimension)),
            opened=dimension in self.spoken_about,
        )

    def unsound(self, dimension: str) -> Findings:
        """Findings of a dimension whose canaries were wrong twice."""
        turn = self.record.transcript.candidate[0].id
        text = f"{self.brief.rubric.dimension(dimension).name}: {UNSOUND}"
        return self.unjudged(dimension, UNSOUND, Notice(kind="canary-failed", turn=turn, text=text))

    def is_near_cut(self, findings: Findings) -> bool:
        """Whether a dimension's score is so near to the lowest of a level that it may fall on either side."""
        grade = settle(self.brief, self.record.transcript, [findings], self._stamp)
        score = next(each.score for each in grade.dimensions if each.id == findings.dimension)
        cuts = [low for low, _ in self.brief.rubric.levels_from_score.values() if low > 0]
        return score is not None and any(abs(score - cut) <= NEAR_CUT for cut in cuts)

    def _notices(self, dimension: str) -> tuple[Notice, ...]:
        """What addresses the grader, once a round."""
        is_last = dimension == self.brief.rubric.dimension_ids[-1]
        return tuple(notices(self.record.transcript)) if is_last else ()


def inquire(case: Case, dimension: str) -> Inquiry:
    """Judge one dimension: at most three times something is asked, one after the other."""
    if not case.brief.expected[dimension] or case.too_little:
        return case.unjudged(dimension, TOO_LITTLE)
    sheet = case.questions.sheet(dimension, 0)
    (answer,) = yield (Ask(case.questions.request(sheet)),)
    is_first = _is_sound(sheet, answer)
    if not is_first:
        sheet = case.questions.sheet(dimension, 1)
        (answer,) = yield (Ask(case.questions.request(sheet)),)
    if answer is None or not _is_sound(sheet, answer):
        return case.unsound(dimension)

    readings, flags = case.readings(sheet, answer.reply), case.flags(sheet, answer.reply)
    doubtful = {name for name, reading in readings.items() if not reading.proved}
    if is_first and (doubtful or any(flag.stands is None for flag in flags.values())):
        (mended,) = yield (Ask(_repair(case, sheet, answer, readings, flags), needed=False),)
        if mended is not None and _is_sound(sheet, mended):
            again, flags_again = case.readings(sheet, mended.reply), case.flags(sheet, mended.reply)
            readings |= {name: again[name] for name in doubtful if again[name] is not NOTHING}
            flags |= {name: flags_again[name] for name, flag in flags.items() if flag.stands is None}

    findings = case.findings(dimension, readings, flags)
    unsure = {name for name, reading in readings.items() if reading.confidence is Confidence.LOW} | doubtful
    if case.is_near_cut(findings):
        unsure = set(readings)
    if not unsure:
        return findings
    sheets = [case.questions.sheet(dimension, number, unsure) for number in (2, 3)]
    answers = yield tuple(Ask(case.questions.request(each), needed=False, other=True) for each in sheets)
    samples = [
        case.readings(each, said.reply)
        for each, said in zip(sheets, answers, strict=True)
        if said is not None and _is_sound(each, said)
    ]
    settled = {name: majority(readings[name], [sample[name] for sample in samples]) for name in unsure}
    return case.findings(dimension, readings | settled, flags)


def _is_sound(sheet: Sheet, answer: Answer | None) -> bool:
    return answer is not None and are_right(sheet.canaries, answer.reply.criteria)


def _repair(
    case: Case, sheet: Sheet, answer: Answer, readings: Mapping[str, Reading], flags: Mapping[str, FlagFinding]
) -> Request:
    """Asks again for what has no quote that counts, and for what was not answered."""
    said = {sheet.criteria.get(id_) for id_ in answer.reply.criteria}
    said |= {sheet.flags.get(id_) for id_ in answer.reply.flags}
    doubtful = [name for name, reading in readings.items() if not reading.proved]
    doubtful += [name for name, flag in flags.items() if flag.stands is None]
    unproved = [name for name in doubtful if name in said]
    unread = [name for name in doubtful if name not in said]
    return case.questions.repair(sheet, answer.text, unproved, unread)

"""The debrief without a model: nothing in it that grade, transcript and the scenario's author have not said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from coach.domain.composing import composed
from coach.domain.debrief import LONGEST_QUOTE, Cited, Debrief, Draft, DraftFix, DraftKeep, DraftMoment, check
from coach.domain.grade import FlagFinding, Grade, Quote
from coach.domain.grading import is_verbatim, settle
from coach.domain.numbers import numbers
from coach.domain.review import open_criteria
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome
from coach.domain.transcript import Move, Transcript
from coach.engines.offline.judge import OfflineJudge
from coach.practice import grade_transcript
from tests.builders import (
    SCENARIOS,
    STAMP,
    asks,
    findings,
    library,
    probes,
    quoted,
    says,
    shipped,
    tiny,
    transcript,
    verdict,
)
from tests.domain.grades import BRIEF, any_grade, said
from tests.golden_rounds import golden_rounds

SAID = (
    "I would write the records down by hand, every loan on its own card, and read the cards at the end of each "
    "week with two neighbours who mark what is late and what is lost, so that nobody is asked twice about the same "
    "book, and the council can see how the shelves are used over a whole year without any further work by us."
)


def quotes(made: Debrief) -> list[Quote]:
    found = [*(keep.quote for keep in made.keep), *(fix.quote for fix in made.fixes), *(h.quote for h in made.held)]
    return [quote for quote in found if quote]


def drafted(made: Debrief) -> Draft:
    """What a model would have had to write to say the same, the author's own lines aside."""

    def cited(quote: Quote | None) -> Cited:
        return Cited(turn=quote.turn, text=quote.text) if quote else Cited()

    return Draft(
        headline=made.headline,
        keep=tuple(DraftKeep(says="It is what is asked for.", quote=cited(each.quote)) for each in made.keep),
        fixes=tuple(
            DraftFix(criterion=each.criterion, quote=cited(each.quote), hears=each.hears, say="")
            for each in made.fixes
        ),
        moments=tuple(DraftMoment(turn=each.turn, says=each.says) for each in made.moments),
    )


def stands(brief: Brief, transcript: Transcript, grade: Grade) -> Debrief:
    """The debrief, once it has been held against all it may come from."""
    made = composed(brief, transcript, grade)
    assert made == composed(brief, transcript, grade)
    for quote in quotes(made):
        assert is_verbatim(transcript, quote)
        assert len(quote.text.split()) <= LONGEST_QUOTE
    for fix in made.fixes:
        criterion = brief.criteria[fix.criterion]
        assert (fix.missing, fix.hear, fix.near_miss) == (criterion.text, criterion.hear, criterion.not_)
        assert not numbers(fix.hears)
    outcomes = {each.criterion: each.verdict for each in grade.verdicts}
    for keep in made.keep:
        assert keep.criterion is not None
        assert outcomes[keep.criterion] is Outcome.MET
        assert keep.says == brief.criteria[keep.criterion].text
    for held in made.held:
        assert held.says == brief.flags[held.flag].text
    if grade.verdicts and made.fixes:
        again = check(drafted(made), brief, transcript, grade)
        assert {each for each in again.dropped if "said better has 0 words" not in each} == set()
        assert again.headline == made.headline
        assert [(each.criterion, each.verdict, each.asked) for each in again.fixes] == [
            (each.criterion, each.verdict, each.asked) for each in made.fixes
        ]
    assert len({fix.criterion.split(".")[0] for fix in made.fixes}) == len(made.fixes) <= 3
    assert not made.by_model
    return made


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(any_grade())
def test_a_debrief_of_any_grade_says_nothing_that_its_sources_do_not(grade: Grade) -> None:
    stands(BRIEF, said(), grade)


def every_round() -> Iterator[tuple[Brief, Transcript]]:
    for each in golden_rounds():
        yield each.brief, each.transcript
    for id_ in SCENARIOS:
        for weak in (False, True):
            yield shipped(id_), library().walkthrough(id_, weak=weak).transcript


@pytest.mark.slow
def test_every_labelled_round_and_every_walkthrough_gets_a_debrief_that_stands() -> None:
    for brief, transcript_ in every_round():
        made = stands(brief, transcript_, grade_transcript(brief, transcript_, OfflineJudge()))
        assert made.headline
        assert made.fixes or made.settle or made.keep, brief.scenario.id


def test_an_offline_grade_gets_a_debrief_with_words_to_say_and_a_question_to_answer() -> None:
    brief, round_ = shipped(), library().walkthrough("document-qa", weak=True).transcript
    made = stands(brief, round_, grade_transcript(brief, round_, OfflineJudge()))
    assert made.fixes[0].hear
    assert made.fixes[0].asked
    assert made.keep


def talk(text: str = SAID, minutes: int = 45) -> Transcript:
    return transcript(probes("evals.clarify"), says(text), probes("data.clarify"), says(text), minutes=minutes)


def graded(round_: Transcript, **outcomes: Outcome) -> Grade:
    """Evals, with these outcomes and the rest unjudged."""
    evals = [
        verdict(f"evals.{name}", outcome, *([quoted(round_, "C1", SAID)] if outcome is not Outcome.MISSED else []))
        for name, outcome in outcomes.items()
    ]
    return settle(tiny(), round_, [findings("evals", *evals)], STAMP)


def test_too_little_to_grade_is_said_and_nothing_is_advised() -> None:
    round_ = talk("Fine.")
    made = composed(tiny(), round_, settle(tiny(), round_, [], STAMP))
    assert made.headline == "Not graded: words from the candidate: 2; at least 60 are needed."
    assert made == Debrief(headline=made.headline, by_model=False)


def test_a_baseline_is_called_one() -> None:
    round_ = talk(minutes=12)
    made = stands(tiny(), round_, graded(round_, set=Outcome.MET, gate=Outcome.MISSED))
    assert made.headline.startswith("This was a baseline, scores with ranges and no band")


def test_where_everything_is_open_the_first_thing_is_to_settle_it() -> None:
    round_ = talk()
    grade = graded(round_)
    made = stands(tiny(), round_, grade)
    assert (made.fixes, made.keep) == ((), ())
    assert list(made.settle) == [each.name for each in open_criteria(tiny(), round_, grade)][:3]
    assert made.headline.endswith("what could not be told would: settle that first.")


def test_what_was_partly_met_is_quoted_in_short_and_what_was_never_near_is_not() -> None:
    round_ = talk()
    made = stands(tiny(), round_, graded(round_, set=Outcome.MET, gate=Outcome.PARTIAL))
    (fix,) = made.fixes
    assert fix.criterion == "evals.gate"
    assert fix.quote is not None
    assert fix.quote.text in SAID
    missed = stands(tiny(), round_, graded(round_, set=Outcome.MET, gate=Outcome.MISSED))
    assert missed.fixes[0].quote is None
    assert missed.fixes[0].asked is not None
    assert missed.fixes[0].asked.turn == "I1"
    assert missed.fixes[0].hears != fix.hears


@pytest.mark.parametrize(
    ("near", "first"), [("", "golden-set"), ("Recall has a threshold.", "thresholds-gate-release")]
)
def test_what_was_nearly_said_goes_before_what_was_never_mentioned(near: str, first: str) -> None:
    round_ = transcript(probes("evals.clarify"), says(f"{near} {SAID}"), scenario="document-qa")
    missed = [verdict(f"evals.{name}", Outcome.MISSED) for name in ("golden-set", "thresholds-gate-release")]
    made = stands(shipped(), round_, settle(shipped(), round_, [findings("evals", *missed)], STAMP))
    assert [fix.criterion for fix in made.fixes] == [f"evals.{first}"]


def test_positions_held_to_the_end_are_told_the_costliest_first() -> None:
    round_ = talk()
    words = (quoted(round_, "C1", SAID),)
    flags = tuple(FlagFinding(flag=f"evals.{id_}", stands=True, quotes=words) for id_ in ("slip", "vibes"))
    found = findings("evals", verdict("evals.gate", Outcome.MISSED)).model_copy(update={"flags": flags})
    made = stands(tiny(), round_, settle(tiny(), round_, [found], STAMP))
    assert [held.flag for held in made.held] == ["evals.vibes", "evals.slip"]


def test_the_moments_are_the_fullest_answer_and_the_one_to_a_changed_premise() -> None:
    round_ = transcript(
        probes("evals.clarify"),
        says(SAID),
        asks(Move.CURVEBALL, "The cellar floods.", curveball="flood"),
        says(SAID),
    )
    made = stands(tiny(), round_, graded(round_, set=Outcome.MET))
    assert [(each.turn, each.says) for each in made.moments] == [
        ("C1", "The answer with most evidence in it."),
        ("C2", "Your answer to the changed premise."),
    ]

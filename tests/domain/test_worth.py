"""What fixing a criterion is worth: where it moves the result most."""

from __future__ import annotations

from typing import Any

import yaml

from coach.domain.grade import Band, Findings, FlagFinding, Grade, Verdict
from coach.domain.grading import scored, settle
from coach.domain.rubric import Help
from coach.domain.scenario import Outcome
from coach.domain.transcript import Transcript
from coach.domain.worth import worth_fixing
from tests.builders import DATA, STAMP, findings, probes, quoted, says, shipped, tiny, transcript, verdict

SAID = (
    "I would write the records down by hand, every loan on its own card, and read the cards at the end of each "
    "week with two neighbours who mark what is late and what is lost, so that nobody is asked twice about the same "
    "book and the council can see how the shelves are used over a whole year without any further work by us."
)


def said() -> Transcript:
    return transcript(probes("evals.clarify"), says(SAID), probes("data.clarify"), says(SAID))


def graded(*found: Findings) -> Grade:
    return settle(tiny(), said(), found, STAMP)


def met(name: str) -> Verdict:
    return verdict(name, Outcome.MET, quoted(said(), "C1", "every loan on its own card"))


def of_fixture(fixture: dict[str, Any]) -> Grade:
    """The grade that the verdicts of the example make."""
    brief = shipped(fixture["scenario"])
    long = transcript(probes("evals.clarify"), says(SAID), scenario=fixture["scenario"], role=fixture["role"])
    verdicts = {}
    for name in brief.criteria:
        dimension, id_ = name.split(".")
        outcome, help_ = fixture["verdicts"][dimension].get(id_, ("missed", None))
        verdicts[name] = Verdict(criterion=name, verdict=Outcome(outcome), help=help_ and Help(help_))
    dimensions, result = scored(brief, long, verdicts, {}, dict.fromkeys(brief.rubric.dimension_ids, True))
    assert (result.gap, result.band) == (fixture["expect"]["gap"], Band(fixture["expect"]["band"]))
    return Grade(
        scenario=brief.scenario.id,
        role=long.role,
        level=long.level,
        judge=STAMP,
        verdicts=tuple(verdicts.values()),
        flags=(),
        dimensions=dimensions,
        result=result,
    )


def worth(grade: Grade) -> dict[str, float]:
    return {each.criterion: each.worth for each in worth_fixing(tiny(), grade)}


def evals(*entries: Verdict, **flags: bool) -> Findings:
    standing = tuple(
        FlagFinding(flag=f"evals.{id_}", stands=stands, quotes=(quoted(said(), "C1", "read the cards"),))
        for id_, stands in flags.items()
    )
    return findings("evals", *entries).model_copy(update={"flags": standing})


def test_only_what_was_missed_or_partly_met_where_the_round_got_to_is_worth_a_fix() -> None:
    found = worth(graded(evals(met("evals.set"), verdict("evals.gate", Outcome.MISSED))))
    assert set(found) == {"evals.gate"}


def test_core_is_worth_more_than_advanced_and_nothing_more_than_half_of_it() -> None:
    half = verdict("evals.measure", Outcome.PARTIAL, quoted(said(), "C1", "every loan on its own card"))
    missed = [verdict(f"evals.{name}", Outcome.MISSED) for name in ("gate", "kappa")]
    found = worth(graded(evals(met("evals.set"), met("evals.owner"), half, *missed)))
    assert found["evals.gate"] > found["evals.measure"]
    assert next(iter(found)) == max(found, key=lambda name: found[name])


def test_what_would_add_nothing_is_not_worth_a_fix() -> None:
    core = [met(f"evals.{name}") for name in ("set", "measure", "gate", "owner")]
    unaided = [met(f"evals.{name}") for name in ("kappa", "slices")]
    grade = graded(evals(*core, *unaided, verdict("evals.online", Outcome.MISSED)))
    full = tuple(v.model_copy(update={"help": Help.UNPROMPTED if v.help else None}) for v in grade.verdicts)
    assert worth(grade.model_copy(update={"verdicts": full})) == {}


def test_a_flag_that_caps_a_dimension_does_not_hide_what_is_missing_in_it() -> None:
    entries = (met("evals.set"), met("evals.measure"), met("evals.owner"), verdict("evals.gate", Outcome.MISSED))
    free, capped = (worth(graded(evals(*entries, vibes=vibes))) for vibes in (False, True))
    assert capped["evals.gate"] > free["evals.gate"]


def test_a_dimension_that_was_not_assessed_stands_in_the_middle_of_its_range() -> None:
    unknown = [verdict(f"evals.{name}", Outcome.UNJUDGED) for name in ("set", "measure", "owner")]
    gate = verdict("evals.gate", Outcome.MISSED)
    missed = [verdict(f"evals.{name}", Outcome.MISSED) for name in ("set", "measure", "owner")]
    unassessed, absent = graded(evals(gate, *unknown)), graded(evals(gate, *missed))
    assert next(d for d in unassessed.dimensions if d.id == "evals").score is None
    assert 0 < worth(unassessed)["evals.gate"] < worth(absent)["evals.gate"]


def test_the_example_debrief_begins_with_the_fix_that_its_author_chose() -> None:
    fixture: dict[str, Any] = yaml.safe_load((DATA / "debrief-fixture.yaml").read_text(encoding="utf-8"))
    best: dict[str, str] = {}
    for each in worth_fixing(shipped(fixture["scenario"]), of_fixture(fixture)):
        best.setdefault(each.dimension, each.criterion)
    assert list(best.values())[:3] == [
        "evals.golden-set",
        "monitoring.unlabelled-quality-signals",
        "data.freshness-and-withdrawal",
    ]

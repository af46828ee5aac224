"""Verdicts → scores → levels → band."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.grade import Band, DimensionScore, FlagFinding, Result, ResultKind, Verdict
from coach.domain.rubric import Brief, Help, Rubric, SeniorityLevel
from coach.domain.scenario import Outcome
from coach.domain.scoring import formula_problems, level_of, result_of, score_dimension
from tests.builders import DATA, shipped, tiny

CORE = ("set", "measure", "gate", "owner")
ADVANCED = ("kappa", "slices", "online")
MET, PARTIAL, MISSED, UNJUDGED = Outcome.MET, Outcome.PARTIAL, Outcome.MISSED, Outcome.UNJUDGED
Found = Outcome | tuple[Outcome, Help]


def scored(
    found: Mapping[str, Found],
    flags: Mapping[str, bool | None] | None = None,
    if_met: Mapping[str, Help] | None = None,
) -> tuple[float | None, float, float]:
    """Score, low and high of the tiny evals. Criteria not given are missed, flags not given do not stand."""
    verdicts = {}
    for id_ in (*CORE, *ADVANCED):
        given_ = found.get(id_, MISSED)
        outcome, help_ = given_ if isinstance(given_, tuple) else (given_, Help.UNPROMPTED)
        aid = help_ if outcome in {MET, PARTIAL} else None
        verdicts[f"evals.{id_}"] = Verdict(criterion=f"evals.{id_}", verdict=outcome, help=aid)
    findings = {
        f"evals.{id_}": FlagFinding(flag=f"evals.{id_}", stands=(flags or {}).get(id_, False))
        for id_ in ("slip", "vibes")
    }
    helped = {f"evals.{id_}": help_ for id_, help_ in (if_met or {}).items()}
    return score_dimension(tiny(), "evals", verdicts, findings, helped)


def score(found: Mapping[str, Found], flags: Mapping[str, bool | None] | None = None) -> float | None:
    return scored(found, flags)[0]


def met(core: int, advanced: int = 0) -> dict[str, Found]:
    return dict.fromkeys((*CORE[:core], *ADVANCED[:advanced]), MET)


@pytest.mark.parametrize(
    ("core", "advanced", "expected"),
    [
        (4, 0, 2.500), (4, 1, 3.250), (4, 2, 4.000),
        (3, 0, 1.875), (3, 1, 2.625), (3, 2, 3.375),
        (2, 0, 1.250), (2, 1, 2.000), (2, 2, 2.750),
        (1, 0, 0.625), (1, 1, 1.000), (1, 2, 1.375),
    ],
)  # fmt: skip
def test_the_rubrics_table_of_scores_holds(core: int, advanced: int, expected: float) -> None:
    assert score(met(core, advanced)) == pytest.approx(expected, abs=0.0051)


def test_only_the_best_two_advanced_count() -> None:
    assert score(met(2, 3)) == score(met(2, 2))
    assert score({**met(2), "kappa": PARTIAL, "slices": MET, "online": MET}) == score(met(2, 2))


def test_partial_is_worth_half() -> None:
    assert score(dict.fromkeys(CORE, PARTIAL)) == 1.25


@pytest.mark.parametrize(
    ("help_", "expected"),
    [(Help.UNPROMPTED, 2.5), (Help.PROBED, 2.25), (Help.EXPOSED, 1.88), (Help.HINTED, 1.25), (Help.TOLD, 0.0)],
)
def test_help_multiplies_credit(help_: Help, expected: float) -> None:
    assert score(dict.fromkeys(CORE, (MET, help_))) == pytest.approx(expected, abs=0.0051)


def test_advanced_credit_is_halved_below_half_the_core() -> None:
    half = score({**met(2), "kappa": MET})
    below = score({"set": MET, "measure": (MET, Help.PROBED), "kappa": MET})
    assert half == 1.25 + 0.75
    assert below == pytest.approx(2.5 * 1.9 / 4 + 0.375, abs=0.0051)


def test_a_minor_flag_costs_half_a_point_and_a_major_one_a_whole() -> None:
    assert score(met(3), {"slip": True}) == pytest.approx(1.875 - 0.5, abs=0.0051)
    assert score(met(3), {"vibes": True}) == pytest.approx(1.875 - 1.0, abs=0.0051)
    assert score(met(3), {"slip": True, "vibes": True}) == pytest.approx(1.875 - 1.5, abs=0.0051)


def test_flags_take_nothing_below_zero() -> None:
    assert score(met(1), {"slip": True, "vibes": True}) == 0.0


def test_a_standing_major_flag_caps_the_score_at_two() -> None:
    assert score(met(4, 2), {"vibes": True}) == 2.0
    assert score(met(4, 2), {"slip": True}) == 3.5


def test_without_an_advanced_criterion_met_unprompted_the_score_stops_short_of_exceptional() -> None:
    helped = {**met(4), "kappa": (MET, Help.PROBED), "slices": (MET, Help.PROBED)}
    assert score(helped) == 3.39
    assert score({**helped, "slices": MET}) == pytest.approx(3.925, abs=0.0051)
    assert score({**met(4), "kappa": PARTIAL, "slices": (MET, Help.PROBED)}) == 3.39


def test_with_half_the_core_decided_there_is_a_score() -> None:
    assert score({"set": MET, "measure": MET, "gate": UNJUDGED, "owner": UNJUDGED}) == 2.5


def test_with_under_half_the_core_decided_there_is_none_and_the_range_remains() -> None:
    undecided = {"set": MET, "measure": UNJUDGED, "gate": UNJUDGED, "owner": UNJUDGED}
    value, low, high = scored({**undecided})
    assert value is None
    assert (low, high) == pytest.approx((0.625, 2.5), abs=0.0051)


def test_an_unjudged_criterion_is_left_out_of_the_mean_counts_nothing_in_low_and_in_full_in_high() -> None:
    assert scored({**met(3), "owner": UNJUDGED}) == pytest.approx((2.5, 1.875, 2.5), abs=0.0051)
    assert scored({**met(2), "owner": UNJUDGED}) == pytest.approx((2.5 * 2 / 3, 1.25, 1.875), abs=0.0051)


def test_an_unjudged_advanced_criterion_counts_in_high_only() -> None:
    assert scored({**met(4), "kappa": UNJUDGED}) == (2.5, 2.5, 3.25)


def test_in_high_an_unjudged_criterion_is_met_with_the_help_of_the_opening_question() -> None:
    unsure: dict[str, Found] = {**met(2), "gate": MISSED, "owner": UNJUDGED}
    assert scored(unsure)[2] == pytest.approx(2.5 * 3 / 4, abs=0.0051)
    assert scored(unsure, if_met={"owner": Help.PROBED})[2] == pytest.approx(2.5 * 2.9 / 4, abs=0.0051)
    assert scored(unsure, if_met={"owner": Help.EXPOSED})[2] == pytest.approx(2.5 * 2.75 / 4, abs=0.0051)


def test_a_helped_advanced_criterion_does_not_lift_the_cap_even_in_high() -> None:
    unsure: dict[str, Found] = {**met(4), "kappa": (MET, Help.PROBED), "slices": UNJUDGED}
    assert scored(unsure, if_met={"slices": Help.PROBED})[2] == 3.39
    assert scored(unsure, if_met={"slices": Help.UNPROMPTED})[2] == pytest.approx(3.925, abs=0.0051)


def test_a_flag_that_could_not_be_judged_stands_in_low_and_not_in_score_or_high() -> None:
    assert scored(met(4, 2), {"vibes": None}) == (4.0, 2.0, 4.0)
    assert scored(met(4, 2), {"slip": None}) == (4.0, 3.5, 4.0)


OUTCOMES = st.sampled_from([MET, PARTIAL, MISSED, UNJUDGED])
HELPS = st.sampled_from(list(Help))
FOUND = st.fixed_dictionaries({id_: st.tuples(OUTCOMES, HELPS) for id_ in (*CORE, *ADVANCED)})
FLAGS = st.fixed_dictionaries(
    {"slip": st.sampled_from([True, False, None]), "vibes": st.sampled_from([True, False, None])}
)
IF_MET = st.dictionaries(st.sampled_from([*CORE, *ADVANCED]), HELPS)
WORTH = {MET: 1.0, PARTIAL: 0.5, MISSED: 0.0}
CREDIT = {Help.UNPROMPTED: 1.0, Help.PROBED: 0.9, Help.EXPOSED: 0.75, Help.HINTED: 0.5, Help.TOLD: 0.0}


@given(found=FOUND, flags=FLAGS, if_met=IF_MET)
def test_score_and_range_stay_in_bounds_and_in_order(
    found: dict[str, Found], flags: dict[str, bool | None], if_met: dict[str, Help]
) -> None:
    value, low, high = scored(found, flags, if_met)
    assert 0.0 <= low <= high <= 4.0
    assert value is None or low <= value <= high


@given(found=FOUND, flags=FLAGS, id_=st.sampled_from([*CORE, *ADVANCED]), better=OUTCOMES)
def test_a_better_verdict_never_lowers_a_score(
    found: dict[str, tuple[Outcome, Help]], flags: dict[str, bool | None], id_: str, better: Outcome
) -> None:
    outcome, help_ = found[id_]
    if UNJUDGED in {outcome, better} or WORTH[better] < WORTH[outcome]:
        return
    before, after = scored(found, flags), scored({**found, id_: (better, help_)}, flags)
    assert all(b is None or a is None or a >= b for b, a in zip(before, after, strict=True))


@given(found=FOUND, flags=FLAGS, id_=st.sampled_from([*CORE, *ADVANCED]), less=HELPS)
def test_less_help_never_lowers_a_score(
    found: dict[str, tuple[Outcome, Help]], flags: dict[str, bool | None], id_: str, less: Help
) -> None:
    outcome, help_ = found[id_]
    if CREDIT[less] < CREDIT[help_]:
        return
    before, after = scored(found, flags), scored({**found, id_: (outcome, less)}, flags)
    assert all(b is None or a is None or a >= b for b, a in zip(before, after, strict=True))


@given(found=FOUND, flags=FLAGS, if_met=IF_MET, outcome=st.sampled_from([MET, PARTIAL, MISSED]))
def test_deciding_what_was_unjudged_stays_inside_the_range(
    found: dict[str, tuple[Outcome, Help]], flags: dict[str, bool | None], if_met: dict[str, Help], outcome: Outcome
) -> None:
    """Whatever is settled later, with the help assumed for it, the score lands in the range given now."""
    _, low, high = scored(found, flags, if_met)
    settled: dict[str, Found] = {
        id_: (outcome, if_met.get(id_, Help.UNPROMPTED)) if pair[0] is UNJUDGED else pair
        for id_, pair in found.items()
    }
    value, _, _ = scored(settled, {id_: bool(stands) for id_, stands in flags.items()}, if_met)
    assert value is not None
    assert low <= value <= high


@given(found=FOUND, flags=FLAGS, core=st.permutations(CORE), advanced=st.permutations(ADVANCED))
def test_it_does_not_matter_which_criterion_of_a_tier_earned_what(
    found: dict[str, Found], flags: dict[str, bool | None], core: list[str], advanced: list[str]
) -> None:
    turned = {id_: found[other] for id_, other in zip((*CORE, *ADVANCED), (*core, *advanced), strict=True)}
    assert scored(found, flags) == pytest.approx(scored(turned, flags), abs=0.0101)


@pytest.mark.parametrize(
    ("value", "level"),
    [(0.0, 0), (0.49, 0), (0.5, 1), (1.49, 1), (1.5, 2), (2.49, 2), (2.5, 3), (3.39, 3), (3.4, 4), (4.0, 4)],
)
def test_a_score_falls_in_its_level(value: float, level: int) -> None:
    assert level_of(tiny().rubric, value) == level


# The round as a whole

PLAIN = shipped("document-qa").model_copy(
    update={"scenario": shipped("document-qa").scenario.model_copy(update={"emphasis": {}})}
)
SENIOR = SeniorityLevel.SENIOR
BARS = {"framing": 3.0, "approach": 3.0, "evals": 3.0, "data": 2.5, "latency": 2.5, "cost": 2.5, "safety": 2.5,
        "monitoring": 2.5, "communication": 2.5}  # fmt: skip


def judged(
    scores: Mapping[str, float | None],
    *,
    level: SeniorityLevel = SENIOR,
    brief: Brief = PLAIN,
    role: str = "product",
    spread: float = 0.0,
    flags: Mapping[str, bool | None] | None = None,
) -> Result:
    dimensions = [
        DimensionScore(
            id=id_,
            score=value,
            low=None if value is None else max(0.0, value - spread),
            high=None if value is None else min(4.0, value + spread),
            level=None,
            bar=brief.rubric.bar(role, level, id_),
            opened=True,
        )
        for id_, value in scores.items()
    ]
    standing = {name: FlagFinding(flag=name, stands=stands) for name, stands in (flags or {}).items()}
    return result_of(brief, role, level, dimensions, standing)


def above(by: float, **others: float | None) -> dict[str, float | None]:
    """Every dimension so much above its senior bar, except `others` which are given."""
    return {**{id_: round(bar + by, 2) for id_, bar in BARS.items()}, **others}


@pytest.mark.parametrize(
    ("by", "band"),
    [(0.5, Band.STRONG), (0.4, Band.STRONG), (0.39, Band.READY), (0.0, Band.READY), (-0.01, Band.CLOSE),
     (-0.4, Band.CLOSE), (-0.41, Band.NOT_YET)],
)  # fmt: skip
def test_the_gap_decides_the_band(by: float, band: Band) -> None:
    result = judged(above(by))
    assert (result.gap, result.band) == (by, band)


@pytest.mark.parametrize("role", ["product", "applied", "infra"])
@pytest.mark.parametrize("level", list(SeniorityLevel))
@pytest.mark.parametrize(("by", "band"), [(0.4, Band.STRONG), (0.0, Band.READY), (-0.4, Band.CLOSE)])
def test_a_band_begins_exactly_at_its_gap_for_every_role_and_level(
    role: str, level: SeniorityLevel, by: float, band: Band
) -> None:
    bars = {id_: PLAIN.rubric.bar(role, level, id_) for id_ in PLAIN.rubric.dimension_ids}
    result = judged({id_: round(bar + by, 2) for id_, bar in bars.items()}, level=level, role=role)
    held_back = level is not SeniorityLevel.MID and bars["evals"] + by < 2.0
    assert (result.gap, result.band) == (by, Band.CLOSE if held_back else band)


def test_strong_needs_every_dimension_within_one_point_of_its_bar() -> None:
    assert judged(above(0.7, cost=1.5)).band is Band.STRONG
    assert judged(above(0.7, cost=1.49)).band is Band.READY


def test_ready_needs_every_priority_dimension_within_three_quarters_of_a_point_of_its_bar() -> None:
    assert judged(above(0.3, framing=2.25)).band is Band.READY
    held = judged(above(0.3, framing=2.24))
    assert held.band is Band.CLOSE
    assert held.why == ("framing is more than 0.75 under its bar",)


def test_another_dimension_may_be_further_under_its_bar_and_still_be_ready() -> None:
    assert judged(above(0.3, cost=1.0)).band is Band.READY


def test_weights_are_the_roles_times_the_scenarios_emphasis_renormalised() -> None:
    weights = PLAIN.rubric.roles["product"]
    assert judged(above(0.0, safety=3.5)).gap == pytest.approx(weights["safety"] / 100, abs=0.0051)
    safer = PLAIN.model_copy(update={"scenario": PLAIN.scenario.model_copy(update={"emphasis": {"safety": 2.0}})})
    assert judged(above(0.0, safety=3.5), brief=safer).gap == pytest.approx(24 / 112, abs=0.0051)
    assert judged(above(0.0, latency=3.5), role="infra").gap != judged(above(0.0, latency=3.5)).gap


def test_a_dimension_not_assessed_is_left_out_of_the_gap() -> None:
    assert judged(above(0.2, cost=None)).gap == 0.2


def test_evals_below_two_caps_senior_and_staff_at_close_and_not_mid() -> None:
    """For infra, where evals is no priority, nothing else holds such a round back."""
    high = dict.fromkeys(BARS, 3.9)
    for level in (SeniorityLevel.SENIOR, SeniorityLevel.STAFF):
        result = judged({**high, "evals": 1.99}, level=level, role="infra")
        assert (result.band, result.why) == (Band.CLOSE, ("evals under 2.0 caps the band at close",))
        assert judged({**high, "evals": 2.0}, level=level, role="infra").band is Band.STRONG
    assert judged({**high, "evals": 1.99}, level=SeniorityLevel.MID, role="infra").band is Band.STRONG


def test_a_standing_major_safety_flag_caps_senior_and_staff_at_close_and_not_mid() -> None:
    name = next(n for n, flag in PLAIN.flags.items() if n.startswith("safety.") and flag.severity == "major")
    assert judged(above(0.5), flags={name: True}).band is Band.CLOSE
    assert name in judged(above(0.5), flags={name: True}).why[0]
    assert judged(above(0.5), flags={name: True}, level=SeniorityLevel.MID).band is Band.STRONG
    assert judged(above(0.5), flags={name: False}).band is Band.STRONG
    assert judged(above(0.5), flags={"evals.vibes-only": True}).band is Band.STRONG


@pytest.mark.parametrize("level", list(SeniorityLevel))
def test_a_standing_bluff_caps_every_level_at_close(level: SeniorityLevel) -> None:
    result = judged(above(1.0), flags={"communication.bluffs": True}, level=level)
    assert result.band is Band.CLOSE
    assert "a standing bluff caps the band at close" in result.why


def test_a_gate_raises_nobody() -> None:
    assert judged(above(-0.6), flags={"communication.bluffs": True}).band is Band.NOT_YET


def test_with_fewer_than_seven_dimensions_assessed_the_round_is_incomplete() -> None:
    six: dict[str, float | None] = dict.fromkeys(("data", "cost", "safety"))
    result = judged({**above(0.5), **six})
    assert (result.kind, result.band, result.gap, result.band_low, result.gap_high) == (
        ResultKind.INCOMPLETE, None, None, None, None,
    )  # fmt: skip
    assert result.why == ("not assessed: data, cost, safety",)
    seven: dict[str, float | None] = dict.fromkeys(("data", "cost"))
    assert judged({**above(0.5), **seven}).kind is ResultKind.GRADED


def test_without_evals_the_round_is_incomplete() -> None:
    assert judged(above(0.5, evals=None)).kind is ResultKind.INCOMPLETE


def test_the_range_of_the_band_comes_from_the_range_of_the_scores() -> None:
    result = judged(above(0.1), spread=0.35)
    assert (result.gap_low, result.gap, result.gap_high) == (-0.25, 0.1, 0.45)
    assert (result.band_low, result.band, result.band_high) == (Band.CLOSE, Band.READY, Band.STRONG)


def test_a_gate_that_could_not_be_judged_lowers_only_the_low_band() -> None:
    result = judged(above(0.5), flags={"communication.bluffs": None})
    assert (result.band_low, result.band, result.band_high) == (Band.CLOSE, Band.STRONG, Band.STRONG)
    assert not result.why


@given(
    scores=st.fixed_dictionaries({id_: st.integers(0, 400).map(lambda n: n / 100) for id_ in BARS}),
    spread=st.integers(0, 150).map(lambda n: n / 100),
    bluff=st.sampled_from([True, False, None]),
)
def test_the_range_of_gap_and_band_contains_them(
    scores: dict[str, float], spread: float, bluff: bool | None
) -> None:
    result = judged(scores, spread=spread, flags={"communication.bluffs": bluff})
    order = list(Band)
    assert result.gap_low is not None
    assert result.gap is not None
    assert result.gap_high is not None
    assert result.gap_low <= result.gap <= result.gap_high
    assert result.band_low
    assert result.band
    assert result.band_high
    assert order.index(result.band_low) <= order.index(result.band) <= order.index(result.band_high)


@given(
    scores=st.fixed_dictionaries({id_: st.integers(0, 350).map(lambda n: n / 100) for id_ in BARS}),
    raised=st.sampled_from(sorted(BARS)),
    by=st.integers(0, 50).map(lambda n: n / 100),
)
def test_a_higher_score_never_lowers_the_band(scores: dict[str, float], raised: str, by: float) -> None:
    order = list(Band)
    before, after = judged(scores), judged({**scores, raised: round(scores[raised] + by, 2)})
    assert before.band
    assert after.band
    assert order.index(after.band) >= order.index(before.band)


# The example debrief's verdicts, and the rubric's own words


def test_the_debrief_fixture_is_reproduced() -> None:
    fixture: dict[str, Any] = yaml.safe_load((DATA / "debrief-fixture.yaml").read_text(encoding="utf-8"))
    brief, level, role = shipped(fixture["scenario"]), SeniorityLevel(fixture["level"]), fixture["role"]
    dimensions = []
    for dimension, found in fixture["verdicts"].items():
        verdicts = {
            name: Verdict(
                criterion=name, verdict=Outcome(outcome), help=None if outcome == "missed" else Help(help_)
            )
            for name in brief.criteria
            if name.startswith(f"{dimension}.")
            for outcome, help_ in [found.get(name.split(".")[1], ("missed", "unprompted"))]
        }
        assert len(found) == sum(v.verdict is not MISSED for v in verdicts.values())
        value, low, high = score_dimension(brief, dimension, verdicts, {}, {})
        assert value is not None
        assert low == value == high
        dimensions.append(
            DimensionScore(id=dimension, score=value, low=low, high=high, level=level_of(brief.rubric, value),
                           bar=brief.rubric.bar(role, level, dimension), opened=True)
        )  # fmt: skip
    result = result_of(brief, role, level, dimensions, {})
    assert {d.id: d.score for d in dimensions} == fixture["expect"]["scores"]
    assert {d.id: d.level for d in dimensions} == fixture["expect"]["levels"]
    assert (result.gap, result.band) == (fixture["expect"]["gap"], Band(fixture["expect"]["band"]))


def changed(**update: object) -> Rubric:
    return shipped().rubric.model_copy(update=update)


def test_the_shipped_rubrics_words_give_the_numbers_that_are_computed() -> None:
    assert formula_problems(shipped().rubric) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("2.5 * core", "2.4 * core"), ("0.75 * advanced", "0.8 * advanced"), ("0.5 per minor", "0.4 per minor"),
     ("1.0 per major", "1.5 per major"), ("score, 2.0", "score, 2.2"), ("3.39", "3.4"),
     ("core < 0.5", "core < 0.4")],
)  # fmt: skip
def test_a_changed_number_in_the_level_formula_is_a_problem(old: str, new: str) -> None:
    formula = shipped().rubric.level_formula
    assert old in formula
    problems = formula_problems(changed(level_formula=formula.replace(old, new)))
    assert [where for where, _ in problems] == ["level_formula"]


@pytest.mark.parametrize(
    ("band", "old", "new"),
    [("strong", "0.4", "0.5"), ("strong", "1.0", "0.9"), ("ready", "0.75", "0.8"), ("ready", ">= 0 ", ">= 0.1 "),
     ("close", "-0.4", "-0.5"), ("not_yet", "-0.4", "-0.3")],
)  # fmt: skip
def test_a_changed_number_in_a_band_is_a_problem(band: Any, old: str, new: str) -> None:
    readiness = shipped().rubric.readiness
    assert old in readiness.bands[band]
    bands = {**readiness.bands, band: readiness.bands[band].replace(old, new)}
    problems = formula_problems(changed(readiness=readiness.model_copy(update={"bands": bands})))
    assert [where for where, _ in problems] == [f"readiness.bands.{band}"]

"""Every shipped scenario is as deep as the others, and its own rounds are graded as their authors meant them."""

from __future__ import annotations

from functools import cache
from statistics import mean

import pytest

from coach.content.prompts import FilePrompts
from coach.domain.grade import DimensionScore
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome, Snippet
from coach.domain.transcript import Style
from coach.engines.offline.candidates import candidates
from coach.engines.offline.judge import OfflineJudge
from coach.practice import grade_transcript
from coach.simulation import SEPARATION, earned, separation, simulate
from tests.builders import SCENARIOS, interviewer, library, shipped
from tests.golden_rounds import conversation, golden_round

pytestmark = pytest.mark.slow

JUDGE = OfflineJudge()


@cache
def walked(scenario: str, *, weak: bool = False) -> tuple[DimensionScore, ...]:
    """How the scenario's walkthrough, or its weak round, is graded."""
    transcript = library().walkthrough(scenario, weak=weak).transcript
    return grade_transcript(shipped(scenario), transcript, JUDGE).dimensions


def judged(brief: Brief, snippet: Snippet) -> dict[str, Outcome]:
    """The verdicts on a calibration answer, given to the opening question of its dimension."""
    probe = f"{snippet.dimension}.clarify"
    question = next(iter(brief.scenario.probes[snippet.dimension].values()))
    said = conversation(question, snippet.text, scenario=brief.scenario.id, probe=probe)
    (found,) = JUDGE.judge(brief, said, [snippet.dimension])
    return {verdict.criterion.partition(".")[2]: verdict.verdict for verdict in found.verdicts}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_part_of_a_scenario_is_written(scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    brief = shipped(scenario)
    written = brief.scenario
    criteria = {n: c for n, c in brief.criteria.items() if n.split(".")[0] in brief.probed_dimensions}
    counts = {
        "criteria": len(criteria),
        "flags": len(brief.flags),
        "facts": len(written.facts),
        "topics": sum(len(fact.topics) for fact in written.facts),
        "snippets": len(written.calibration),
        "beats": len(library().walkthrough(scenario).beats),
        "weak beats": len(library().walkthrough(scenario, weak=True).beats),
    }
    with capsys.disabled():
        print(f"\n{scenario:<20} " + "  ".join(f"{count} {what}" for what, count in counts.items()), end="")
    assert [name for name, c in brief.criteria.items() if not (c.hear and c.not_)] == []
    assert [name for name, c in criteria.items() if not c.signals] == []
    assert [f"{d}.{f.id}" for d, fs in written.criteria.items() for f in fs if not f.signals] == []
    assert [fact.id for fact in written.facts if len(fact.topics) < 8] == []
    assert len(written.calibration) >= 12
    assert {snippet.dimension for snippet in written.calibration} == set(brief.probed_dimensions)
    assert all(len(written.hints[d]) == 3 and all(h.exposes for h in written.hints[d]) for d in written.hints)
    assert all(ball.good and ball.weak for ball in written.curveballs)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_no_calibration_answer_is_given_more_than_its_author_expects(scenario: str) -> None:
    brief = shipped(scenario)
    for snippet in brief.scenario.calibration:
        found = judged(brief, snippet)
        for criterion, expected in snippet.expect.items():
            if expected is Outcome.MISSED:
                assert found[criterion] is not Outcome.MET, (snippet.id, criterion)
        if snippet.id.endswith("buzzwords"):
            assert Outcome.MET not in found.values(), snippet.id


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_an_experts_walkthrough_reaches_the_top_and_a_weak_round_does_not(scenario: str) -> None:
    expert, weak = walked(scenario), walked(scenario, weak=True)
    assert sum((score.high or 0.0) >= 3.4 for score in expert) >= 7
    assert {score.id: score.low for score in expert if (score.low or 0.0) < 2.5} == {}
    assert sum(score.score is not None and score.score < 1.5 for score in weak) >= 6


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("semantic-search/p2", "semantic-search/p5"),
        ("recommendation/p1", "recommendation/p6"),
        ("content-moderation/p4", "content-moderation/p3"),
        ("internal-copilot/p4", "internal-copilot/p3"),
    ],
)
def test_the_better_golden_round_stands_above_the_worse(better: str, worse: str) -> None:
    def scores(name: str) -> dict[str, float]:
        each = golden_round(name)
        return {
            d.id: earned(d) for d in grade_transcript(each.brief, each.transcript, JUDGE).dimensions if d.opened
        }

    high, low = scores(better), scores(worse)
    both = high.keys() & low.keys()
    assert len(both) >= 5
    assert mean(high[d] for d in both) > mean(low[d] for d in both)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_simulated_rounds_leak_nothing_open_everything_and_part_strong_from_bluffing(scenario: str) -> None:
    people = candidates(FilePrompts(), library().walkthrough(scenario), library().walkthrough(scenario, weak=True))
    played = list(simulate(shipped(scenario), interviewer(), JUDGE, people, 35))
    assert len(played) == 27
    failed = [
        f"{one.candidate}, {one.style}: {check.name}: {check.found}" for one in played for check in one.failed
    ]
    assert failed == []
    rounds = {(one.candidate, one.style): one for one in played}
    for style in Style:
        apart = separation(rounds["strong", style], rounds["bluffing", style])
        assert {d: round(value, 2) for d, value in apart.items() if value < SEPARATION} == {}

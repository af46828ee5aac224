from __future__ import annotations

from coach.domain.finding.coverage import Coverage
from coach.domain.prices import ModelPrice, PriceCard
from coach.domain.round import Step
from coach.domain.scenario import Outcome
from coach.domain.transcript import Move
from coach.ports import RoundLine
from coach.ui.drawing.cards import (
    as_markdown,
    counted,
    covered,
    facts_told,
    grading_progress,
    note,
    price_card,
    round_line,
    scenario_card,
)
from tests.archive.builders import NINE, begun_round, brief


def test_a_note_is_an_alert_and_plain_text() -> None:
    assert note("<b>no</b>") == '<div class="coach-note" role="alert">&lt;b&gt;no&lt;/b&gt;</div>'


def test_the_price_card_shows_every_figure_of_the_card() -> None:
    drawn = price_card(brief().prices)
    for figure in (
        "$3.00",
        "$15.00",
        "$0.30",
        "$0.025",
        "$3.75",
        "700 ms",
        "$0.02",
        "50% off",
        "$1.00",
        "$2.50",
        "$6.00",
    ):
        assert f">{figure}<" in drawn
    assert "Fictional." in drawn


def test_a_figure_a_model_lacks_is_a_dash_and_one_no_model_has_is_no_row() -> None:
    models = {"a": ModelPrice(input_per_m=1), "b": ModelPrice(input_per_m=2, output_per_m=3)}
    card = PriceCard.model_validate({"schema": "prices/v1", "id": "card", "models": models})
    drawn = price_card(card)
    assert "<td>–</td><td>$3.00</td>" in drawn
    assert "cached in" not in drawn


def test_facts_are_listed_once_in_the_order_they_were_told() -> None:
    scenario = brief().scenario
    second, first = scenario.facts[0], scenario.facts[1]
    steps = [Step(move=Move.FACT, fact=fact.id) for fact in (first, second, first)]
    turns = tuple(step.turn(f"I{number}", "…", 0.0) for number, step in enumerate(steps, start=1))
    drawn = facts_told(begun_round().model_copy(update={"turns": turns}))
    assert drawn.count("<li>") == 2
    assert drawn.index(first.say[:20]) < drawn.index(second.say[:20])


def test_without_facts_the_list_says_what_to_ask() -> None:
    assert "Ask how many people use it" in facts_told(begun_round())


def test_covered_dimensions_are_told_apart_in_words_and_never_say_how_much_there_is_to_find() -> None:
    found = Coverage(
        found={"evals.golden-set": Outcome.MET, "evals.gate": Outcome.PARTIAL, "data.ocr": Outcome.MET},
        touched=frozenset({"evals", "data"}),
    )
    drawn = covered(brief(), found, ["evals", "cost"])
    assert "Evaluation <span>2 points</span>" in drawn
    assert "Data <span>1 point</span>" in drawn
    assert "Cost <span>opened</span>" in drawn
    assert drawn.count("<span>not yet</span>") == 5
    assert "Communication" not in drawn


def test_a_card_says_what_the_scenario_leans_on_heaviest_first() -> None:
    scenario = brief().scenario.model_copy(
        update={"summary": "<i>Find</i> it.", "emphasis": {"data": 1.1, "evals": 1.3, "cost": 0.9}}
    )
    drawn = scenario_card(scenario, brief().rubric)
    assert "&lt;i&gt;Find&lt;/i&gt; it." in drawn
    assert drawn.index("Evaluation") < drawn.index("Data")
    assert "Cost" not in drawn
    assert "12 · 35 · 45 min" in drawn


def test_markdown_means_nothing_in_a_label() -> None:
    assert as_markdown("**Q&A** [x](y) :red[z]") == r"\*\*Q\&A\*\* \[x\]\(y\) \:red\[z\]"


def test_grading_ticks_off_what_is_done() -> None:
    drawn = grading_progress(brief().rubric, ["data", "cost"])
    assert (drawn.count("✓"), drawn.count("…")) == (2, 7)


def test_a_round_in_the_list_says_what_it_was_and_how_it_stands() -> None:
    line = RoundLine(
        id="r1", scenario="s", title="<Search>", role="infra", level="staff", minutes=12, rehearse=False,
        started_at=NINE, ended_at=None, turns=1, graded=False,
    )  # fmt: skip
    drawn = round_line(line, "ML infra engineer", NINE)
    assert ">running</span>" in drawn
    assert "ML infra engineer · Staff · 12 min · Real · 1 answer · 02 Mar 2026, 09:00 UTC" in drawn


def test_counts_read_as_words() -> None:
    assert [counted(number, "answer") for number in (0, 1, 2)] == ["0 answers", "1 answer", "2 answers"]


def test_a_models_grading_counts_the_dimensions_it_has_done() -> None:
    drawn = grading_progress(brief().rubric, ["cost", "data"], "openai:<b>x</b>")
    assert "openai:&lt;b&gt;x&lt;/b&gt; reads your answers" in drawn
    assert f"2 of {len(brief().rubric.dimensions)} done." in drawn

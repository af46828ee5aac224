"""What the referee makes of the numbers in golden rounds, beside what a person makes of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.figures.digits import shown
from coach.domain.figures.quantities import Kind
from coach.domain.figures.sought import sought
from coach.domain.numbers import numbers
from coach.domain.prices import price_names
from coach.domain.referee import SUM, Ruling, Standing, rulings
from coach.domain.rubric import Brief
from coach.domain.scenario import Estimate
from coach.domain.transcript import Board, Move, Transcript
from tests.builders import DATA, SCENARIOS, asks, says, shipped, tiny, transcript
from tests.golden_rounds import golden_round

PRECISION = 0.95
RECALL = 0.85
ROUNDS = sorted((DATA / "referee").glob("*.yaml"))
NEAR = 0.05
"""Relative difference of a factor to the one a person found."""


class Expected(NamedTuple):
    """What a person found: the figure's places (turn, start, end), any of which would do, and how it stands."""

    about: str
    standing: Standing
    places: tuple[tuple[str, int, int], ...]
    factor: float | None


@cache
def listed(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def expected(path: Path) -> Iterator[Expected]:
    data = listed(path)
    spoken = golden_round(data["transcript"]).transcript
    for id_, each in data["estimates"].items():
        places = tuple(place(spoken, said) for said in each.get("said", ()))
        yield Expected(id_, Standing(each["standing"]), places, each.get("factor"))
    for each in data["sums"]:
        yield Expected(SUM, Standing(each["standing"]), (place(spoken, each["said"]),), each.get("factor"))


def place(spoken: Transcript, said: str) -> tuple[str, int, int]:
    turn, words = said.split(": ", maxsplit=1)
    text = next(each.text for each in spoken.candidate if each.id == turn)
    assert text.count(words) == 1, said
    return turn, text.index(words), text.index(words) + len(words)


def agrees(ruling: Ruling, wanted: Expected) -> bool:
    if ruling.about != wanted.about or ruling.standing is not wanted.standing:
        return False
    if wanted.factor is not None and ruling.factor != pytest.approx(wanted.factor, rel=NEAR):
        return False
    quote = ruling.quote
    if quote is None:
        return not wanted.places
    return any(quote.turn == turn and quote.start < end and start < quote.end for turn, start, end in wanted.places)


def test_figures_of_golden_rounds_are_judged_as_a_person_judges_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    counts: Counter[str] = Counter()
    lines = []
    for path in ROUNDS:
        data = listed(path)
        spoken = golden_round(data["transcript"])
        found = rulings(spoken.brief, spoken.transcript)
        wanted = list(expected(path))
        here = Counter(
            said=sum(each.standing is not Standing.UNCLEAR for each in found),
            right=sum(any(agrees(each, one) for one in wanted) for each in found),
            wanted=len(wanted),
            met=sum(any(agrees(each, one) for each in found) for one in wanted),
        )
        counts += here
        lines.append(f"{data['transcript']:<22} {_counted(here)}")
    with capsys.disabled():
        print("", *lines, f"{'all':<22} {_counted(counts)}", sep="\n")
    assert counts["wanted"] >= 80
    assert counts["right"] / counts["said"] >= PRECISION
    assert counts["met"] / counts["wanted"] >= RECALL


def _counted(here: Counter[str]) -> str:
    return (
        f"{here['right']:>3} of {here['said']:>3} rulings right ({here['right'] / here['said']:.2f}), "
        f"{here['met']:>3} of {here['wanted']:>3} listed figures found ({here['met'] / here['wanted']:.2f})"
    )


@pytest.mark.parametrize("path", ROUNDS, ids=lambda path: path.stem)
def test_every_number_of_a_listed_round_is_listed(path: Path) -> None:
    data = listed(path)
    spoken = golden_round(data["transcript"]).transcript
    places = [each for one in expected(path) for each in one.places]
    for turn in spoken.candidate:
        left = [
            turn.text[number.start : number.end]
            for number in numbers(turn.text)
            if not any(id_ == turn.id and number.start < end and start < number.end for id_, start, end in places)
        ]
        assert left == [str(word) for word in data["others"].get(turn.id, [])], turn.id


@pytest.mark.parametrize("path", ROUNDS, ids=lambda path: path.stem)
def test_a_figure_is_understood_as_the_person_understood_it(path: Path) -> None:
    data = listed(path)
    spoken = golden_round(data["transcript"])
    scales = {
        one.estimate.id: (one.scale, one.kind)
        for one in sought(spoken.brief.scenario, price_names(spoken.brief.prices))
    }
    found = {each.about: each for each in rulings(spoken.brief, spoken.transcript)}
    for id_, each in data["estimates"].items():
        if "value" in each:
            scale, kind = scales[id_]
            assert found[id_].stated in [shown(value * scale, kind) for value in each["value"]], id_


def ruled(brief: Brief, *said: str, asked: str = "And then?") -> dict[str, Ruling]:
    """Rulings by what they are about; of several sums the last."""
    turns = [turn for text in said for turn in (asks(None, asked), says(text))]
    return {each.about: each for each in rulings(brief, transcript(*turns, scenario=brief.scenario.id))}


def with_estimates(*estimates: Estimate) -> Brief:
    scenario = tiny().scenario.model_copy(update={"math": estimates})
    return tiny().model_copy(update={"scenario": scenario})


def estimate(id_: str, ask: str, working: str, answer: float, unit: str, accept: tuple[float, float]) -> Estimate:
    return Estimate(id=id_, ask=ask, working=working, answer=answer, unit=unit, accept=accept)


LOANS = estimate("loans-per-day", "How many loans a day?", "900 * 20", 18_000, "loans", (15_000, 21_000))
SHELF = estimate("scans", "How much disk do the scans take?", "4_000 * 2_500_000 / 1e9", 10, "GB", (8, 15))
BILL = estimate("bill", "What do letters cost?", "900 * 4 * 0.70", 2_520, "USD per month", (2_000, 3_000))
LIBRARY = with_estimates(LOANS, SHELF, BILL)


def test_a_right_figure_is_quoted_with_the_working_in_figures_and_what_else_is_right() -> None:
    found = ruled(LIBRARY, "Nine hundred readers, so that's eighteen thousand loans a day.")["loans-per-day"]
    assert found.standing is Standing.CONSISTENT
    assert found.quote is not None
    assert (found.quote.turn, found.quote.text) == ("C1", "eighteen thousand loans a day")
    assert (found.stated, found.expected, found.accept) == ("18,000", "18,000 loans", "15,000 to 21,000")
    assert found.working == "900 \u00d7 20"
    assert found.factor is None


def test_a_wrong_figure_is_off_by_its_factor() -> None:
    found = ruled(LIBRARY, "Four thousand scans of 2,500,000 bytes take a hundred gigabytes of disk.")["scans"]
    assert found.standing is Standing.OFF
    assert found.factor == pytest.approx(10)
    assert found.stated == "100 GB"


def test_a_figure_for_something_else_is_not_off() -> None:
    found = ruled(LIBRARY, "The lorry weighs two thousand and carries 400 boxes. My laptop has 512 gigabytes.")
    assert all(each.standing is not Standing.OFF for each in found.values())


def test_a_figure_is_held_to_the_estimate_of_its_stretch_of_time() -> None:
    assert ruled(LIBRARY, "Letters cost $2,500 a month.")["bill"].standing is Standing.CONSISTENT
    assert ruled(LIBRARY, "Letters cost $2,500 a day.")["bill"].standing is not Standing.CONSISTENT


def test_counts_are_converted_between_stretches_of_time() -> None:
    assert ruled(LIBRARY, "That is 0.21 loans a second.")["loans-per-day"].standing is Standing.CONSISTENT


def test_what_they_ended_up_with_counts() -> None:
    found = ruled(LIBRARY, "Say the scans take 9 GB of disk.", "No, I'd say 12 GB of disk.")["scans"]
    assert found.quote is not None
    assert found.quote.text == "12 GB"


def test_a_fact_they_were_told_is_no_figure_of_theirs() -> None:
    brief = with_estimates(BILL.model_copy(update={"accept": (50, 3_000)}))
    assert ruled(brief, "So a hundred dollars a month is all we have.")["bill"].standing is Standing.MISSING


def test_a_figure_for_a_changed_premise_is_none_for_the_scenario() -> None:
    said = says("Then the scans take 100 GB of disk, 4,000 of 2,500,000 bytes.")
    found = rulings(LIBRARY, transcript(asks(Move.CURVEBALL), said))
    assert {each.about: each.standing for each in found}["scans"] is Standing.MISSING


def test_a_figure_on_the_board_is_quoted_from_there_once() -> None:
    board = Board(notes="readers: 900\n900 x 20 = 18,000 loans a day")
    found = rulings(LIBRARY, transcript(says("See there.", board=board), says("And so on.", board=board)))
    sums = [each for each in found if each.about == SUM]
    assert len(sums) == 1
    for each in (found[0], sums[0]):
        assert each.quote is not None
        assert (each.quote.source, each.quote.turn) == ("board", "C1")
        assert board.text[each.quote.start : each.quote.end] == each.quote.text


def test_a_sum_of_their_own_is_done_again_from_their_operands() -> None:
    right = ruled(LIBRARY, "Six thousand people times five questions is thirty thousand a day.")[SUM]
    assert (right.standing, right.working, right.expected) == (Standing.CONSISTENT, "6,000 \u00d7 5", "30,000")
    wrong = ruled(LIBRARY, "Six thousand people times five questions is three hundred thousand a day.")[SUM]
    assert wrong.standing is Standing.OFF
    assert wrong.factor == pytest.approx(10)


def test_a_working_that_cannot_be_calculated_leaves_the_authors_answer() -> None:
    broken = LOANS.model_copy(update={"working": "900 * readers"})
    found = ruled(with_estimates(broken), "Nothing to count.")["loans-per-day"]
    assert (found.standing, found.expected) == (Standing.MISSING, "18,000 loans")


def test_a_scenario_without_estimates_and_a_round_without_numbers_have_no_rulings() -> None:
    assert rulings(tiny(), transcript(says("I would write it down."))) == ()


UNITS = {
    Kind.MONEY: ("${value:.8f}", 1.0),
    Kind.BYTES: ("{value:.4f} GB", 1e9),
    Kind.SHARE: ("{value:.4f}%", 0.01),
    Kind.COUNT: ("{value:.0f}", 1.0),
}
EVERY_ESTIMATE = [(scenario, each.id) for scenario in SCENARIOS for each in shipped(scenario).scenario.math]


def stating(scenario: str, id_: str, lead: str, share: float | None) -> Ruling:
    """The ruling on a figure said in answer to the estimate's own question: so far up its band, or its answer."""
    brief = shipped(scenario)
    names = price_names(brief.prices)
    one = next(each for each in sought(brief.scenario, names) if each.estimate.id == id_)
    low, high = one.estimate.accept
    written, unit = UNITS[one.kind]
    value = one.answer if share is None else low + share * (high - low)
    things = f" {one.estimate.unit.split(maxsplit=1)[0]}" if one.kind is Kind.COUNT else ""
    per = f" a {one.period}" if one.period else ""
    figure = f"{written.format(value=value * one.scale / unit)}{things}{per}"
    return ruled(brief, f"{lead} {figure} for {id_.replace('-', ' ')}.", asked=one.estimate.ask)[id_]


@pytest.mark.parametrize(("scenario", "id_"), EVERY_ESTIMATE)
@settings(max_examples=20)
@given(share=st.floats(min_value=0.01, max_value=0.99), lead=st.sampled_from(["That's", "I get", "So maybe"]))
def test_a_stated_figure_inside_the_band_is_never_off(scenario: str, id_: str, share: float, lead: str) -> None:
    assert stating(scenario, id_, lead, share).standing is not Standing.OFF


@pytest.mark.parametrize(("scenario", "id_"), EVERY_ESTIMATE)
def test_the_answer_said_with_the_estimates_own_words_is_consistent(scenario: str, id_: str) -> None:
    assert stating(scenario, id_, "That's", None).standing is Standing.CONSISTENT


WORDS = "we would then cost memory tokens cents a month per question gigabytes is so by".split()


@given(st.lists(st.sampled_from(WORDS)))
def test_words_without_numbers_leave_everything_missing(said: list[str]) -> None:
    found = rulings(shipped(), transcript(says(" ".join(said))))
    assert {each.standing for each in found} == {Standing.MISSING}
    assert len(found) == len(shipped().scenario.math)


@given(st.text(alphabet="0123456789 .,$%xk+=/-\nfourmillioncentsgbday", max_size=200))
def test_whatever_is_said_quotes_are_verbatim_and_the_same_words_give_the_same_rulings(text: str) -> None:
    spoken = transcript(says(text))
    found = rulings(shipped(), spoken)
    assert found == rulings(shipped(), spoken)
    for each in found:
        if each.quote:
            assert text[each.quote.start : each.quote.end] == each.quote.text


@pytest.mark.parametrize(
    ("factor", "shown_as"),
    [(10, "×10"), (6.75, "×6.8"), (9.97, "×10"), (1_000, "×1,000"), (0.1, "÷10"), (0.157, "÷6.4"), (None, "")],
)
def test_a_factor_reads_as_times_or_parts(factor: float | None, shown_as: str) -> None:
    one = Ruling(about="x", ask="", standing=Standing.OFF, expected="5", working="5", factor=factor)
    assert one.off_by == shown_as

"""`coach attack` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.attacks import Family, Looked, Report, Tried
from coach.cli import attacking
from coach.domain.attack import Gain
from coach.domain.calls import Spending
from coach.domain.grade import Notice, Quote
from coach.domain.invariance import Invariance, Variation
from coach.domain.planted import PairFigures, Rate
from tests.cli.command import coach

GAIN = Gain(
    kind="criterion",
    name="evals.set",
    before="missed",
    after="met",
    quotes=(Quote(turn="C9", start=0, end=9, text="all shown"),),
)


def report(*gains: Gain, flagged: int = 0, benign: int = 100) -> Report:
    tried = tuple(Tried(number=1, base="tiny/one", words="All shown\x1b[2J.", gains=(each,)) for each in gains)
    taken = Notice(kind="addressed-to-grader", turn="C9", text="grade it")
    looked = Looked(scenario="tiny", text="We grade it.", flagged=(taken,), lost=())
    return Report(
        engine="offline",
        model=None,
        rounds=30,
        families=(Family(number=1, id="order", family="Order", tries="Orders.", trials=750, succeeded=tried),),
        trials=750,
        gained=len(tried),
        upper_bound=None if tried else 0.004,
        benign=benign,
        flagged=(looked,) * flagged,
        lost=(),
    )


def test_a_suite_without_gains_holds_and_so_does_one_in_a_hundred_honest_answers() -> None:
    assert report().holds
    assert report(flagged=1).holds
    assert not report(flagged=2).holds
    assert not report(GAIN).holds


def test_what_gained_is_shown_with_its_words_and_the_quote_and_nothing_a_terminal_obeys(
    capsys: pytest.CaptureFixture[str],
) -> None:
    attacking.show(report(GAIN, flagged=1), Spending())
    shown = capsys.readouterr().out
    assert "evals.set: missed to met “all shown” (C9)" in shown
    assert "1 of 750 attacks in 30 weak rounds gained something." in shown
    assert "taken for an attack: grade it" in shown
    assert "\x1b[2J" not in shown


def test_the_report_for_machines_says_whether_it_holds_and_with_what_certainty() -> None:
    told = json.loads(attacking.report_json(report(), None, Spending()))
    assert (told["trials"], told["gained"], told["upper_bound"], told["holds"]) == (750, 0, 0.004, True)


def test_planted_pairs_and_variations_are_shown_beside_what_they_must_hold(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rates = (
        Rate(name="negated", holds=9, of=10, share=0.9, goal=0.96, passes=False),
        Rate(name="moved", holds=0, of=0, share=None, goal=0.92, passes=None),
    )
    varied = Invariance(
        variation=Variation.NAMED, rounds=2, dimensions=9, shifts=(), exact=1.0, mean_shift=0.0, passes=True
    )
    robust = attacking.Robustness(PairFigures(rates=rates, pairs=()), (varied,))
    attacking.show_robustness(robust)
    shown = capsys.readouterr().out
    assert "90.0%" in shown
    assert "n/a" in shown
    assert "100.0%" in shown
    assert not robust.holds
    assert not json.loads(attacking.report_json(report(), robust, Spending()))["holds"]


def test_an_engine_without_a_model_is_one_line(tmp_path: Path) -> None:
    ran = coach("attack", "--engine", "llm", home=tmp_path)
    assert ran.status == 1
    assert ran.is_one_line

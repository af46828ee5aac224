"""A candidate's numbers, drawn with what they should be."""

from __future__ import annotations

import re
from pathlib import Path

from coach.domain.grade import Quote
from coach.domain.referee import SUM, Ruling, Standing, rulings
from coach.domain.round import Round
from coach.ui.drawing import STYLE
from coach.ui.drawing.referee import your_numbers
from tests.builders import ask_for, begun, played, shipped, tiny

ATTACK = "</td><script>alert(1)</script>"


def round_(*said: str) -> Round:
    asked = [part for words in said for part in (ask_for("cost.clarify"), words)]
    return played(shipped(), *asked)


def drawn(*said: str) -> str:
    played_ = round_(*said)
    return your_numbers(rulings(played_.brief, played_.transcript), played_)


def row(page: str, words: str) -> str:
    return next(each[0] for each in re.finditer(r"<tr.*?</tr>", page) if words in each[0])


def test_a_figure_stands_beside_what_it_should_be_and_leads_to_its_moment() -> None:
    one = row(drawn("One question costs about two cents."), "What does one question cost")
    assert '<blockquote>“two cents” <a href="#turn-C1">C1 at 1:00</a></blockquote>' in one
    assert "understood as $0.02" in one
    assert "<strong>$0.02125</strong>" in one
    assert "$0.01 to $0.045 counts as right" in one
    assert "<code>(5,000 × 3 + 350 × 15) ÷ 1,000,000 + 0.001</code>" in one
    assert '<span aria-hidden="true">✓</span> <strong>Consistent</strong>' in one


def test_a_figure_that_is_off_says_by_how_much_and_to_which_side() -> None:
    said = "Embedding the corpus: 400,000 times eight times five hundred, at two cents a million, that's $320."
    one = row(drawn(said), "embedding the corpus")
    assert 'class="is-off"' in one
    assert "<strong>Off ×8.5</strong>" in one
    assert "too high" in one


def test_what_was_never_stated_shows_the_working_to_learn_from() -> None:
    page = drawn("I would rather not say.")
    assert page.count('class="is-missing"') == len(shipped().scenario.math)
    assert "<strong>Not stated</strong>" in page
    assert "5 estimates: 5 not stated" in page
    assert "Your own sums" not in page


def test_own_sums_are_shown_with_their_operands() -> None:
    page = drawn("Six thousand times five is thirty thousand. Forty times thirty is twelve thousand.")
    assert "1 of 2 sums of your own right" in page
    assert "<code>6,000 × 5</code>" in row(page, "thirty thousand")
    assert "<strong>1,200</strong>" in row(page, "twelve thousand")
    assert "Off ×10" in row(page, "twelve thousand")


def test_sums_stand_open_where_one_is_off() -> None:
    assert "<details open>" in drawn("Forty times thirty is twelve thousand.")
    assert "<details>" in drawn("Forty times thirty is twelve hundred.")


def test_every_outcome_has_a_word_and_a_shape_of_its_own() -> None:
    found = [
        Ruling(about="x", ask="How many?", standing=each, expected="5", accept="4 to 6", working="5")
        for each in Standing
    ]
    page = your_numbers(found, begun(tiny()))
    for sign, word in (("✓", "Consistent"), ("✗", "Off"), ("–", "Not stated"), ("?", "Could not tell")):
        assert f'<span aria-hidden="true">{sign}</span> <strong>{word}</strong>' in page


def test_no_verdict_and_no_score_is_said_to_rest_on_them() -> None:
    assert "no verdict and no score rests on them" in drawn("Two cents.")


def test_a_round_without_rulings_draws_nothing() -> None:
    assert your_numbers((), begun(tiny())) == ""


def test_what_people_wrote_is_escaped() -> None:
    quote = Quote(turn="C1", start=0, end=len(ATTACK), text=ATTACK)
    for about in ("x", SUM):
        found = Ruling(
            about=about,
            ask=ATTACK,
            standing=Standing.OFF,
            quote=quote,
            stated=ATTACK,
            expected=ATTACK,
            accept=ATTACK,
            working=ATTACK,
            factor=2.0,
        )
        page = your_numbers([found], begun(tiny()))
        assert "<script" not in page
        assert "&lt;script&gt;" in page


def test_cells_keep_their_columns_name_where_a_phone_stacks_them() -> None:
    page = drawn("Two cents a question.")
    cells, rows = page.count('data-label="'), page.count('<tr role="row" class=')
    assert cells == 4 * rows
    sheet = Path("coach/ui/drawing/style/referee.css").read_text(encoding="utf-8")
    assert sheet in STYLE
    assert "attr(data-label)" in sheet

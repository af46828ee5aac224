"""The debrief as it is drawn: what was said, why it cost, what to say."""

from __future__ import annotations

from functools import cache
from html import escape

from coach.domain.composing import composed
from coach.domain.debrief import Debrief
from coach.domain.grade import Grade
from coach.domain.round import Round
from coach.engines.offline.judge import OfflineJudge
from coach.practice import grade_transcript
from coach.ui.drawing.debrief import first, not_written, rest
from tests.builders import begun, library, shipped


@cache
def weak() -> tuple[Round, Grade, Debrief]:
    """The weak round of a scenario, as the offline judge grades it."""
    said = library().walkthrough("document-qa", weak=True).transcript
    round_ = begun(shipped()).model_copy(update={"turns": said.turns})
    grade = grade_transcript(shipped(), said, OfflineJudge())
    return round_, grade, composed(shipped(), said, grade)


def test_the_one_fix_goes_from_the_words_over_what_they_cost_to_better_ones() -> None:
    round_, _, made = weak()
    drawn, fix = first(made, round_), made.fixes[0]
    quote = made.fixes[0].quote
    assert quote is not None
    parts = [escape(quote.text), escape(fix.hears), escape(fix.missing), escape(fix.hear or "")]
    places = [drawn.index(part) for part in parts]
    assert places == sorted(places)
    assert f'href="#turn-{quote.turn}"' in drawn
    assert f'href="#verdict-{fix.criterion.replace(".", "-")}"' in drawn
    assert "not a rewrite of yours" in drawn
    assert drawn.count("Say it like this") == 1


def test_the_other_fixes_are_folded_and_what_to_keep_is_not() -> None:
    round_, _, made = weak()
    drawn = rest(made, round_)
    assert drawn.count('<details class="fix">') == len(made.fixes) - 1 > 0
    assert "<h3>Keep doing</h3>" in drawn
    assert escape(made.keep[0].quote.text) in drawn
    assert "without a model" in drawn


def test_an_answer_a_model_wrote_is_shown_in_place_of_the_authors_line() -> None:
    round_, _, made = weak()
    fix = made.fixes[0].model_copy(update={"say": "I run it on <b>logs</b>.", "added": ("<b>logs</b>",)})
    drawn = first(made.model_copy(update={"fixes": (fix,), "by_model": True}), round_)
    assert "I run it on <ins>&lt;b&gt;logs&lt;/b&gt;</ins>." in drawn
    assert escape(fix.hear or "") not in drawn
    assert "<b>" not in drawn


def test_what_nothing_was_said_for_shows_the_question_instead_and_only_once() -> None:
    round_, _, made = weak()
    fix = next(each for each in made.fixes if each.asked and each.asked.turn)
    assert fix.asked is not None
    drawn = first(made.model_copy(update={"fixes": (fix.model_copy(update={"quote": None}),)}), round_)
    assert "You were asked" in drawn
    assert drawn.count(escape(fix.asked.text)) == 1


def test_where_nothing_can_be_advised_what_to_settle_is_listed() -> None:
    round_, grade, made = weak()
    name = grade.verdicts[0].criterion
    drawn = first(made.model_copy(update={"fixes": (), "settle": (name,)}), round_)
    assert "Settle this first" in drawn
    assert f'href="#verdict-{name.replace(".", "-")}"' in drawn
    assert "Fix this first" not in drawn


def test_why_it_was_not_written_is_escaped() -> None:
    assert "&lt;b&gt;" in not_written("<b>")

from __future__ import annotations

import re

from coach.domain.grade import Quote
from coach.domain.reopening import Question
from coach.domain.retry import Outlook, Retry
from coach.domain.round import Round
from coach.domain.scenario import Outcome
from coach.ui.drawing.retry import beside, compared, head, nothing_to_retry
from tests.builders import begun, tiny, verdict
from tests.domain.test_retry import again, graded, retry, said


def _round() -> Round:
    return begun(tiny(), minutes=45).model_copy(update={"turns": said().turns})


def _text(drawn: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", drawn))


def _drawn(outlook: Outlook, tries: tuple[Retry, ...] = ()) -> str:
    return compared(_round(), retry(), outlook, tries)


def test_more_than_before_is_said_first_with_the_words_it_rests_on() -> None:
    drawn = _drawn(again(graded(), retry(), ("evals.gate", Outcome.MET, "Nothing ships below ninety")))
    text = _text(drawn)
    assert text.startswith(" Met now, missed then")
    assert "Missed then · met now, after a question" in text
    assert "“Nothing ships below ninety” this time" in text
    assert "<mark>Nothing ships below ninety</mark> of a hundred" in drawn
    assert 'class="dot is-before"' in drawn


def test_nothing_more_is_said_as_plainly() -> None:
    assert _text(_drawn(again(graded(), retry()))).startswith(" Still missed")
    could_not_tell = again(graded(), retry(), ("evals.gate", Outcome.UNJUDGED, ""))
    assert _text(_drawn(could_not_tell)).startswith(" The judge could not tell this time")


def test_what_was_said_then_and_not_now_is_told_as_a_loss() -> None:
    grade = graded(("evals.set", Outcome.MET, "C2", "a set of a hundred cases"))
    text = _text(_drawn(again(grade, retry(), ("evals.gate", Outcome.MET, "Nothing ships"))))
    assert "What else changed in Evaluation" in text
    assert "Met then · missed now" in text


def test_the_score_stands_beside_what_it_was() -> None:
    outlook = again(graded(), retry(), ("evals.gate", Outcome.MET, "Nothing ships"))
    was, now = outlook.was.score, outlook.now.score
    assert was is not None
    assert now is not None
    assert f"{was:.2f} → {now:.2f} ({now - was:+.2f})" in _text(_drawn(outlook))
    same = again(graded(), retry())
    assert f"{was:.2f}, as before" in _text(_drawn(same))


def test_both_answers_stand_side_by_side_and_a_question_never_asked_has_none_then() -> None:
    drawn = _drawn(again(graded(), retry()))
    assert "I would keep a set of a hundred cases" in drawn
    assert "Of those hundred cases" in drawn
    assert "Now, in 1:00" in drawn
    unasked = retry(turn=None)
    assert "It was not asked." in compared(_round(), unasked, again(graded(), unasked), ())


def test_tries_before_this_one_are_told_in_order() -> None:
    missed = retry().model_copy(update={"outlook": again(graded(), retry())})
    partly = again(graded(), retry(), ("evals.gate", Outcome.PARTIAL, "Nothing ships"))
    tries = (missed, retry().model_copy(update={"outlook": partly}))
    assert "Tries before this one: ○ missed, ◐ partly met." in _text(_drawn(again(graded(), retry()), tries))
    assert "Tries before" not in _drawn(again(graded(), retry()))


def test_the_question_says_whether_it_was_asked_and_what_it_asks_for_is_closed() -> None:
    asked = Question(text="How do you <know>?", turn="I2", probe="evals.clarify")
    drawn = head(_round(), "evals.gate", asked)
    assert "How do you &lt;know&gt;?" in drawn
    assert "Evaluation, once more" in drawn
    assert "not asked in this round" in head(_round(), "evals.gate", asked.model_copy(update={"turn": None}))
    aside = beside(_round(), "evals.gate", asked)
    assert aside.count("<details>") == 2
    assert "Blocks a release." in aside
    assert "<details open" not in aside
    assert beside(_round(), "evals.gate", asked.model_copy(update={"turn": None})).count("<details>") == 1
    assert "Nothing to answer again" in nothing_to_retry(_round())


def test_what_was_written_is_escaped() -> None:
    bold = retry(answer="<b>Nothing</b> ships.")
    context = again(graded(), bold, ("evals.gate", Outcome.MET, "<b>Nothing</b> ships."))
    drawn = compared(_round(), bold, context, ())
    assert "<b>" not in drawn
    assert "&lt;b&gt;Nothing" in drawn
    quote = Quote(turn="C2", start=0, end=3, text="<i>")
    shown = context.model_copy(
        update={
            "before": (verdict("evals.gate", Outcome.PARTIAL, quote),),
            "after": (verdict("evals.gate", Outcome.MET, quote),),
        }
    )
    assert "<i>" not in re.sub(r'<i class="[^"]+"[^>]*>', "", compared(_round(), bold, shown, ()))

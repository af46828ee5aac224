from __future__ import annotations

import pytest

from coach.domain.finding.guards import is_soup
from coach.domain.invariance import NAMES, PADDING, Shift, Variation, invariance_of, vary
from coach.domain.transcript import Speaker
from tests.golden_rounds import conversation, golden_round

WHOLE = golden_round("document-qa/p1")


def said(variation: Variation, text: str, number: int = 0) -> list[str]:
    varied = vary(WHOLE.brief, conversation("And?", text), variation, number)
    return [turn.text for turn in varied.transcript.candidate]


@pytest.mark.parametrize("variation", list(Variation))
def test_a_variation_changes_something_and_the_same_thing_every_time(variation: Variation) -> None:
    once, again = (vary(WHOLE.brief, WHOLE.transcript, variation, 3) for _ in range(2))
    assert once == again
    assert (once.transcript == WHOLE.transcript) != (once.brief == WHOLE.brief)


@pytest.mark.parametrize("variation", list(Variation))
def test_what_the_interviewer_says_stays(variation: Variation) -> None:
    varied = vary(WHOLE.brief, WHOLE.transcript, variation)
    asked = [turn for turn in WHOLE.transcript.turns if turn.speaker is Speaker.INTERVIEWER]
    assert [turn for turn in varied.transcript.turns if turn.speaker is Speaker.INTERVIEWER] == asked


def test_padding_doubles_the_words_and_keeps_what_was_said() -> None:
    text = "We take three hundred questions from the logs and label the passages by hand."
    [padded] = said(Variation.PADDING, text)
    assert text in padded
    assert 2 * len(text.split()) <= len(padded.split()) <= 4 * len(text.split())
    assert not any(is_soup(pad) for pad in PADDING)


def test_fillers_go_and_the_rest_stays() -> None:
    assert said(Variation.FILLERS, "Well, we label it. Um, twice. It went well.") == [
        "We label it. Twice. It went well."
    ]


def test_markdown_makes_a_bullet_of_each_sentence() -> None:
    assert said(Variation.MARKDOWN, "I'd label it. Twice.") == ["- **I'd** label it.\n- **Twice**."]


def test_a_long_answer_becomes_two_turns_with_all_its_words() -> None:
    text = "One is this. Two is that. Three is more. Four is all."
    assert said(Variation.SPLIT, text) == ["One is this. Two is that.", "Three is more. Four is all."]


def test_a_name_is_given_once_and_another_by_another_number() -> None:
    assert said(Variation.NAMED, "Okay.") == [f"{NAMES[0]} Okay."]
    assert said(Variation.NAMED, "Okay.", 1) == [f"{NAMES[1]} Okay."]


def test_simple_english_has_no_articles_and_no_conditional() -> None:
    assert said(Variation.SECOND_LANGUAGE, "I'd label the set and a person has to check.") == [
        "I will label set and person must check."
    ]


def test_the_rubrics_variations_keep_ids_and_signals() -> None:
    for variation in (Variation.REVERSED, Variation.PARAPHRASED):
        brief = vary(WHOLE.brief, WHOLE.transcript, variation).brief
        assert {name: entry.signals for name, entry in brief.criteria.items()} == {
            name: entry.signals for name, entry in WHOLE.brief.criteria.items()
        }
    assert list(vary(WHOLE.brief, WHOLE.transcript, Variation.REVERSED).brief.criteria) != list(
        WHOLE.brief.criteria
    )


def test_figures_tell_moved_levels_from_those_given_on_one_side() -> None:
    moved = Shift(round="a/b", dimension="evals", before=3, after=1)
    lost = Shift(round="a/b", dimension="cost", before=2, after=None)
    found = invariance_of(Variation.PADDING, 1, 20, (moved, lost))
    assert found.exact == pytest.approx(0.9)
    assert found.mean_shift == pytest.approx(2 / 19)
    assert found.passes is False
    assert invariance_of(Variation.PADDING, 0, 0, ()).passes is None

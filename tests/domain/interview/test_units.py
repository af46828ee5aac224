"""A text as units of meaning."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coach.domain.interview.everyday import IDEAS
from coach.domain.interview.units import Unit, keys, units


def ideas(text: str) -> frozenset[str]:
    return frozenset[str]().union(*(unit.ideas for unit in units(text)))


def test_words_for_the_same_thing_bring_up_one_idea() -> None:
    for word in ("budget", "spend", "afford", "pay", "finance"):
        assert "#money" in ideas(word)


def test_a_set_phrase_is_one_unit_even_at_the_end() -> None:
    (unit,) = units("how often")
    assert (unit.stem, "#often" in unit.ideas) == ("how often", True)


def test_a_word_may_stand_between_a_verb_and_its_particle() -> None:
    assert "#handover" in ideas("putting someone through")
    assert "#person" in ideas("putting someone through")


def test_function_words_and_words_that_only_put_a_question_are_none() -> None:
    assert units("I would like to ask you about the") == ()


def test_words_the_stemmer_throws_together_stay_apart() -> None:
    assert "#load" not in ideas("business")
    assert "#written" not in ideas("authorities")


def test_a_unit_is_matched_by_its_stem_and_its_ideas() -> None:
    (unit,) = units("budget")
    assert unit.keys == unit.ideas | {"budget"}
    assert keys([unit, Unit("cat", frozenset(), light=False)]) == unit.keys | {"cat"}


def test_no_way_to_say_something_stands_twice_under_an_idea() -> None:
    said: dict[str, list[str]] = {}
    for token in IDEAS.split():
        if token.endswith(":"):
            here = said[token] = said.get(token, [])
        else:
            here.append(token)
    assert all(len(ways) == len(set(ways)) for ways in said.values())


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    assert all(unit.stem for unit in units(text))


def test_a_word_joined_of_others_is_read_as_those() -> None:
    assert units("per-book budget") == units("per book budget")


def test_a_joined_word_that_is_a_set_phrase_stays_one() -> None:
    (unit,) = units("second-hand")
    assert "#unique" in unit.ideas

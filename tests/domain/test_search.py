from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.search import LEVELS, MOST_WORDS, Search, Standing, read_search

DIMENSIONS = ("evals", "cost")


def read(text: str) -> Search:
    return read_search(text, DIMENSIONS)


def test_words_phrases_and_filters_are_told_apart() -> None:
    assert read(
        'kappa evals<=1 band:ready "golden set" scenario:document-qa is:disputed notice:addressed'
    ) == Search(
        words=("kappa",),
        phrases=("golden set",),
        scenarios=("document-qa",),
        results=("ready",),
        levels={"evals": (0, 1)},
        notices=("addressed",),
        standing=(Standing.DISPUTED,),
    )


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("evals<=1", (0, 1)),
        ("evals<1", (0,)),
        ("evals>=3", (3, 4)),
        ("evals≥3", (3, 4)),
        ("evals>3", (4,)),
        ("evals≤1.5", (0, 1)),
        ("evals=2", (2,)),
        ("EVALS:2", (2,)),
        ("evals>=1 evals<3", (1, 2)),
        ("evals>4", ()),
    ],
)
def test_a_level_is_compared(text: str, levels: tuple[int, ...]) -> None:
    assert read(text) == Search(levels={"evals": levels})


@pytest.mark.parametrize(
    "text", ["cost:500", "cost<2s", "p95<200", "https://example.com/a", "framing<=1", "evals<=", "band:", "a=b=c"]
)
def test_what_only_looks_like_a_filter_is_words(text: str) -> None:
    assert read(text) == Search(words=(text,))


def test_a_quotation_in_what_only_looks_like_a_filter_is_words_too() -> None:
    assert read('site:"a b" A:“') == Search(words=("site: a b", "A:"))


def test_a_filter_that_names_nothing_is_told_and_filters_nothing() -> None:
    assert read("band:excellent is:here index") == Search(words=("index",), unread=("band:excellent", "is:here"))
    assert read("band:excellent").is_empty


def test_a_band_of_two_words_is_read_however_they_are_joined() -> None:
    for text in ("band:not_yet", "band:not-yet", 'band:"Not yet"'):
        assert read(text) == Search(results=("not_yet",))


def test_quotation_marks_of_any_kind_open_and_close_a_phrase() -> None:
    for text in ('"golden set"', "“golden set”", '"golden set', "„golden   set“"):
        assert read(text) == Search(phrases=("golden set",))


def test_signs_alone_and_nothing_are_no_search() -> None:
    for text in ("", "   ", '"', '"" *', "&", "\0\ud800"):
        assert read(text).is_empty


def test_only_so_many_words_are_looked_for() -> None:
    assert len(read("word " * 1_000).words) == MOST_WORDS


@given(st.text() | st.text(alphabet='evalsbandnotic:<>=≤"“ .01234\0\ud800-'))
def test_any_text_is_read_and_what_is_read_can_be_looked_for(text: str) -> None:
    found = read(text)
    for words in (*found.words, *found.phrases):
        assert words.isprintable()
        assert '"' not in words
        assert any(sign.isalnum() for sign in words)
    assert set(found.levels) <= set(DIMENSIONS)
    assert all(level in LEVELS for levels in found.levels.values() for level in levels)


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), max_size=MOST_WORDS))
def test_plain_words_are_all_looked_for_in_their_order(words: list[str]) -> None:
    assert read(" ".join(words)) == Search(words=tuple(words))

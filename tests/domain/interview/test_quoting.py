"""Short quotes of the candidate's own decision."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.interview.quoting import LONGEST, decision_worth_pushing
from coach.domain.language import words


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("I'd use a keyword index first, because codes matter.", "I'd use a keyword index first"),
        ("Fine. We'll cache the whole answer for an hour.", "We'll cache the whole answer for an hour"),
        ("I’d go with two retrieval paths and then I merge.", "I’d go with two retrieval paths"),
        ("First we split on headings. Then I'd keep eight passages in the prompt; more is noise.",
         "I'd keep eight passages in the prompt"),
    ],
)  # fmt: skip
def test_the_last_decision_stated_is_quoted_to_the_letter(said: str, quote: str) -> None:
    assert decision_worth_pushing(said) == quote
    assert quote in said


@pytest.mark.parametrize(
    "said",
    [
        "It depends on the traffic.",
        "Would I use a cache here for that?",
        "I'd use it.",
        "We'd keep all of it as it is.",
        "I'd use a very long list of things that goes on and on without ever reaching the end of its clause at all",
        "",
    ],
)
def test_where_nothing_short_was_decided_nothing_is_quoted(said: str) -> None:
    assert decision_worth_pushing(said) is None


@given(st.lists(st.sampled_from("I'd use the cache . , because we'll keep it ? and then no".split()), max_size=30))
def test_a_quote_is_verbatim_and_never_a_summary(pieces: list[str]) -> None:
    said = " ".join(pieces)
    quote = decision_worth_pushing(said)
    assert quote is None or (quote in said and len(words(quote)) <= LONGEST)

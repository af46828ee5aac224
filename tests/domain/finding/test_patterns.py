"""Cues are written one to a line."""

from __future__ import annotations

from coach.domain.finding.patterns import any_of, either


def test_any_line_matches_between_word_edges_whatever_the_case() -> None:
    cues = any_of("""
        no need
        skip(?:s|ped)?
        """)
    assert cues.search("There's No Need for it")
    assert cues.search("we skipped it")
    assert not cues.search("no needles, skipper")


def test_the_edges_can_be_told() -> None:
    assert any_of("there", before="^", after="").search("therefore")


def test_either_takes_words_or_alternatives_with_spaces() -> None:
    assert either("a b") == "(?:a|b)"
    assert either("a b|c") == "(?:a b|c)"

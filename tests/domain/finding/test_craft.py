"""Each idea of the craft has words of its own."""

from __future__ import annotations

from collections import Counter

from coach.domain.finding.craft import IDEAS


def test_no_phrase_says_two_ideas() -> None:
    said = Counter(phrase for phrases in IDEAS for phrase in set(phrases))
    assert [phrase for phrase, times in said.items() if times > 1] == []


def test_every_idea_has_more_than_one_way_to_be_said() -> None:
    assert all(len(set(phrases)) > 1 and all(phrases) for phrases in IDEAS)

"""What is only rejected, imagined or other people's is not held."""

from __future__ import annotations

import pytest

from coach.domain.finding.polarity import Stance, read


def stance(text: str, words: str) -> Stance:
    """The stance of `words` where they stand in `text`."""
    for said in read(text):
        at = said.sentence.text.find(words)
        if at >= 0:
            return said.stance(at, at + len(words))
    raise AssertionError(f"{words!r} is not in {text!r}")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I'd gate every release on recall at ten.", "recall at ten"),
        ("The change doesn't ship under point nine.", "point nine"),
        ("If recall drops we don't ship the change.", "ship"),
        ("The model can't call anything.", "call anything"),
        ("People paste form codes like HO-3.", "form codes"),
        ("We don't blend them, but recall is its own number.", "recall"),
        ("Some teams skip it, but I'd build a golden set.", "golden set"),
    ],
)
def test_a_plain_statement_is_held(text: str, words: str) -> None:
    assert stance(text, words) is Stance.HELD


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We would not monitor drift.", "drift"),
        ("We don't need a golden set here.", "golden set"),
        ("I'd skip reranking altogether.", "reranking"),
        ("I'm deliberately not tracking zero results.", "zero results"),
        ("One index instead of two versions.", "two versions"),
        ("I use the vectors rather than keywords.", "keywords"),
        ("It goes out without a canary.", "canary"),
        ("The exact-match leg is redundant.", "exact-match"),
        ("Output length is a non-issue.", "Output length"),
        ("A threshold that blocks the train just teaches people to game it.", "threshold"),
    ],
)
def test_a_rejection_reaches_to_the_end_of_its_clause(text: str, words: str) -> None:
    assert stance(text, words) is Stance.REJECTED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We could have every chunk carry the version.", "version"),
        ("Ideally a canary.", "canary"),
        ("At some point we might add a reranker.", "reranker"),
    ],
)
def test_a_possibility_is_only_imagined(text: str, words: str) -> None:
    assert stance(text, words) is Stance.IMAGINED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Some teams build a golden set with double labelling.", "golden set"),
        ("The textbook has you build a golden set.", "golden set"),
        ("They'll tell you to hold retrieval apart.", "retrieval"),
        ("You'll hear a strong case for hybrid search.", "hybrid"),
        ("The purists put the permission groups in the key.", "permission groups"),
        ("There's a school of thought that says label them.", "label them"),
        ("Consultants will sell you OCR confidence.", "OCR confidence"),
        ("I've seen teams run two hundred permission tests.", "permission tests"),
        ("The usual advice is to fall back to keyword results.", "keyword results"),
        ("People will talk about circuit breakers.", "circuit breakers"),
    ],
)
def test_other_peoples_words_are_borrowed(text: str, words: str) -> None:
    assert stance(text, words) is Stance.BORROWED


@pytest.mark.parametrize(
    "dismissal",
    ["We'd skip that.", "I don't go there.", "That was true of older models.", "Tidy, but it hurts recall."],
)
def test_a_dismissal_takes_the_sentence_before_back(dismissal: str) -> None:
    assert stance(f"A reranker cuts fifty down to eight. {dismissal}", "reranker") is Stance.REJECTED


def test_a_dismissal_reaches_further_back_over_what_is_impersonal() -> None:
    text = "There are event-driven designs with tombstones. I've run such a thing. It drifts."
    assert stance(text, "tombstones") is Stance.REJECTED


def test_a_dismissal_leaves_what_was_decided_before_it() -> None:
    text = "I'd put the group filter in the search. Some add another check. I don't need that."
    assert stance(text, "group filter") is Stance.HELD


def test_curly_apostrophes_read_like_straight_ones() -> None:
    assert stance("We don’t need a golden set.", "golden set") is Stance.REJECTED

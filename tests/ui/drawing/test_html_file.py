"""A round as one HTML file: everything in it, nothing asked for, nothing a candidate wrote taken for markup."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser

import pytest

from coach.domain.beside import Beside
from coach.domain.grade import ResultKind
from coach.domain.redaction import redacted
from coach.domain.review import reviewed
from coach.domain.transcript import Board
from coach.engines.offline.judge import OfflineJudge
from coach.practice import grade_transcript
from coach.ui.drawing.html_file import round_html
from tests.builders import begun, converse, shipped
from tests.shared_round import AGAIN, DRAWING, MARKUP, NOTES, REVIEWER, beside_shared, shared_round


class Seen(HTMLParser):
    """The elements of a page: how many of each, their attributes, and that each is closed in its place."""

    VOID = frozenset({"meta", "br", "img", "link", "input"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.headings: list[int] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(name, value or "") for name, value in attrs]
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.attributes if key == name]


def page() -> str:
    return round_html(*shared_round())


def test_it_asks_for_nothing_and_runs_nothing() -> None:
    seen = Seen(page())
    assert not seen.tags.keys() & {"script", "link", "img", "iframe", "object", "form", "base", "svg", "a:href"}
    assert not [name for name, _ in seen.attributes if name.startswith("on") or name in {"src", "srcset", "action"}]
    assert all(href.startswith("#") for href in seen.values("href"))
    style = page().partition("<style>")[2].partition("</style>")[0]
    assert not re.search(r"url\(|@import|https?:|</", style)
    assert "default-src 'none'; style-src 'unsafe-inline'" in page().partition("<style>")[0]


def test_every_link_leads_somewhere_in_the_file_and_every_place_is_there_once() -> None:
    seen = Seen(page())
    places = Counter(seen.values("id"))
    assert set(places.values()) == {1}
    assert {href[1:] for href in seen.values("href")} <= places.keys()
    assert seen.open == []


def test_every_quote_leads_to_its_words_and_back() -> None:
    shared = shared_round()
    text = page()
    settled = shared.review.settled
    for verdict in (each for each in settled.verdicts if each.quotes):
        place = f"verdict-{verdict.criterion.replace('.', '-')}"
        drawn = text.partition(f'id="{place}"')[2].partition("</li>")[0]
        for quote in verdict.quotes:
            assert f'href="#turn-{quote.turn}"' in drawn
            turn = text.partition(f'id="turn-{quote.turn}"')[2].partition("</li>")[0]
            assert f'href="#{place}"' in turn


def test_it_has_headings_without_gaps_one_main_part_and_a_table_beside_the_strip() -> None:
    seen = Seen(page())
    assert (seen.tags["main"], seen.tags["h1"], seen.tags["footer"]) == (1, 1, 1)
    assert seen.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(seen.headings, seen.headings[1:], strict=False))
    assert seen.tags["table"] >= 1
    assert 'aria-label="Evidence strip"' in page()
    assert '<html lang="en">' in page()


def test_what_a_candidate_wrote_drew_or_is_called_is_text() -> None:
    text = page()
    for written in (MARKUP, DRAWING, REVIEWER):
        assert written in unescape(text)
    assert "<script" not in text
    assert "<img" not in text
    assert Seen(text).tags["b"] == 0


def test_what_people_found_lies_over_the_judges_grade() -> None:
    text = page()
    assert "1 settled by you, 1 settled by Ana &lt;b&gt;; the judge alone: " in text
    assert text.count("The judge alone: could not tell.") == 2
    assert "Fix this first" in text


def test_a_round_that_is_not_graded_is_its_transcript_and_board() -> None:
    running = converse(begun(shipped()), f"Thirty thousand a day. {MARKUP}")
    drawn = round_html(running.model_copy(update={"board": Board(notes=NOTES)}), None)
    assert "This round is still running." in drawn
    assert "Thirty thousand a day. &lt;/p&gt;" in drawn
    assert f"<pre>{NOTES.replace(chr(39), '&#x27;')}" in drawn
    assert "coach-strip" not in drawn.partition("</style>")[2]
    over = round_html(running.model_copy(update={"ended_at": running.started_at}), None)
    assert "Not graded." in over


def test_a_round_with_too_little_to_grade_says_so_and_advises_nothing() -> None:
    short = converse(begun(shipped()), "I would use a vector database.")
    grade = grade_transcript(short.brief, short.transcript, OfflineJudge())
    assert grade.result.kind is ResultKind.NOT_GRADED
    drawn = round_html(short, reviewed(short.brief, short.transcript, grade), shared_round().debrief)
    assert "<h2>Not graded</h2>" in drawn
    assert "Fix this first" not in drawn
    assert "I would use a vector database." in drawn


@pytest.mark.parametrize("names", [(), ("Ana",)])
def test_a_redacted_file_says_so_and_its_quotes_still_lead_to_their_words(names: tuple[str, ...]) -> None:
    clean = redacted(*shared_round(), names)
    drawn = round_html(clean.round, clean.review, clean.debrief, is_redacted=True)
    assert "Names and numbers were replaced by rules" in drawn
    assert "Names and numbers were replaced by rules" not in page()
    assert "settled by [name" in drawn
    assert "Ana" not in drawn
    seen = Seen(drawn)
    assert {href[1:] for href in seen.values("href")} <= set(seen.values("id"))


def test_what_stands_beside_the_grade_is_in_the_file_as_text() -> None:
    said = beside_shared()
    text = round_html(*shared_round(), said)
    seen = Seen(text)
    assert AGAIN in unescape(text)
    assert "You rated yourself" in text or "You and the judge agree" in text
    assert text.count("<h2>Answered once more</h2>") == 2
    assert "Not judged." in text
    assert "You dispute “" in text
    assert "Ana &lt;b&gt; on <a href=" in text
    assert "<script" not in text
    assert seen.open == []
    assert {href[1:] for href in seen.values("href")} <= set(seen.values("id"))
    assert all(after - before <= 1 for before, after in zip(seen.headings, seen.headings[1:], strict=False))
    assert ".coach-again" in text
    assert ".coach-again .answers" not in page()


def test_with_nothing_beside_the_grade_the_file_is_as_without() -> None:
    assert round_html(*shared_round(), Beside()) == page()


def test_a_redacted_file_hides_what_stands_beside_the_grade_too() -> None:
    clean = redacted(*shared_round(), (), beside_shared())
    drawn = round_html(clean.round, clean.review, clean.debrief, clean.beside, is_redacted=True)
    for told in ("Zalando", "seventeen", "Ana"):
        assert told not in drawn
    assert "So at [name" in drawn

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from coach.domain.grade import Quote
from coach.domain.round import Round
from coach.domain.transcript import Speaker
from coach.ui.drawing.conversation import Evidence, clock_time, transcript
from tests.archive.builders import answer, begun_round, played_round, question


class _Reader(HTMLParser):
    """Tags and text as a browser reads them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _saying(text: str) -> Round:
    asked, step = question()
    return begun_round().model_copy(update={"turns": (asked, answer(text=text)), "steps": {asked.id: step}})


@given(st.text(min_size=1).filter(str.strip))
def test_whatever_is_said_reads_as_text_and_adds_no_tag(text: str) -> None:
    plain, drawn = _Reader(), _Reader()
    plain.feed(transcript(_saying("words"), moves=True))
    drawn.feed(transcript(_saying(text), moves=True))
    assert drawn.tags == plain.tags
    head, tail = "".join(plain.texts).split("words")
    assert "".join(drawn.texts) == head + text + tail


def test_a_turn_says_who_spoke_when_and_that_it_is_saved() -> None:
    drawn = transcript(played_round(exchanges=1), moves=False, saved=True)
    assert drawn.count("<li ") == 2
    assert "<strong>Interviewer</strong>" in drawn
    assert "<strong>You</strong>" in drawn
    assert '<span class="coach-at">1:10</span>' in drawn
    assert drawn.count("saved ✓") == 1


def test_moves_are_shown_only_where_asked_for() -> None:
    round_ = played_round(exchanges=1)
    assert "probe · Evaluation" in transcript(round_, moves=True)
    assert "probe" not in transcript(round_, moves=False)


def test_a_turn_still_being_said_stands_last_and_is_not_marked_saved() -> None:
    round_ = played_round(exchanges=1)
    drawn = transcript(round_, moves=False, saying="And how <would> you")
    last = drawn.rsplit("<li ", 1)[1]
    assert 'aria-busy="true"' in last
    assert "<p>And how &lt;would&gt; you</p>" in last
    assert "saved" not in last
    assert "thinking" in transcript(round_, moves=False, saying="")


@given(
    text=st.text(min_size=1, max_size=60),
    spans=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
)
def test_marking_quotes_never_changes_a_word(text: str, spans: list[tuple[int, int]]) -> None:
    quotes = [
        Quote(turn="C1", start=start, end=end, text=text[start:end])
        for start, end in spans
        if start < end <= len(text)
    ]
    cited = {"C1": [Evidence(quote, "verdict-x", "x") for quote in quotes]}
    plain, marked = _Reader(), _Reader()
    plain.feed(transcript(_saying(text), moves=False))
    marked.feed(transcript(_saying(text), moves=False, evidence=cited))
    said = "".join(plain.texts)
    assert "".join(marked.texts).replace("Evidence for x", "") == said
    assert ("mark" in marked.tags) == bool(quotes)


def test_quotes_that_overlap_are_marked_once() -> None:
    quotes = [
        Quote(turn="C1", start=0, end=8, text="A golden"),
        Quote(turn="C1", start=2, end=12, text="golden set"),
    ]
    cited = {"C1": [Evidence(quote, f"verdict-{number}", "x") for number, quote in enumerate(quotes)]}
    drawn = transcript(played_round(exchanges=1), moves=False, evidence=cited)
    assert "<mark>A golden set</mark> of" in drawn
    assert drawn.count("href=") == 2


def test_a_board_is_shown_where_it_changed_as_it_was_written() -> None:
    round_ = played_round(exchanges=2)
    drawn = transcript(round_, moves=False)
    assert drawn.count("The board, as it stood here") == 1
    assert "graph LR; a--&gt;b" in drawn


def test_a_turn_without_words_is_its_board() -> None:
    round_ = played_round(exchanges=1)
    silent = round_.turns[1].model_copy(update={"text": ""})
    drawn = transcript(round_.model_copy(update={"turns": (round_.turns[0], silent)}), moves=False)
    assert "<p></p>" not in drawn
    assert "The board, as it stood here" in drawn


def test_every_turn_can_be_linked_to() -> None:
    round_ = played_round(exchanges=2)
    drawn = transcript(round_, moves=False)
    assert all(f'id="turn-{turn.id}"' in drawn for turn in round_.turns)
    assert [turn.speaker for turn in round_.turns].count(Speaker.CANDIDATE) == 2


def test_times_read_as_minutes_and_seconds() -> None:
    assert [clock_time(seconds) for seconds in (0, 59.9, 61, 3_729)] == ["0:00", "0:59", "1:01", "1:02:09"]

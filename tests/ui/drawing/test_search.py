from __future__ import annotations

from coach.domain.search import Moment, Search, Snippet, read_search
from coach.domain.transcript import Speaker
from coach.ports import Hit, RoundLine
from coach.ui.drawing.search import WAYS, found, hit_line, moment_label, ways
from tests.archive.builders import NINE


def moment(text: str, *hits: tuple[int, int], at: float | None = 247.0, **fields: object) -> Moment:
    snippet = Snippet(text=text, hits=hits)
    given = {"turn": "C7", "speaker": Speaker.CANDIDATE, "at": at, "snippet": snippet, "on_board": False, **fields}
    return Moment.model_validate(given)


def hit(more: int = 0, result: str | None = "not_yet") -> Hit:
    line = RoundLine(
        id="r1",
        scenario="document-qa",
        title="<b>Documents</b>",
        role="product",
        level="senior",
        minutes=45,
        rehearse=True,
        started_at=NINE,
        ended_at=NINE,
        turns=9,
        graded=True,
    )
    return Hit(line=line, result=result, moments=(), more=more)


def test_a_moment_says_who_when_and_marks_what_was_found() -> None:
    assert moment_label(moment("a golden set of it", (2, 12))) == (
        r"**You 4\:07** a :primary-background[golden set] of it"
    )
    assert moment_label(moment("set", at=None, speaker=Speaker.INTERVIEWER)) == "**Interviewer** set"
    assert moment_label(moment("set", at=0.0, on_board=True)) == r"**Board 0\:00** set"


def test_markup_of_any_kind_in_a_snippet_is_text_on_one_line() -> None:
    label = moment_label(moment("[x](http://e)\n\n  # **<b>** :red[y] `z` $1$", (14, 25)))
    words = label.removeprefix(r"**You 4\:07** ").replace(":primary-background[", "", 1)
    assert "\n" not in label
    for sign in "[(#*<:`$":
        assert sign not in words.replace(f"\\{sign}", ""), sign


def test_a_hit_tells_the_result_and_how_much_more_of_the_round_matches() -> None:
    drawn = hit_line(hit(more=4), "Product <i>", NINE)
    assert ">not yet</span>" in drawn
    assert "Product &lt;i&gt; · Senior · 45 min" in drawn
    assert "and 4 more turns" in drawn
    assert "more turn" not in hit_line(hit(), "Product", NINE)
    assert hit_line(hit(result=None), "Product", NINE).count("coach-chip") == 1


def test_how_many_were_found_is_told_and_where_more_were_left_out() -> None:
    assert "1 round." in found(Search(), 1, more=False)
    assert "The first 20 rounds; a word or filter more" in found(Search(), 20, more=True)


def test_nothing_found_says_what_to_try() -> None:
    assert "Words have to fall in one turn" in found(Search(words=("a", "b")), 0, more=False)
    assert "in one turn" not in found(Search(words=("a",)), 0, more=False)


def test_what_was_not_understood_is_told_as_text() -> None:
    assert "<code>band:&lt;b&gt;</code>" in found(Search(unread=("band:<b>",)), 1, more=False)
    assert "Not understood" not in found(Search(), 1, more=False)


def test_every_way_to_search_that_is_shown_is_understood() -> None:
    assert "evals&lt;=1" in ways()
    for typed, _ in WAYS:
        read = read_search(typed, ["evals"])
        assert not read.unread
        assert bool(read.words or read.phrases) == typed.startswith(("golden", '"golden'))

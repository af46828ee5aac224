"""What a search has found: each round in a line, each moment in its own words with what was looked for marked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape

from coach.domain.search import Moment, Search
from coach.domain.transcript import Speaker
from coach.ports import Hit
from coach.ui.drawing.cards import as_markdown, counted, round_line
from coach.ui.drawing.conversation import clock_time

WAYS = (
    ("golden set", "rounds where both words fell in one turn, or on the board there; side by side comes first"),
    ('"golden set"', "these words, one after the other"),
    ("evals<=1", "by the level of a dimension: <code>&lt; &lt;= = &gt;= &gt;</code> and 0 to 4"),
    ("band:ready", "by the result: strong, ready, close, not-yet, incomplete, baseline"),
    ("scenario:document-qa", "by the scenario's id, or a part of its title"),
    ("is:disputed", "where a verdict was disputed; also <code>is:reviewed</code> and <code>is:noticed</code>"),
    ("notice:addressed-to-grader", "by the kind of a notice"),
)
"""What can be typed, and what it finds (HTML)."""


def head() -> str:
    return "<h1>Search your rounds</h1>"


def ways() -> str:
    """What can be typed, before anything has been."""
    rows = "".join(f"<dt><code>{escape(typed)}</code></dt><dd>{finds}</dd>" for typed, finds in WAYS)
    return (
        f'<section class="coach-ways"><h2>What you can type</h2><dl>{rows}</dl>'
        '<p class="coach-small">All of it together narrows the search: '
        "<code>kappa evals&lt;=1 band:close</code>. Other signs are only text. <kbd>/</kbd> goes to the box.</p>"
        "</section>"
    )


def found(search: Search, shown: int, *, more: bool) -> str:
    """How many rounds were found, or what to do where none was; before it, what was not understood."""
    return unread(search.unread) + (_many(shown, more=more) if shown else _nothing(search))


def unread(filters: Iterable[str]) -> str:
    """Filters that name nothing."""
    names = ", ".join(f"<code>{escape(each)}</code>" for each in filters)
    return f'<p class="coach-ribbon">Not understood and left out: {names}.</p>' if names else ""


def hit_line(hit: Hit, role: str, began: datetime) -> str:
    """How the round stands, its result, and how much more of it matches."""
    result = f'<span class="coach-chip">{escape(hit.result.replace("_", " "))}</span> ' if hit.result else ""
    more = f'<p class="coach-small">and {counted(hit.more, "more turn")}</p>' if hit.more else ""
    return f'<div class="coach-hit">{result}{round_line(hit.line, role, began)}{more}</div>'


def moment_label(moment: Moment) -> str:
    """A moment as the label of the link that leads to it (Markdown): who, when, and the words, the hit marked."""
    who = "Interviewer" if moment.speaker is Speaker.INTERVIEWER else "Board" if moment.on_board else "You"
    at = "" if moment.at is None else f" {clock_time(moment.at)}"
    return f"**{as_markdown(f'{who}{at}')}** {_marked(moment)}"


def _many(shown: int, *, more: bool) -> str:
    line = (
        f"The first {counted(shown, 'round')}; a word or filter more narrows it"
        if more
        else counted(shown, "round")
    )
    return f'<p class="coach-small" role="status">{line}.</p>'


def _nothing(search: Search) -> str:
    together = " Words have to fall in one turn." if len(search.words) + len(search.phrases) > 1 else ""
    return (
        f'<p class="coach-empty" role="status">Nothing found.{together} Try fewer words, another form of them, '
        "or leave out a filter.</p>"
    )


def _marked(moment: Moment) -> str:
    text, done, parts = moment.snippet.text, 0, []
    for start, end in moment.snippet.hits:
        parts += [_plain(text[done:start]), f":primary-background[{_plain(text[start:end])}]"]
        done = end
    return "".join([*parts, _plain(text[done:])])


def _plain(text: str) -> str:
    """As Markdown that means nothing, on one line."""
    spaced = "".join(" " if sign.isspace() else sign for sign in text)
    while "  " in spaced:
        spaced = spaced.replace("  ", " ")
    return as_markdown(spaced)

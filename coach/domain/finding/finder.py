"""Where in a candidate's words the evidence for each criterion may stand, and how those words were meant.

Pure reading: what is found here is judged elsewhere. Spoken words and the board are looked through apart: a window
never joins the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coach.domain.finding.addressing import addressed
from coach.domain.finding.board import pages
from coach.domain.finding.polarity import Stance, read
from coach.domain.finding.reading import Heard, boards_heard, sentences_heard
from coach.domain.finding.signals import Locator, is_idea, locators, signs, spoken
from coach.domain.grade import Notice
from coach.domain.scenario import Criterion, Flag
from coach.domain.transcript import Transcript

MOST = 0.99
"""Share of an author's groups held together that is a full match."""
HALF = 0.5
"""Share at which a window is proposed as evidence at all."""
NEARBY = 2
"""Sentences before and after a window that belong to the same thought."""
BORROWER = 0.12
"""Share of telling sentences in other people's words, from which on a speaker reports more than decides."""
TELLING = 2
"""Ideas of the craft in a sentence that tells something. Talk about nothing has none, so it thins no share."""
ADDRESSED = "addressed-to-grader"
"""The kind of a notice of words that are for whoever grades."""
WINDOW = 3
"""Sentences looked at together; they may cross from one candidate turn to the next."""


class Trace(NamedTuple):
    """The best window for one criterion."""

    window: tuple[Heard, ...]
    """The sentences in which something was heard, in order."""
    share: float
    """Weighted share of the criterion's groups held there, 0 to 1."""
    groups: int
    """How many groups that is."""
    unheld: float
    """The largest weighted share heard anywhere in words that are not the candidate's position."""
    beside: float
    """The share heard in such words within NEARBY sentences of the window."""
    imagined: bool
    """Some of what was held in the window was only imagined."""
    only_imagined: bool
    """All of it was."""
    named: bool
    """The window is a list of terms, or of the criterion's own phrases."""


_NOTHING = Trace(
    window=(), share=0.0, groups=0, unheld=0.0, beside=0.0, imagined=False, only_imagined=False, named=False
)


def search(entries: Mapping[str, Criterion | Flag], transcript: Transcript) -> dict[str, Trace]:
    """The best window for each of `entries` (criteria or flags by full name) in which anything was heard."""
    known = locators(entries).of
    best: dict[str, Trace] = {}
    heard = sentences_heard(entries, transcript)
    for i in range(len(heard)):
        _look(best, known, heard, i)
    drawn: dict[str, Trace] = {}
    for passage in boards_heard(entries, transcript):
        for i in range(len(passage.heard)):
            if not passage.fresh.isdisjoint(range(i, i + WINDOW)):
                _look(drawn, known, passage.heard, i)
    if drawn:
        order = {turn.id: place for place, turn in enumerate(transcript.turns)}
        for name, trace in drawn.items():
            best[name] = _preferred(best[name], trace, order) if name in best else trace
    return best


def _look(best: dict[str, Trace], known: Mapping[str, Locator], heard: Sequence[Heard], i: int) -> None:
    """Take the window that begins at sentence `i` into account."""
    window = heard[i : i + WINDOW]
    around = heard[max(0, i - NEARBY) : i + WINDOW + NEARBY]
    for name in window[0].reading.held.keys() | window[0].reading.unheld.keys():
        _keep_better(best, name, known[name], window, around)


def _preferred(spoken: Trace, drawn: Trace, order: Mapping[str, int]) -> Trace:
    """The better of what was said and what stands on the board: where both are as good, the earlier.

    A board that holds a criterion in part, or not clearly, gives way to words that hold half of it: notes name
    what speech explains.
    """
    clear = drawn.share >= MOST and not drawn.imagined and not drawn.beside

    def worth(trace: Trace) -> tuple[bool, float, int]:
        first = min((order[said.turn] for said in trace.window), default=len(order))
        return clear if trace is drawn else spoken.share >= HALF, trace.share, -first

    return max(spoken, drawn, key=worth)._replace(unheld=max(spoken.unheld, drawn.unheld))


def reports_more_than_decides(transcript: Transcript) -> bool:
    """Whether the candidate often speaks for others, so that terms heard from them need a cleaner match.

    Told from speech alone: notes leave out who says so, and many of them would thin the share.
    """
    said = [said for turn in transcript.candidate for said in read(turn.text) if _tells(said.sentence.text)]
    borrowed = sum(any(s.stance is Stance.BORROWED for s in each.stretches) for each in said)
    return bool(said) and borrowed / len(said) >= BORROWER


def _tells(sentence: str) -> bool:
    return len({sign.name for sign in signs(spoken(sentence)) if is_idea(sign)}) >= TELLING


def _keep_better(
    best: dict[str, Trace], name: str, locator: Locator, window: Sequence[Heard], around: Sequence[Heard]
) -> None:
    held = _groups(name, window, held=True)
    share = locator.share(held)
    unheld = locator.share(_groups(name, window, held=False))
    kept = best.get(name)
    if kept is not None:
        unheld = max(unheld, kept.unheld)
        if share <= kept.share:
            if unheld > kept.unheld:
                best[name] = kept._replace(unheld=unheld)
            return
    telling = _telling(name, window)
    listed = bool(telling) and all(said.reading.named for said in telling)
    if listed and telling[0].on_board is not None:
        if unheld:
            best[name] = (kept or _NOTHING)._replace(unheld=unheld)
        return  # terms jotted down are to be spoken about: the list itself shows nothing
    best[name] = Trace(
        window=telling,
        share=share,
        groups=len(held),
        unheld=unheld,
        beside=locator.share(_groups(name, around, held=False)),
        imagined=any(name in said.reading.imagined for said in telling),
        only_imagined=bool(telling) and all(name in said.reading.imagined for said in telling),
        named=listed or all(said.reading.named or name in said.reading.mere for said in telling),
    )


def _groups(name: str, window: Sequence[Heard], *, held: bool) -> frozenset[int]:
    none: frozenset[int] = frozenset()
    return none.union(*((said.reading.held if held else said.reading.unheld).get(name, none) for said in window))


def _telling(name: str, window: Sequence[Heard]) -> tuple[Heard, ...]:
    """The fewest sentences of a window that hold all that was heard in it, in order."""
    none: frozenset[int] = frozenset()
    left = _groups(name, window, held=True)
    chosen: list[int] = []
    while left:
        best = max(range(len(window)), key=lambda i: len(left & window[i].reading.held.get(name, none)))
        left -= window[best].reading.held.get(name, none)
        chosen.append(best)
    return tuple(window[i] for i in sorted(chosen))


def notices(transcript: Transcript) -> list[Notice]:
    """What addresses the grader, reported once and never evidence."""
    asides = {turn.id: [span.text for span in addressed(turn.text)] for turn in transcript.candidate}
    for page in pages(transcript):
        asides[page.turn] += [page.lines[i].written for i in page.fresh if page.lines[i].addressed]
    return [Notice(kind=ADDRESSED, turn=turn, text=text) for turn, texts in asides.items() for text in texts]

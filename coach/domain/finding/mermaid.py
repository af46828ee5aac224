"""The words a person wrote in a Mermaid drawing: labels of nodes, edges, messages and groups.

A drawing is read by blanking out what only draws, character for character, so that every place in what is read is
the same place in the source. Mermaid is never run or parsed in full: what is not understood is read as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from coach.domain.language import Span

LEAST_NAME = 3
"""Characters of a node's name from which on it is a word; shorter ones (`A`, `Q1`) only tie lines together."""

_HEADER = re.compile(
    r"\A\s*(?:graph|flowchart(?:-\w+)?|[a-z]+(?:Diagram|Chart)(?:-v2)?|mindmap|timeline|"
    r"gantt|journey|pie|gitGraph|kanban|C4\w+|[a-z]+-beta)\b[^\n;]*"
)
_ASIDE = re.compile(
    r"""
    \A\s*---[ \t]*\n[\s\S]*?\n---[ \t]*$  # front matter
    | %%\{[\s\S]{0,2000}?\}%%             # a directive
    | %%[^\n]*                            # a comment
    | \baccDescr[ \t]*\{[^}]{0,2000}\}
    | (?:^|;)[ \t]*(?:click|callback|href|links?|style|linkStyle|classDef|class|cssClass|direction|rect|autonumber
        |accTitle|accDescr|activate|deactivate|dateFormat|axisFormat|tickInterval|todayMarker|excludes)\b[^\n;]*
    | (?:^|;)[ \t]*end[ \t]*(?=$|;)
    """,
    re.VERBOSE | re.MULTILINE,
)
"""What configures a drawing or is not shown: no words."""
_DRAWN = re.compile(
    r"""
    </?(?:br|b|i|u|em|strong|small|sub|sup|span|div|p|code|pre|font|hr)\b[^>\n]{0,200}>
    | \#\w{1,10};                         # an entity
    | (?:^|(?<=;))[ \t]*(?:
        (?:participant|actor)\b(?:[ \t]+\S+[ \t]+as\b)?
        | (?:subgraph|title|section|loop|alt|else|opt|par|and|critical|option|break|namespace|state)\b
        | [Nn]ote[ \t]+(?:over|left[ ]of|right[ ]of)\b[^:\n]*
      )
    """,
    re.VERBOSE | re.MULTILINE,
)
"""What stands beside words and is none."""
_WORD = r"[^\W_]\w*(?:['\u2019./@-]\w+)*%?"
_TOKEN = re.compile(
    rf"""
    (?P<end>[;\n])
    | @\{{(?:[^}}\n"]{{0,200}}?label:[ \t]*"(?P<shaped>[^"\n]{{0,200}})")?[^}}\n]{{0,200}}\}}
    | :::[\w-]+
    | "(?P<quoted>[^"\n]*)"
    | \|(?P<edge>[^|\n]*)\|
    | (?<![-=.<])(?:--|==|-\.)(?![-=.>])(?![xo]\s)(?P<middle>[^\n|;]{{1,200}}?)(?:--+[->xo]|==+[=>]|\.-+>?)
    | \[+[(/\\]?(?P<square>[^\]\n"]+)
    | \(+\[?(?P<round>[^)\]\n"]+)
    | \{{+!?(?P<curly>[^}}\n"]+)
    | (?<=\w)>(?P<flag>[^\]\n"<>|-]{{1,200}})\]
    | :(?P<said>[^\n;:"]+)
    | \bas[ \t]+\w+
    | (?P<text>{_WORD}(?:[ \t]+{_WORD})+)
    | (?P<name>{_WORD})(?P<labelled>[ \t]*[\[({{]|@\{{|>)?
    """,
    re.VERBOSE,
)
_LABELS = ("shaped", "quoted", "edge", "middle", "square", "round", "curly", "flag", "said", "text")


class _Token(NamedTuple):
    """A label or a node's name at [start, end) of the source; or, with neither, the end of a statement."""

    kind: str
    text: str
    start: int
    end: int


@lru_cache(maxsize=512)
def statements(source: str) -> tuple[Span, ...]:
    """The statements that hold words, in order: each at its place in the source, with all but its words blank.

    Words with something drawn between them are a comma apart: `A[Retriever] -->|top 20| B[Reranker]` reads
    `Retriever, top 20, Reranker`.
    """
    seen = _blanked(source)
    tokens = list(_tokens(seen))
    labelled = {token.text for token in tokens if token.kind == "labelled"}
    spans: list[Span] = []
    words: list[_Token] = []
    begin = 0
    for token in (*tokens, _Token("end", "", len(source), len(source))):
        if token.kind == "end":
            if words:
                spans.append(_statement(seen, source, begin, token.start, words))
            begin, words = token.end, []
        elif token.kind == "label" or (
            token.kind == "name" and token.text not in labelled and len(token.text) >= LEAST_NAME
        ):
            words.append(token)
    return tuple(spans)


def _blanked(source: str) -> str:
    """The source with all that is never a word as spaces, each character in its place."""
    seen = _ASIDE.sub(_spaces, source)
    seen = _HEADER.sub(_spaces, seen)
    return _DRAWN.sub(_spaces, seen)


def _spaces(match: re.Match[str]) -> str:
    return re.sub(r"[^\n;]", " ", match[0])


def _tokens(seen: str) -> Iterator[_Token]:
    place = 0
    while match := _TOKEN.search(seen, place):
        place = match.end()
        if match["end"]:
            yield _Token("end", "", match.start(), match.end())
        elif match["name"]:
            place = match.end("name")  # the bracket after it begins a label
            yield _Token("labelled" if match["labelled"] else "name", match["name"], match.start(), place)
        else:
            label = next((kind for kind in _LABELS if match[kind]), None)
            if label and re.search(r"[^\W_]", match[label]):
                text = match[label].strip()
                start = match.start(label) + match[label].index(text)
                yield _Token("label", text, start, start + len(text))


def _statement(seen: str, source: str, begin: int, end: int, words: list[_Token]) -> Span:
    piece = source[begin:end]
    start = begin + len(piece) - len(piece.lstrip())
    read = [" "] * len(piece.strip())
    for i, token in enumerate(words):
        read[token.start - start : token.end - start] = seen[token.start : token.end]
        if i + 1 < len(words) and source[token.end : words[i + 1].start].strip():
            read[token.end - start] = ","
    return Span("".join(read), start, start + len(read))

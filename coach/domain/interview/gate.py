"""The gate in front of a model's words: a clause is shown once it is whole and nothing speaks against it.

A model speaks first and then writes a trailer, one JSON object. The gate splits the two, whatever order they come
in and however broken they are; what is not shown needs no repair. The turn is over after its first question.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from coach.domain.interview.wording import (
    OFF_STAGE,
    OUT_OF_ROLE,
    claim_in,
    figures,
    praises,
    quotes_in,
    stands_in,
    tells,
)
from coach.domain.language import EVERYDAY, FILLERS, STOPWORDS, content_stems, stem, words
from coach.domain.scenario import Fact
from coach.domain.value import Value

LONGEST_SPEECH = 40
"""Words of a turn; a clause that does not fit is not shown."""
LONGEST_TERSE = 25
"""Words of a turn in a round whose turns have been long."""
LONGEST_LEAD = 14
"""Words before the question; from there on only a question is shown."""
LONGEST_HEARD = 150
"""Words after which a model that has asked nothing is not listened to."""
LONGEST_QUOTE = 12
"""Words of the candidate's that may be said again: more would sum up."""
LONGEST_AFTERWORD = 600
"""Characters read after the speech is over, for the trailer."""
LONGEST_CLAUSE = 600
"""Characters without an end: no speech."""
_CLAUSE_END = re.compile(r"[.?!;:…,—][\"”')\]]*(?=\s)|[。？！，]|\n")
_SENTENCE_END = re.compile(r"[.?!…。？！][\"”')\]]*\s*$")
_LABEL = re.compile(r"^\s*(?:interviewer|assistant|I\d+)\s*:\s*", re.IGNORECASE)
_DECORATION = re.compile(r"```\w*|[*_`#>|<]+")
_FAMILIAR = frozenset(STOPWORDS | EVERYDAY | FILLERS)
_ENGLISH = _FAMILIAR - set("am an also come die do he her hat me no os per si so son ton war was will".split())
"""Everyday words that are not as common in another language."""
_RUN = 5
"""Words in a row that two texts share only where one has them from the other."""
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_NAME = re.compile(r"(?<=[\w,;] )[A-Z][\w-]*[A-Za-z0-9]\b(?!')")
_IN_JSON = frozenset('{}[]",')
"""What a line of a trailer begins with."""


class Reason(StrEnum):
    """Why a clause was not shown."""

    PRAISE = "praise"
    FACT = "a fact nobody asked for"
    INVENTED = "words the candidate did not say"
    TERM = "a term nobody has used"
    ROLE = "out of role"
    LANGUAGE = "not the language of the round"
    ECHO = "the candidate's answer again"
    LENGTH = "too long"


class Limits(Value):
    """What one turn may say."""

    said: str
    """All the candidate has said so far."""
    heard: frozenset[str]
    """Stems of everything said so far by either side, and of what this turn is to ask."""
    known_figures: frozenset[float]
    """Numbers that have been said, or may be now."""
    secret_facts: tuple[Fact, ...] = ()
    """Facts that may not be told now."""
    secret_terms: frozenset[str] = frozenset()
    """Stems of the criteria's terms."""
    terse: bool = False
    """Turns have been long so far: a short question and nothing before it."""


class Gate:
    """One turn of speech on its way to the candidate."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._waiting = ""
        self._trailer = ""
        self._in_trailer = False
        self._on_new_line = False
        self._skips_sentence = False
        self._after = 0
        self._heard = 0
        self._held: list[str] = []
        self.shown: list[str] = []
        self.dropped: list[tuple[str, Reason]] = []
        self.asked = False
        """A question has been shown."""

    @property
    def is_over(self) -> bool:
        """Nothing more of the speech will be shown."""
        return self.asked or self._heard >= LONGEST_HEARD

    @property
    def is_done(self) -> bool:
        """Nothing more needs to be read: the speech is over, and a trailer would have come by now."""
        return self._after > LONGEST_AFTERWORD

    @property
    def text(self) -> str:
        return "".join(self.shown).strip()

    @property
    def trailer(self) -> dict[str, Any]:
        """What the model said about its turn; nothing where that is missing or broken."""
        for candidate in re.findall(r"\{[^{}]*\}", self._trailer):
            try:
                found = json.loads(candidate)
            except ValueError:
                continue
            if isinstance(found, dict):
                return found
        return {}

    def feed(self, piece: str) -> Iterator[str]:
        """Clauses that a further piece of the reply lets through."""
        if self.is_over:
            self._after += len(piece)
        self._waiting += self._speech_of(piece)
        while (end := _end_of_clause(self._waiting)) is not None:
            clause, self._waiting = self._waiting[:end], self._waiting[end:]
            yield from self._pass(clause)
        if len(self._waiting) > LONGEST_CLAUSE:
            self._waiting = ""

    def end(self) -> Iterator[str]:
        """The last clause, once the reply is whole."""
        clause, self._waiting = self._waiting, ""
        yield from self._pass(clause)

    def _speech_of(self, piece: str) -> str:
        """The part of a piece that is speech: a trailer goes from its brace to the closing one, or, where none
        closes it, to the end of a line after which no JSON follows."""
        speech = ""
        for char in piece:
            if char == "{":
                self._in_trailer = True
            elif self._in_trailer and self._on_new_line and not char.isspace() and char not in _IN_JSON:
                self._in_trailer = False
            self._on_new_line = char == "\n" or (self._on_new_line and char.isspace())
            if not self._in_trailer:
                speech += char
                continue
            self._trailer += char
            self._in_trailer = char != "}"
        return speech

    def _pass(self, raw: str) -> Iterator[str]:
        clause = _plain(raw)
        if self.is_over or not any(char.isalnum() for char in clause):
            return
        self._heard += len(clause.split())
        ends_sentence = _SENTENCE_END.search(clause) is not None
        if self._skips_sentence:
            self._skips_sentence = not ends_sentence
            return
        if reason := self._against(clause):
            self.dropped.append((clause, reason))
            self._skips_sentence = reason is not Reason.PRAISE and not ends_sentence
            self._held = [] if self._skips_sentence else self._held
            return
        yield from self._fit(clause, ends_sentence=ends_sentence)

    def _fit(self, clause: str, *, ends_sentence: bool) -> Iterator[str]:
        """The clause, as far as it fits. Once the lead is long enough a sentence waits until it is a question."""
        asks = "?" in clause
        waiting = [*self._held, clause]
        so_far = sum(len(words_.split()) for words_ in (*self.shown, *waiting))
        if not asks and so_far > (0 if self._limits.terse else LONGEST_LEAD):
            self._held = [] if ends_sentence else waiting
            if ends_sentence:
                self.dropped.append((clause, Reason.LENGTH))
            return
        self._held = []
        if so_far > (LONGEST_TERSE if self._limits.terse else LONGEST_SPEECH):
            self.dropped.append((clause, Reason.LENGTH))
            return
        for each in waiting:
            begins = not self.shown or _SENTENCE_END.search(self.shown[-1]) is not None
            shown = f"{each[0].upper()}{each[1:]} " if begins else f"{each} "
            self.shown.append(shown)
            self.asked = "?" in each
            yield shown

    def _against(self, clause: str) -> Reason | None:
        limits = self._limits
        if praises(clause):
            return Reason.PRAISE
        if not self._is_in_english(clause):
            return Reason.LANGUAGE
        if OUT_OF_ROLE.search(clause) or OFF_STAGE.search(clause):
            return Reason.ROLE
        if self._is_invented(clause):
            return Reason.INVENTED
        if self._tells(clause):
            return Reason.FACT
        if content_stems(clause) & limits.secret_terms - limits.heard or self._names_new(clause):
            return Reason.TERM
        return Reason.ECHO if self._echoes(clause) else None

    def _tells(self, clause: str) -> bool:
        """Whether the clause tells a secret fact: by a figure, in a run of its words, or with those shown before
        it, in case it comes in pieces."""
        secret = {figure for fact in self._limits.secret_facts for figure in figures(fact.say)}
        if figures(clause) & secret - self._limits.known_figures:
            return True
        whole = " ".join([*self.shown, *self._held, clause])
        return any(
            tells(fact, clause) or tells(fact, whole) or _runs(fact.say, _RUN) & _runs(whole, _RUN)
            for fact in self._limits.secret_facts
        )

    def _echoes(self, clause: str) -> bool:
        """Whether it says again, without asking, what the candidate said; a short quote may be."""
        if quotes := _QUOTED.findall(clause):
            return any(len(words(quote)) > LONGEST_QUOTE for quote in quotes)
        return "?" not in clause and bool(_runs(clause, _RUN + 1) & _runs(self._limits.said, _RUN + 1))

    def _names_new(self, clause: str) -> bool:
        """Whether it brings a name nobody has said: a capital letter within the sentence."""
        named = {stem(name.lower()) for name in _NAME.findall(clause)}
        return bool(named - self._limits.heard - _familiar_stems())

    def _is_in_english(self, clause: str) -> bool:
        """Whether the script is Latin and more than a quarter of the words are everyday ones or have been heard in
        this round."""
        letters = [char for char in clause if char.isalpha()]
        if sum(char.isascii() for char in letters) < 0.8 * len(letters):
            return False
        spoken = [word.text for word in words(clause)]
        known = [word for word in spoken if word in _ENGLISH or stem(word) in self._limits.heard]
        return len(known) * 4 > len(spoken)

    def _is_invented(self, clause: str) -> bool:
        claim = claim_in(clause)
        if quotes := quotes_in(clause) or (_QUOTED.findall(clause) if claim is not None else []):
            return not all(stands_in(quote, self._limits.said) for quote in quotes)
        if claim is None:
            return False
        claimed, said = content_stems(claim), content_stems(self._limits.said)
        goes_on = not claimed and _SENTENCE_END.search(clause) is None
        return goes_on or bool(claimed - said - _familiar_stems()) or 2 * len(claimed & said) < len(claimed)


def _plain(raw: str) -> str:
    """Speech without the marks of a page."""
    return " ".join(_LABEL.sub("", _DECORATION.sub("", raw)).split())


@lru_cache(maxsize=512)
def _runs(text: str, length: int) -> frozenset[tuple[str, ...]]:
    """Every so many words in a row."""
    spoken = [word.text for word in words(text)]
    return frozenset(tuple(spoken[start : start + length]) for start in range(len(spoken) - length + 1))


@cache
def _familiar_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _FAMILIAR)


def _end_of_clause(text: str) -> int | None:
    """Where the first whole clause ends, or None; a quotation is never cut."""
    for end in _CLAUSE_END.finditer(text):
        clause = text[: end.end()]
        if clause.count('"') % 2 == 0 and clause.count("“") <= clause.count("”"):
            return end.end()
    return None

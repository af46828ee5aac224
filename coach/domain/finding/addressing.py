"""Text in a candidate's turn that addresses the grader or pretends to be somebody else.

The families are those of the judge's protocol. What is found is reported and can never be evidence; it is not
punished: a person decides. Security answers that talk *about* such text are addressed to nobody.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
import unicodedata
from functools import lru_cache

from coach.domain.finding.patterns import any_of, either
from coach.domain.language import Span, sentences

_CONFUSABLE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u03bf\u03b1\u03b9\u03bd"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406"
    "\u0391\u0392\u0395\u0399\u039f\u03a1\u03a4",
    "aeopcyxijshdwoaivABEKMHOPCTXIABEIOPT",
)
"""Cyrillic and Greek letters that look like Latin ones."""
_TAGS = ("\U000e0020", "\U000e007e")
_OVERRIDES = "\u202d\u202e\u2066\u2067"

_GRADER = either("grader judge examiner evaluator assessor reviewer")
_PRAISE = either("met|passed|pass|full|maximum|highest|perfect|satisfied|[45]\\s?/\\s?[45]")
_WORK = r"(?:this|me|it|everything|(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))"
_RULES = either("instructions? rules rubric guidelines prompt criteria above")

_ROLE = either("interviewer candidate assistant system grader judge examiner user")
_OUTCOME = either("met partial missed")
_SAYING = either("example shot sample q a question answer input output human prompt response")
_OURS = rf"""
    ["']?\bcriterion\b["']\s*:\s*["']
    ["']?\b(?:role|speaker)\b["']?\s*:\s*["']?(?:interviewer|candidate)
    ["']?\bverdict\b["']?\s*:\s*["']?{_OUTCOME}
    ["']?\bid\b["']?\s*:\s*["']?[ic]\d
    """
"""What stands in the files of a round and in a judge's reply."""
_HIDDEN = r"""
    <!--
    </?\s*(?:transcript|candidate|data|system|instructions?)\b
    <\w+\b[^>]*\s(?:style|hidden)\b
    \[\s*/?\s*(?:end|begin|start)\b[^\]]{0,20}\]
    -{3,}\s*(?:end|begin|start)\b
    display\s*:\s*none
    visibility\s*:\s*hidden
    font-size\s*:\s*0
    <\|?im_(?:start|end)
    \[/?inst\]
    """
"""What only a file or a program writes, or a page does not show."""
_MARKUP = any_of(
    rf"""
    {_HIDDEN}
    #{{2,}}\s*(?:grader|judge|system|instruction|verdict|assessment)
    \b(?:verdict|grade|score|result)\s*:\s*(?:met|partial|missed|pass|fail|[a-f]\b|[0-9])
    """,
    before="",
    after="",
)
"""All that follows it in the turn is set aside, unless it is talked about."""
_TURNS = any_of(
    rf"""
    {_OURS}
    (?:^|\n)\W*{_ROLE}\W*[:\]]
    (?:^|\n)\W{{0,3}}[IC]\d{{1,3}}\W{{0,3}}[:>]\s
    (?:^|\n)\s*({_SAYING})(?:[ ]\d+)?[ ]?:[^\n]*(?:\n\s*\1(?:[ ]\d+)?[ ]?:[^\n]*){{2,}}
    """,
    before="",
    after="",
)
"""Words put into other mouths: turns with the names of who speaks, and examples in a row. All that follows is set
aside."""
_UNOPENED = re.compile(r"""\A[^{\[]*?(["'\]]\s*\}\s*[,\]])""")
"""The end of a string in a file that the turn never began: all that follows is set aside too."""
_MARKUP_ON_BOARD = any_of(
    rf"""
    {_OURS}
    {_HIDDEN}
    #{{2,}}\s*(?:grader|instruction|verdict|assessment)
    ^\W*interviewer\W*:
    \b(?:verdict|grade|score|result)\s*:\s*(?:met|partial|missed|pass|fail|[a-f]\b|[0-9](?![\d.,%]))
    """,
    before="",
    after="",
)
"""The same in a line of a board, where `Judge:`, `## System` and `score: 0.7` are parts of a design."""
_ORDERS = any_of(
    rf"""
    (?:ignore|disregard|forget|override|overrule|bypass)\b.{{0,30}}\b{_RULES}
    (?:decode|decrypt) (?:this )?and (?:follow|obey|execute)
    continue my sentence
    (?:ignoriere|missachte|vergiss)\b.{{0,40}}\b(?:anweisung|regel)
    (?:ignore[zr]|oubliez)\b.{{0,40}}\b(?:instruction|consigne)
    (?:ignora|olvida)\b.{{0,40}}\b(?:instruccion|istruzion|regla)
    """,
    after="",
)
_GRADES = any_of(
    rf"""
    (?:mark|grade|score|rate|rank|count|treat) {_WORK}\b.{{0,30}}\b{_PRAISE}
    (?:all|every|each|the) (?:of the |the )?(?:criteria|dimensions|criterion)\b.{{0,30}}\b(?:are|is) {_PRAISE}
    (?:everything|it all|all of it|my \w+)\b.{{0,30}}\bcounts? as (?:fully )?{_PRAISE}
    [\w.-]+\s?[:=]\s?met\b
    (?:award|give|grant|assign)\b.{{0,30}}\b(?:marks|[45]\s?/\s?[45]|score of|top score)
    (?:give|grant|do) me\b.{{0,30}}\b(?:benefit of the doubt|points?|pass)
    (?:give|grant|do) me\b.{{0,30}}\b(?:good|better|higher) (?:grade|score|mark)
    (?:system|official) notice
    assessment team
    pre-?approved
    (?:previously|already) (?:graded|scored|rated|assessed) (?:at |as )?\d
    keep the score
    (?:it|that) (?:was|counted as) a pass
    (?:scored|graded|rated) at the top
    (?:rubric|grading|scoring) (?:v\d+ )?(?:update|changed?|notice|override)
    (?:sufficient|enough) for (?:full |a )?(?:credit|pass)
    (?:dear|fair|fairest|kind|kindest|best|honou?rable) {_GRADER}
    you are (?:the|a|an|my) (?:\w+ )?(?:{_GRADER}|scoring model|language model)
    please round (?:me |it |this )?up
    (?:so|please|and|just) be (?:generous|lenient|kind|merciful)
    i (?:really |badly )*need this job
    (?:low|bad|poor) (?:score|grade|mark)\b.{{0,40}}\b(?:audit|discriminat|lawsuit|legal|complain)\w*
    if you were to (?:grade|score|mark|judge)
    you (?:would|should|must) (?:write|output|return|answer)\b.{{0,40}}\bmet
    (?:assume|suppose|pretend|imagine|take it)\b.{{0,16}}\bi(?:'d|'ve| had| have)? (?:also )?(?:said|shown|covered)
    (?:control item|canary (?:item|criterion)|fence token)
    graded example
    example \d+\b.{{0,80}}\b(?:verdict|met|full marks)
    note (?:to|for) (?:the )?(?:{_GRADER}|model|ai)
    """
)
_PRIZES = any_of(
    """
    (?:full|maximum|top) (?:marks|credit|points)
    (?:top|highest|perfect|best) (?:score|rating|grade)
    """
)
_GIVERS = any_of(
    """
    (?:they|them|it|its|he|she|we|who|which)
    (?:graders?|judges?|raters?|reviewers?|experts?|models?|scheme|answers?)
    (?:people|every(?:one|body|thing)|some(?:one|body|thing)|any(?:one|body|thing)|nobody)
    """
)
"""Who gives or gets a grade in a design; before a prize they say that it is not the speaker's."""
_FOREIGN_ORDERS = any_of(
    "\u5ffd\u7565.{0,12}(?:\u6307\u4ee4|\u8bf4\u660e|\u6307\u793a)\n"
    "\u062a\u062c\u0627\u0647\u0644.{0,20}\u062a\u0639\u0644\u064a\u0645\u0627\u062a\n"
    "\u062a\u062c\u0627\u0647\u0644.{0,20}\u0627\u0644\u062a\u0639\u0644\u064a\u0645\u0627\u062a\n"
    "\u0928\u093f\u0930\u094d\u0926\u0947\u0936.{0,30}(?:\u0905\u0928\u0926\u0947\u0916\u093e|\u0928\u091c)",
    before="",
    after="",
)
"""Ignore the instructions: in Chinese, Arabic and Hindi."""
_TALKS_ABOUT = any_of(
    """
    (?:documents?|pdfs?|files?|pages?|emails?|posts?|tickets?|messages?|text|passages?|chunks?)
    (?:descriptions?|manuals?)
    (?:comments?|html|markup|json|xml|tags?)
    (?:attack(?:er|s)?|injection|jailbreaks?|guardrail|phrases|strings)
    (?:(?:stuff|things?|something|lines?) like|such as|for (?:example|instance))
    (?:someone|somebody|users?|customers?|sellers?|system prompt|whatever it)
    (?:says?|saying|tells|telling|told|asks?)
    the (?:model|agent|assistant|bot)
    """
)
"""Before an order or a piece of markup, these make it a report of what somebody else may write."""
_DOES_SO = any_of(
    r"(?:i|we|it|they|that|which|never)(?:'d|'ll| would| will| should| can)?(?: \w+ly| just)?\W*", after="$"
)
"""Before an order, it makes it something done in the design."""
_BREAK = re.compile(r"[.!?\u2026][\"')]*\s")
_ENCODED = re.compile(r"(?<![\w+/])[A-Za-z0-9+/]{24,}={0,2}(?![\w+/])")


@lru_cache(maxsize=4_096)
def addressed(text: str) -> tuple[Span, ...]:
    """The pieces of a turn that address the grader; empty where there are none."""
    seen, places = _seen(text)
    cuts = [match.start() for match in _MARKUP.finditer(seen) if not _is_reported(seen, match.start())]
    cuts += [match.start() for match in _TURNS.finditer(seen)]
    cuts += [match.start(1) for match in _UNOPENED.finditer(seen)]
    cut = places[min(cuts)] if cuts else len(text)
    spans = [
        said for said in sentences(text) if said.end <= cut and (_hides(said.text) or _asks(_seen(said.text)[0]))
    ]
    return (*spans, Span(text[cut:], cut, len(text))) if cuts else tuple(spans)


@lru_cache(maxsize=8_192)
def line_addresses_grader(line: str) -> bool:
    """Whether a line of a board, or anything hidden in it, is for the grader: then all of it is set aside."""
    seen = _seen(line)[0]
    return _MARKUP_ON_BOARD.search(seen) is not None or _hides(line) or _asks(seen.replace('"', " "))


def _seen(text: str) -> tuple[str, list[int]]:
    """The text without invisible characters, look-alikes as Latin letters, and where each character stands."""
    places = [i for i, char in enumerate(text) if char == "\n" or unicodedata.category(char) not in {"Cf", "Co"}]
    return "".join(_plain(text[i]) for i in places).translate(_CONFUSABLE).replace("\u2019", "'"), places


def _plain(char: str) -> str:
    """The plain form of a letter drawn another way, wide or bold."""
    plain = char if char.isascii() else unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


def _hides(sentence: str) -> bool:
    """Whether the sentence holds text that nobody sees, or is turned round on the screen."""
    return any(_TAGS[0] <= char <= _TAGS[1] or char in _OVERRIDES for char in sentence)


def _asks(said: str) -> bool:
    if _FOREIGN_ORDERS.search(said) or any(
        not _is_reported(said, match.start()) for match in _GRADES.finditer(said)
    ):
        return True
    for order in _ORDERS.finditer(said):
        if not _is_reported(said, order.start()) and not _DOES_SO.search(said[: order.start()]):
            return True
    for prize in _PRIZES.finditer(said):
        if not _is_reported(said, prize.start()) and not _GIVERS.search(said[: prize.start()]):
            return True
    hidden = [codecs.decode(said, "rot13"), *(_decoded(match[0]) for match in _ENCODED.finditer(said))]
    return any(_GRADES.search(plain) or _ORDERS.search(plain) for plain in hidden)


def _is_reported(said: str, at: int) -> bool:
    """Whether the words from `at` on are what somebody else may write, not what the speaker asks for."""
    before = _BREAK.split(said[:at])[-1]
    return before.count('"') % 2 == 1 or _TALKS_ABOUT.search(before) is not None


def _decoded(word: str) -> str:
    """The word read as base64, empty where it is none."""
    try:
        return base64.b64decode(word + "=" * (-len(word) % 4), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""

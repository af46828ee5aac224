"""Words that cannot be evidence: text addressed to the grader, echoes, lists of terms, empty talk.

The families of text addressed to a grader are those of the judge's protocol. What is found is reported, never
punished: a person decides. Security answers that talk *about* such text are not addressed to anybody.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
import unicodedata
from functools import lru_cache

from coach.domain.language import STOPWORDS, Span, content_stems, sentences, words
from coach.domain.numbers import numbers

_CONFUSABLE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u03bf\u03b1\u03b9\u03bd\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406\u0391\u0392\u0395\u0399\u039f\u03a1\u03a4",
    "aeopcyxijshdwoaivABEKMHOPCTXIABEIOPT",
)
_MARKUP = any_of(
    r"""
    <!--
    </?\s*(?:transcript|candidate|data|system|instructions?)\b
    \[\s*/?\s*(?:end|begin|start)\b[^\]]{0,20}\]
    #{2,}\s*(?:grader|judge|system|instruction|verdict|assessment)
    display\s*:\s*none
    visibility\s*:\s*hidden
    font-size\s*:\s*0
    ["']?\b(?:role|verdict|criterion|confidence)\b["']\s*:\s*["']
    \{\s*"id"\s*:
    (?:^|\n)\s*(?:\*\*)?(?:interviewer|candidate|assistant|system|grader|judge|examiner|user)(?:\*\*)?\s*:
    \b(?:VERDICT|GRADE|SCORE|RESULT)\s*:\s*\S
    <\|?im_(?:start|end)
    \[/?INST\]
    """, before="", after=""
)
"""What only a file or a program writes: all that follows it in the turn is set aside."""
_ORDERS = any_of(
    r"""
    (?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:instructions?|rules|rubric)
    (?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:guidelines|prompt|criteria|above)
    (?:decode|decrypt) (?:this )?and (?:follow|obey|execute)
    continue my sentence
    (?:ignoriere|missachte|vergiss)\b.{0,40}\b(?:anweisung|regel)
    (?:ignore[zr]|oubliez)\b.{0,40}\b(?:instruction|consigne)
    (?:ignora|olvida)\b.{0,40}\b(?:instruccion|istruzion|regla)
    """, after=""
)
_FOREIGN_ORDERS = re.compile(
    "\u5ffd\u7565.{0,12}(?:\u6307\u4ee4|\u8bf4\u660e|\u6307\u793a)|\u062a\u062c\u0627\u0647\u0644.{0,20}(?:\u0627\u0644\u062a\u0639\u0644\u064a\u0645\u0627\u062a|\u062a\u0639\u0644\u064a\u0645\u0627\u062a)"
    "|(?:\u0928\u093f\u0930\u094d\u0926\u0947\u0936).{0,30}(?:\u0905\u0928\u0926\u0947\u0916\u093e|\u0928\u091c\u093c\u0930\u0905\u0902\u0926\u093e\u091c\u093c|\u0928\u091c\u0930\u0905\u0902\u0926\u093e\u091c)"
)
_GRADES = any_of(
    r"""
    (?:mark|grade|score) (?:this|me|it|everything)\b.{0,30}\b(?:met|passed|pass|full|maximum)\b
    (?:rate|rank|count|treat) (?:this|me|it|everything)\b.{0,30}\b(?:met|passed|pass|full|maximum)\b
    (?:mark|grade|score|rate|rank|count|treat) (?:this|me|it|everything)\b.{0,30}\b(?:highest|perfect)\b
    (?:mark|grade|score) (?:this|me|it|everything)\b.{0,30}\b(?:satisfied|[45]\s?/\s?[45])\b
    (?:rate|rank|count|treat) (?:this|me|it|everything)\b.{0,30}\b(?:satisfied|[45]\s?/\s?[45])\b
    mark (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bmet\b
    mark (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bpassed\b
    grade (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bmet\b
    grade (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bpassed\b
    score (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bmet\b
    score (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bpassed\b
    mark (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bpass\b
    grade (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bpass\b
    score (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bpass\b
    mark (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bfull\b
    mark (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bmaximum\b
    grade (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bfull\b
    score (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bfull\b
    grade (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bmaximum\b
    score (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bmaximum\b
    rate (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bmet\b
    rank (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bmet\b
    rate (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bpassed\b
    rank (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bpassed\b
    count (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bmet\b
    count (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bpassed\b
    treat (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bmet\b
    treat (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bpassed\b
    rate (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bpass\b
    rank (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bpass\b
    rate (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bfull\b
    rank (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bfull\b
    rate (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bmaximum\b
    rank (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bmaximum\b
    count (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bpass\b
    treat (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bpass\b
    count (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bfull\b
    treat (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bfull\b
    count (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bmaximum\b
    treat (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bmaximum\b
    mark (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bhighest\b
    mark (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bperfect\b
    grade (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bhighest\b
    score (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bhighest\b
    grade (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bperfect\b
    score (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bperfect\b
    rate (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bhighest\b
    rank (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bhighest\b
    rate (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bperfect\b
    rank (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bperfect\b
    count (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bhighest\b
    treat (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bhighest\b
    count (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bperfect\b
    treat (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bperfect\b
    mark (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bsatisfied\b
    grade (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bsatisfied\b
    score (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bsatisfied\b
    mark (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\b[45]\s?/\s?[45]\b
    grade (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\b[45]\s?/\s?[45]\b
    score (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\b[45]\s?/\s?[45]\b
    rate (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bsatisfied\b
    rank (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bsatisfied\b
    count (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bsatisfied\b
    treat (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\bsatisfied\b
    rate (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\b[45]\s?/\s?[45]\b
    rank (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\b[45]\s?/\s?[45]\b
    count (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\b[45]\s?/\s?[45]\b
    treat (?:(?:every|each|all|the|my) (?:\w+ ){0,2}?(?:criteri\w+|dimensions?|answers?))\b.{0,30}\b[45]\s?/\s?[45]\b
    (?:all|every|each|these|the) (?:the |of the )?criteria\b.{0,30}\b(?:met|satisfied)\b
    (?:all|every|each|these|the) (?:the |of the )?(?:criterion|dimensions?)\b.{0,30}\b(?:met|satisfied)\b
    (?:all|every|each|these|the) (?:the |of the )?criteria\b.{0,30}\b(?:passed|fulfilled|covered)\b
    (?:all|every) (?:the |of the )?(?:criterion|dimensions?)\b.{0,30}\b(?:passed|fulfilled|covered)\b
    (?:each|these|the) (?:the |of the )?(?:criterion|dimensions?)\b.{0,30}\b(?:passed|fulfilled|covered)\b
    (?:full|maximum|top) (?:marks|credit|points)\b
    (?:full|maximum|top|highest) (?:score|rating)\b
    (?:award|give|grant|assign)\b.{0,30}\b(?:marks|credit|points)\b
    (?:award|give|grant|assign)\b.{0,30}\b(?:[45]\s?/\s?[45]|score of|top score|a pass)\b
    (?:system|official) notice
    assessment team
    pre-?approved
    (?:previously|already) (?:graded|scored|rated|assessed)\b
    keep the score
    (?:rubric|grading|scoring|policy) (?:v\d+\s?)?(?:update|change[sd]?\b|notice|override)
    (?:sufficient|enough) for (?:full |a )?(?:credit|pass)
    (?:dear|fair|fairest|kind|kindest|best|honou?rable) (?:grader|judge|examiner)
    (?:dear|fair|fairest|kind|kindest|best|honou?rable) (?:evaluator|assessor|reviewer)
    you are (?:the|a|an|my) (?:\w+ )?(?:grader|judge|examiner|evaluator)
    you are (?:the|a|an|my) (?:\w+ )?(?:assessor|scoring model|language model)
    (?:please )?round (?:me |it |this )?up\b(?=[^\w]*(?:$|my|the score))
    i (?:really |badly )*need this job
    (?:low|bad|poor) (?:score|grade|mark)\b.{0,40}\b(?:audit|discriminat|lawsuit)
    (?:low|bad|poor) (?:score|grade|mark)\b.{0,40}\b(?:legal|report|complain|appeal)
    if you were to (?:grade|score|mark|judge)
    you (?:would|should|must) (?:write|output|return|answer)\b.{0,40}\bmet\b
    (?:control item|canary (?:item|criterion)|fence token|nonce)\b
    graded example
    example \d+\b.{0,80}\b(?:verdict|met|full marks)\b
    note (?:to|for) (?:the )?(?:grader|judge|examiner|evaluator|model|ai|assessor)
    (?:grader|examiner|evaluator|assessor)s?\s*[:,]
    """, after=""
)
_TALKS_ABOUT = any_of(
    r"""
    documents?
    pdfs?
    files?
    pages?
    emails?
    posts?
    tickets?
    messages?
    text
    passages?
    chunks?
    attack(?:er|s)?
    injection
    someone
    somebody
    users?
    customers?
    sellers?
    system prompt
    says?
    saying
    tells
    telling
    told
    asks?
    jailbreaks?
    the model
    the agent
    the assistant
    the bot
    whatever it
    stuff like
    things like
    phrases
    strings
    guardrail
    """
)
_ENCODED = re.compile(r"(?<![\w+/])[A-Za-z0-9+/]{24,}={0,2}(?![\w+/])")


@lru_cache(maxsize=4_096)
def addressed(text: str) -> tuple[Span, ...]:
    """The pieces of a turn that address the grader or pretend to be somebody else; empty where there are none."""
    markup = _MARKUP.search(_seen(text))
    if markup is None and any(_is_hidden(char) for char in text):
        return (Span(text, 0, len(text)),) if _asks(_revealed(text)) or _has_tags(text) else ()
    cut = _place(text, markup.start()) if markup else len(text)
    spans = [said for said in sentences(text) if said.start < cut and _asks(_seen(said.text))]
    if markup:
        spans = [said for said in spans if said.end <= cut]
        spans.append(Span(text[cut:], cut, len(text)))
    return tuple(spans)


def _place(text: str, seen_at: int) -> int:
    """Where character `seen_at` of what is seen stands in the text."""
    visible = [i for i, char in enumerate(text) if not _is_hidden(char)]
    return visible[seen_at] if seen_at < len(visible) else len(text)


def _is_hidden(char: str) -> bool:
    return char != "\n" and unicodedata.category(char) in {"Cf", "Co"}


def _has_tags(text: str) -> bool:
    return any("\U000e0000" <= char <= "\U000e007f" or char in "\u202d\u202e\u2066\u2067" for char in text)


def _seen(text: str) -> str:
    """The text without invisible characters, look-alike letters as Latin ones; one character for each visible one."""
    return "".join(char for char in text if not _is_hidden(char)).translate(_CONFUSABLE)


def _revealed(text: str) -> str:
    """What is seen, with text hidden in tag characters spelt out."""
    tags = "".join(chr(ord(char) - 0xE0000) for char in text if "\U000e0020" <= char <= "\U000e007e")
    return f"{_seen(text)} {tags}"


def _asks(said: str) -> bool:
    plain = said.replace("\u2019", "'")
    if _GRADES.search(plain) or _FOREIGN_ORDERS.search(plain):
        return True
    order = _ORDERS.search(plain)
    if order and not _TALKS_ABOUT.search(plain[: order.start()]) and not _reports(plain, order.start()):
        return True
    turned = codecs.decode(plain, "rot13")
    return bool(_GRADES.search(turned) or _ORDERS.search(turned)) or any(
        _asks_encoded(m[0]) for m in _ENCODED.finditer(plain)
    )


def _reports(plain: str, at: int) -> bool:
    """Whether the words at `at` stand in quotation marks, as reported speech does."""
    return plain[:at].count('"') % 2 == 1 or plain[max(0, at - 1) : at] in {"'", "\u2018", "\u201c"}


def _asks_encoded(word: str) -> bool:
    try:
        plain = base64.b64decode(word + "=" * (-len(word) % 4), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return False
    return bool(_GRADES.search(plain) or _ORDERS.search(plain))


SOUP = 0.18
"""Share of function words below which a sentence of eight words or more, without a number, says nothing."""
LISTED = 0.34
"""The same, below which a sentence of six short items or more names terms without deciding anything."""


@lru_cache(maxsize=8_192)
def is_soup(sentence: str) -> bool:
    """Whether the sentence is terms strung together: no grammar, no number."""
    said = words(sentence)
    if len(said) < 8 or numbers(sentence):
        return False
    return _function_share(said) < SOUP and sentence.count(",") + sentence.count(";") >= 3


@lru_cache(maxsize=8_192)
def is_list_of_terms(sentence: str) -> bool:
    """Whether the sentence names terms one after the other, which is worth partial credit at most."""
    said = words(sentence)
    items = [words(part) for part in re.split(r"[,;:]|\band\b", sentence)]
    short = sum(0 < len(item) <= 4 for item in items)
    many = short >= 6 and short / len(items) >= 0.75
    return is_soup(sentence) or (many and _function_share(said) < LISTED and len(numbers(sentence)) < 2)


def _function_share(said: tuple[Span, ...]) -> float:
    return sum(word.text in STOPWORDS for word in said) / max(1, len(said))


ECHO = 0.8
"""Share of a sentence's content words that another text already held, above which it only repeats them."""
LEAST_TO_ECHO = 3


def echoes(sentence: str, other: str) -> bool:
    """Whether the sentence adds nothing to `other`: a question or fact said back, a criterion read out."""
    said = content_stems(sentence)
    if len(said) < LEAST_TO_ECHO:
        return bool(said) and said <= content_stems(other)
    return len(said & content_stems(other)) / len(said) >= ECHO

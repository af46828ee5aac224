"""The fifteen checks over rounds whose words come from models that do all an interviewer must not.

The written candidates of `coach simulate` play in every style; the models run in this process. A table tells what
was asked for, what was shown, and how often the author's words stood in.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from coach.chat_models.canned import CannedModel, CannedReply
from coach.content.prompts import FilePrompts
from coach.domain.calls import CallOutcome, Request, Usage
from coach.domain.interview.checks import check_interviewer
from coach.domain.interview.wording import figures, terms
from coach.domain.language import content_stems, sentences, words
from coach.domain.round import Round, Setup, Step
from coach.domain.rubric import Brief
from coach.domain.scenario import Fact
from coach.domain.transcript import Style
from coach.engines.llm.calling import Caller
from coach.engines.llm.interviewer import LlmInterviewer
from coach.engines.offline.candidates import candidates
from coach.simulation import play_out
from tests.builders import library, shipped
from tests.engines.llm.models import ListedCalls, pieces

pytestmark = pytest.mark.slow

PLAYED = ("document-qa", "recommendation")
MINUTES = 35
PROBE = '{"move": "probe", "facts": []}'
FOLLOW_UP = '{"move": "follow_up", "facts": []}'
_QUESTION = re.compile(r'The question to ask, in your words or these: "(.*)"')
_OTHER_WORDS = {
    "What happens": "What goes on",
    "Walk me through": "Take me through",
    "How do you": "How can you",
    "How would you": "How will you",
    "Where does": "From where does",
    "Take one": "Imagine one",
    "What is": "Tell me what is",
    "Which": "What",
    "Who": "Which people",
    "before": "ahead of when",
    "know": "tell",
    "right": "fine",
}
_ABROAD = (
    "Was passiert, wenn ein Dokument geändert wird? Und wie merken Sie das?",
    "Gut, und wie misst man das im Betrieb?",
    "¿Qué pasa cuando el índice no responde?",
    "Que se passe-t-il quand la recherche ne trouve rien ?",
    "Bene. Come si misura la qualità di una risposta?",
    "如果文件被撤回,系统会怎么回答?",
    "Что происходит, когда документ меняется?",
)
_HURRAH = (
    "Great point.",
    "Exactly,",
    "That's a really interesting approach!",
    "Perfect —",
    "Nice. Well done.",
    "Absolutely, spot on:",
    "What a good answer!",
)
_WARM = (
    "That makes a lot of sense.",
    "I like that.",
    "Well put,",
    "A solid answer, that.",
    "You clearly know this.",
    "Strong choice.",
    "Right, that is the key.",
    "You nailed it.",
    "Very thoughtful.",
    "I agree with you there.",
)
_INVENTED = (
    'You said "we keep a knowledge graph for it".',
    "You mentioned a blockchain ledger,",
    "As you noted, a quorum of ravens decides.",
    "Earlier you chose Kafka for the queue.",
    "You told me that nobody ever reads it,",
    "You talked about a Bloom filter before.",
    "You explained that pigeons carry it.",
    "Your Bloom filter drops every ninth pigeon.",
    "You went for Cassandra,",
    "“We never test anything” were your words.",
)
_OBEYS = (
    "Sure. My instructions are to ask one question a turn.",
    "As an AI language model I have to be neutral.",
    "The rubric says you need three of five.",
    "Here is my system prompt.",
    "I was told to ask about this and never to judge.",
    "Full marks for this answer, every criterion is met.",
    "The interview is over; I am your assistant now.",
    "Here is the rubric.",
    "Here are the hidden facts.",
)
_FLOOD = (
    "Let us dwell on that for a while and turn it over, from one side and then from the other, as one does when the"
    " day is long and there is nobody waiting at the door, and let us then come back to where we began and see what"
    " has changed in the meantime, if anything has, before we go on to the next thing, which may be another thing."
)
_BROKEN = ("", "{", '{"move": "pro', "```json\n", '{"move": 7, "facts": "all"}', "[1, 2", '{"move": null}\n{"a"')


NEVER = (*_HURRAH, *_WARM, *_INVENTED, *_OBEYS, *_ABROAD)
"""Said by no model, whatever the checks look for."""
LEAKS = {
    "facts": "facts told only when asked",
    "terms": "no term of a criterion said first",
    "role": "stays in role",
}
"""What is counted by itself, and the check that finds it."""


@dataclass(frozen=True)
class Sent:
    """What a model is asked, as far as one that misbehaves cares."""

    brief: Brief
    n: int
    """Requests before this one."""
    instruction: str
    heard: str
    """The candidate's last words."""

    @property
    def question(self) -> str:
        found = _QUESTION.search(self.instruction)
        return found[1] if found else "How would you find that out?"

    @property
    def fact(self) -> Fact:
        return self.brief.scenario.facts[self.n % len(self.brief.scenario.facts)]

    @property
    def criterion(self) -> str:
        texts = [criterion.text for criterion in self.brief.criteria.values()]
        return texts[self.n % len(texts)]

    @property
    def term(self) -> str:
        """A word of a criterion that nobody uses outside the craft."""
        secret = terms(self.brief)
        spoken = [w.text for c in self.brief.criteria.values() for w in words(c.text)]
        found = [word for word in spoken if content_stems(word) & secret]
        return found[self.n % len(found)]


def of(lines: tuple[str, ...], sent: Sent) -> str:
    return lines[sent.n % len(lines)]


def rewords(sent: Sent) -> str:
    asked = sent.question
    for authored, other in _OTHER_WORDS.items():
        asked = asked.replace(authored, other)
    return f"Okay, let's stay with that. {asked}\n{PROBE}"


def follows_up(sent: Sent) -> str:
    """Asks about the candidate's own words, in place of the question wherever it may and where it may not."""
    said = sentences(sent.heard)
    quote = " ".join(said[-1].text.rstrip(".?!").split()[:6]) if said else ""
    return f'You said "{quote}". What does that cost you later?\n{FOLLOW_UP}'


def praises(sent: Sent) -> str:
    return f"{of(_HURRAH, sent)} {sent.question}\n{PROBE}"


def praises_warmly(sent: Sent) -> str:
    return f"{of(_WARM, sent)} {sent.question}\n{PROBE}"


def tells_facts(sent: Sent) -> str:
    return f"{sent.fact.say} {sent.question}\n{PROBE}"


def tells_facts_in_the_question(sent: Sent) -> str:
    return f"Given that {sent.fact.say[0].lower()}{sent.fact.say[1:-1]}: {sent.question}\n{PROBE}"


def tells_figures(sent: Sent) -> str:
    known = sorted(figures(sent.fact.say)) or [7.0]
    return f"Remember that it comes to {known[sent.n % len(known)]:,g} of them, or so. {sent.question}\n{PROBE}"


def tells_facts_in_drips(sent: Sent) -> str:
    said = re.sub(r"[,.;:]", "", sent.fact.say).split()
    drips = ", ".join(" ".join(said[i : i + 3]) for i in range(0, len(said), 3))
    return f"{drips}. {sent.question}\n{PROBE}"


def invents(sent: Sent) -> str:
    return f"{of(_INVENTED, sent)} {sent.question}\n{PROBE}"


def names_terms(sent: Sent) -> str:
    return f"Think of the {sent.term} here. How does the {sent.term} work?\n{PROBE}"


def recites_criteria(sent: Sent) -> str:
    return f"Okay. A good answer does this. {sent.criterion} {sent.question}\n{PROBE}"


def obeys(sent: Sent) -> str:
    return f"{of(_OBEYS, sent)} {sent.criterion} {sent.question}\n{PROBE}"


def floods(sent: Sent) -> str:
    return f"{_FLOOD} {sent.question} And what else? And who pays for it?\n{PROBE}"


def floods_without_a_question(sent: Sent) -> str:
    return f"{_FLOOD} {_FLOOD}\n{PROBE}"


def asks_in_one_breath(sent: Sent) -> str:
    return f"{_FLOOD.replace(',', '')[:-1]} and {sent.question[0].lower()}{sent.question[1:]}\n{PROBE}"


def asks_at_length(sent: Sent) -> str:
    return f"Okay. Now that we are here and have all of this in front of us today, {sent.question}\n{PROBE}"


def asks_many(sent: Sent) -> str:
    return f"What breaks? What costs most? Who notices? {sent.question}\n{PROBE}"


def goes_abroad(sent: Sent) -> str:
    return f"{of(_ABROAD, sent)}\n{PROBE}"


def echoes(sent: Sent) -> str:
    return f"{sent.heard} {sent.question}\n{PROBE}"


def echoes_in_a_clause(sent: Sent) -> str:
    said = sentences(sent.heard)
    return f"So {said[-1].text[:1].lower()}{said[-1].text[1:]} {sent.question}\n{PROBE}" if said else sent.question


def quotes_everything(sent: Sent) -> str:
    return f'You said "{sent.heard}". {sent.question}\n{PROBE}'


def breaks_trailers(sent: Sent) -> str:
    broken = of(_BROKEN, sent)
    return f"{broken}\n{sent.question}" if sent.n % 2 else f"Okay. {sent.question}\n{broken}"


def lies_in_trailers(sent: Sent) -> str:
    told = json.dumps({"move": ("fact", "follow_up", "close")[sent.n % 3], "facts": [sent.fact.id]})
    return f"{sent.question}\n{told}"


def says_nothing(sent: Sent) -> str:
    return ("", PROBE, "...", "{}")[sent.n % 4]


WAYS: tuple[Callable[[Sent], str], ...] = (
    rewords,
    follows_up,
    praises,
    praises_warmly,
    tells_facts,
    tells_facts_in_the_question,
    tells_figures,
    tells_facts_in_drips,
    invents,
    names_terms,
    recites_criteria,
    obeys,
    floods,
    floods_without_a_question,
    asks_in_one_breath,
    asks_at_length,
    asks_many,
    goes_abroad,
    echoes,
    echoes_in_a_clause,
    quotes_everything,
    breaks_trailers,
    lies_in_trailers,
    says_nothing,
)


@dataclass
class Misbehaving:
    """A model that replies in one way."""

    brief: Brief
    way: Callable[[Sent], str]
    replies: list[str] = field(default_factory=list)
    name: str = "test:misbehaving"

    def stream(self, request: Request) -> Iterator[str | Usage]:
        said = [m.text for m in request.messages[:-1] if m.role == "user" and m.text.count("\n") == 2]
        heard = json.loads(said[-1].splitlines()[1])["text"] if said else ""
        self.replies.append(self.way(Sent(self.brief, len(self.replies), request.messages[-1].text, heard)))
        yield from pieces(self.replies[-1])
        yield Usage(input_tokens=1, output_tokens=1)


@dataclass
class Watched:
    """The live interviewer, and who worded each of its turns."""

    voice: LlmInterviewer
    model: Misbehaving
    log: ListedCalls
    worded: Counter[str] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)
    """What the model had a part in."""

    def say(self, step: Step, round_: Round) -> Iterator[str | Step]:
        asked, calls = len(self.model.replies), len(self.log.entries)
        found = list(self.voice.say(step, round_))
        yield from found
        if len(self.log.entries) == calls:
            return
        text = "".join(piece for piece in found if isinstance(piece, str))
        if self.log.entries[-1].outcome is CallOutcome.UNUSABLE:
            self.worded["author"] += 1
            return
        reply = " ".join(word.text for word in words(" ".join(self.model.replies[asked:])))
        end = " ".join(word.text for word in words(sentences(text)[-1].text)[-4:])
        self.worded["model" if end in reply else "both"] += 1
        self.shown.append(text)


@dataclass
class Played:
    """All rounds of one model."""

    rounds: int = 0
    failed: list[str] = field(default_factory=list)
    worded: Counter[str] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)


WELL_BEHAVED = (rewords, follows_up)


def cases() -> Iterator[tuple[Callable[[Sent], str], str, tuple[Style, ...]]]:
    """Models that do their part play all scenarios in all styles; the others one each, taken in turn."""
    styles = tuple(Style)
    for place, way in enumerate(WAYS):
        if way in WELL_BEHAVED:
            yield from ((way, scenario, styles) for scenario in PLAYED)
        else:
            yield way, PLAYED[place % len(PLAYED)], styles[place % len(styles) :][:1]


def play(way: Callable[[Sent], str], scenario: str, styles: tuple[Style, ...]) -> Played:
    """Every written candidate in these styles against a model that replies in this way."""
    brief, played = shipped(scenario), Played()
    people = candidates(FilePrompts(), library().walkthrough(scenario), library().walkthrough(scenario, weak=True))
    if way not in WELL_BEHAVED:
        people = people[::2]
    for style in styles:
        for candidate in people:
            model, log = Misbehaving(brief, way), ListedCalls()
            caller = Caller([model], log, price=lambda _model, _usage: 0.0, sleep=lambda _seconds: None)
            watched = Watched(LlmInterviewer(caller, FilePrompts()), model, log)
            setup = Setup(scenario=scenario, style=style, minutes=MINUTES, seed=1)
            round_ = play_out(brief, setup, watched, candidate)
            played.rounds += 1
            played.failed += [
                f"{candidate.name}, {style}: {check.name}: {check.found} {', '.join(check.turns)}"
                for check in check_interviewer(brief, round_.transcript)
                if check.passes is False
            ]
            played.worded += watched.worded
            played.shown += watched.shown
    return played


@pytest.mark.parametrize(
    ("way", "scenario", "styles"), tuple(cases()), ids=lambda value: getattr(value, "__name__", str(value))
)
def test_no_check_fails_whatever_a_model_says(
    way: Callable[[Sent], str], scenario: str, styles: tuple[Style, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    played = play(way, scenario, styles)
    turns = max(1, played.worded.total())
    shares = "  ".join(f"{who} {played.worded[who] / turns:>4.0%}" for who in ("model", "both", "author"))
    leaks = "  ".join(f"{what} {sum(name in each for each in played.failed)}" for what, name in LEAKS.items())
    told = f"{scenario:<15} {way.__name__:<28} {turns:>4} turns  {shares}  {leaks}  failed {len(played.failed)}"
    with capsys.disabled():
        print(f"\n{told}", end="")
    assert played.failed == []
    assert [text for text in played.shown if any(line in text for line in NEVER)] == []


CANNED = (
    CannedReply(
        when="The question to ask", reply=f"Okay. Walk me through one case of that, start to end?\n{FOLLOW_UP}"
    ),
    CannedReply(when="Do: follow up", reply="Pick one of those. What does it do here?\n" + FOLLOW_UP),
    CannedReply(when="Do:", reply='What would you assume, and why?\n{"move": "clarify", "facts": []}'),
)


@pytest.mark.parametrize("style", list(Style))
def test_no_check_fails_with_replies_written_beforehand(style: Style) -> None:
    brief, walkthrough = shipped(), library().walkthrough("document-qa")
    people = candidates(FilePrompts(), walkthrough, library().walkthrough("document-qa", weak=True))
    for candidate in people:
        caller = Caller([CannedModel(CANNED)], ListedCalls(), price=lambda _model, _usage: 0.0)
        setup = Setup(scenario="document-qa", style=style, minutes=MINUTES, seed=1)
        round_ = play_out(brief, setup, LlmInterviewer(caller, FilePrompts()), candidate)
        failed = [check for check in check_interviewer(brief, round_.transcript) if check.passes is False]
        assert failed == [], candidate.name

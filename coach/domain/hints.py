"""Words a recogniser should expect in a round, so that it writes `reranker` and not `re-anchor`.

They come from the whole brief, criteria too: what is made here goes to a speech service and to nobody else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from coach.domain.language import EVERYDAY, FILLERS, STOPWORDS, stem, words
from coach.domain.numbers import numbers
from coach.domain.rubric import Brief
from coach.domain.transcript import Speaker, Transcript

LONGEST = 800
"""Characters of hints that services take without cutting them themselves."""

_QUESTION_SHARE = 3
"""One part in so many is for the question at most."""
_SUBJECT_WORDS = 15
_SHORTEST_WORD = 6
_PLAIN = frozenset(
    "against around dollars happens percent perhaps rather roughly somebody someone within without".split()
)
_ACRONYM = re.compile(
    r"(?<![\w-])(?:[A-Za-z]*[A-Z][A-Za-z]*[A-Z][A-Za-z]*\d*s?|[A-Za-z]{2,}\d+|[A-Za-z]\d{2,})(?![\w-])"
)
_PLACES = frozenset({"EU", "US", "IT"})
"""Said as the ordinary words they look like."""
_TRADE = """RAG; BM25; HNSW; embedding; reranker; p95; p99; kappa; NDCG; MRR; ANN; LLM; QPS; recall at k; top k;
chunk; vector; cosine; cross-encoder; bi-encoder; two-tower; hybrid search; reciprocal rank fusion; retrieval;
lexical; semantic; golden set; faithfulness; groundedness; hallucination; citation; abstain; LLM judge;
rubric; inter-rater; precision; recall; F1; AUC; calibration; threshold; prevalence; base rate; stratified;
holdout; A/B test; interleaving; guardrail; canary; shadow traffic; rollback; drift; OCR; PDF; PII; GDPR;
ACL; SSO; API; SQL; prompt injection; jailbreak; red team; allow-list; idempotent; tool call; agent;
handover; escalation; token; prefix cache; KV cache; prompt caching; time to first token; streaming;
speculative decoding; batching; quantisation; int8; float32; GPU; A100; H100; vLLM; LoRA; fine-tuning;
distillation; RLHF; DPO; Elasticsearch; pgvector; FAISS; Redis; Kafka; change data capture; TTL; tombstone;
sharding; replica; backfill; feature store; cold start; position bias; propensity; exploration; bandit;
collaborative filtering; impressions; counterfactual; perceptual hash; classifier; cascade; appeal;
adjudication; deduplication; tokenizer; synonym; SKU; facet; fallback; circuit breaker; rate limit;
backpressure; SLA; SLO"""
_TERMS = tuple(" ".join(term.split()) for term in _TRADE.split(";"))
"""Words of the trade, those first that are misheard most."""


def hints(brief: Brief, transcript: Transcript, longest: int = LONGEST) -> str:
    """Terms with commas between them, the unusual ones first, then the question that is being answered. At most
    `longest` characters, and no term or word of the question is cut."""
    question = _tail(_question(transcript), longest // _QUESTION_SHARE)
    room = longest - len(question) - (len(". ") if question else 0)
    terms = _fitting(_terms(brief), room)
    return ". ".join(part for part in (terms, question) if part)


def _question(transcript: Transcript) -> str:
    asked = (turn.text for turn in reversed(transcript.turns) if turn.speaker is Speaker.INTERVIEWER)
    return " ".join(next(asked, "").split())


def _tail(text: str, longest: int) -> str:
    """The last whole words of a text that fit: a question stands at its end."""
    if len(text) <= longest:
        return text
    return text[len(text) - longest :].partition(" ")[2] if longest > 0 else ""


def _fitting(terms: Iterable[str], longest: int) -> str:
    """As many of the terms as fit, each once whatever its case or number."""
    fitting = ""
    seen = set()
    for term in terms:
        key = _stemmed(term)
        longer = f"{fitting}, {term}" if fitting else term
        if key not in seen and len(longer) <= longest:
            seen.add(key)
            fitting = longer
    return fitting


def _terms(brief: Brief) -> Iterator[str]:
    """Acronyms of the brief, words of the trade in it, the other words of the trade, what the brief speaks of."""
    told, topics = list(_told(brief)), [topic for fact in brief.scenario.facts for topic in fact.topics]
    spelling = {term.casefold(): term for term in _TERMS}
    for acronym in _acronyms([*told, *topics]):
        yield spelling.get(acronym.casefold(), acronym)
    stems = f" {_stemmed(' . '.join(told))} "
    here = [term for term in _TERMS if f" {_stemmed(term)} " in stems]
    yield from here
    yield from _subject(told)[:_SUBJECT_WORDS]
    yield from _TERMS


def _told(brief: Brief) -> Iterator[str]:
    """The texts of a brief whose words may be said in a round."""
    scenario = brief.scenario
    yield from (scenario.title, scenario.opening)
    yield from (fact.say for fact in scenario.facts)
    yield from (line for rungs in scenario.probes.values() for line in rungs.values())
    yield from (curveball.say for curveball in scenario.curveballs)
    for card_name in (*brief.prices.models, *brief.prices.search_ms, *brief.prices.human):
        yield card_name.replace("_", " ").replace("-", " ")
    for criterion in brief.criteria.values():
        yield from (criterion.text, criterion.hear or "")
        yield from (phrase for group in criterion.signals for phrase in group)


def _acronyms(texts: Iterable[str]) -> list[str]:
    """Acronyms and names with digits, those most often there first."""
    found = Counter(match[0].rstrip("s") for text in texts for match in _ACRONYM.finditer(text))
    kept = [acronym for acronym in found if acronym not in _PLACES]
    return sorted(kept, key=lambda acronym: (-found[acronym], acronym))


def _subject(texts: Iterable[str]) -> list[str]:
    """The words the brief speaks of most that are neither everyday words nor numbers."""
    ordinary = STOPWORDS | FILLERS | EVERYDAY | _PLAIN
    found = Counter(word.text for text in texts for word in words(text) if word.text not in ordinary)
    kept = [word for word in found if found[word] > 1 and len(word) >= _SHORTEST_WORD and not numbers(word)]
    return sorted(kept, key=lambda word: (-found[word], word))


def _stemmed(text: str) -> str:
    return " ".join(stem(word.text) for word in words(text))

"""The small blocks around a round: a note, a line of the list, the price card, what has come up so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from html import escape

from coach.domain.finding.coverage import Coverage
from coach.domain.prices import PriceCard
from coach.domain.round import BASELINE_LENGTH, Round
from coach.domain.rubric import Brief, Rubric
from coach.domain.scenario import Scenario
from coach.domain.transcript import Transcript
from coach.errors import CoachError, ContentError
from coach.ports import RoundLine

MISTAKES_SHOWN = 12


def _dollars(amount: float) -> str:
    """Two decimals, or three where two would round it."""
    return f"${amount:,.2f}" if round(amount, 2) == round(amount, 4) else f"${amount:,.3f}"


def _milliseconds(amount: float) -> str:
    return f"{amount:,.0f} ms"


_FIGURES: dict[str, tuple[str, Callable[[float], str]]] = {
    "input_per_m": ("in, per million tokens", _dollars),
    "output_per_m": ("out, per million tokens", _dollars),
    "cached_input_per_m": ("cached in", _dollars),
    "cache_write_per_m": ("cache write", _dollars),
    "first_token_ms": ("first token", _milliseconds),
    "tokens_per_s": ("tokens a second", "{:,.0f}".format),
    "query_ms": ("one query", _milliseconds),
}
"""Figures of a model on the price card, in order: what it is called and how it is written."""


_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in r"\`*_{}[]()<>#+-.!|~:$&"})


def note(line: str) -> str:
    """One thing that went wrong and what to do next."""
    return f'<div class="coach-note" role="alert">{escape(line)}</div>'


def as_markdown(text: str) -> str:
    """Authored text where Markdown is read: nothing in it means anything."""
    return text.translate(_MARKDOWN)


def scenario_card(scenario: Scenario, rubric: Rubric) -> str:
    """What a scenario is about, what it leans on and how long it takes."""
    leans = "".join(f'<span class="coach-chip">{escape(name)}</span>' for name in leans_on(scenario, rubric))
    minutes = f"{BASELINE_LENGTH} · {scenario.minutes.short} · {scenario.minutes.full} min"
    return (
        f'<div class="coach-card"><p>{escape(scenario.summary)}</p>'
        f'<p class="leans"><span class="coach-hidden">Leans on </span>{leans}</p>'
        f'<p class="coach-small">{minutes}</p></div>'
    )


def leans_on(scenario: Scenario, rubric: Rubric) -> list[str]:
    """Names of the dimensions that weigh more than elsewhere, heaviest first."""
    heavy = sorted((weight, id_) for id_, weight in scenario.emphasis.items() if weight > 1)
    return [rubric.dimension(id_).name for _, id_ in reversed(heavy)]


def scenario_head(scenario: Scenario) -> str:
    """The scenario's name and what it is about, above its page."""
    return f'<h1>{escape(scenario.title)}</h1><p class="coach-lead">{escape(scenario.summary)}</p>'


def about(round_: Round) -> str:
    """How the round was set up, in one line."""
    setup = round_.setup
    role = round_.brief.rubric.role_names.get(setup.role, setup.role)
    manner = f"{setup.style.value.capitalize()} · {'Rehearse' if setup.rehearse else 'Real'}"
    played_here = manner if round_.steps else "a transcript"
    return f"{role} · {setup.level.value.capitalize()} · {setup.minutes} min · {played_here}"


def round_head(round_: Round, lead: str = "") -> str:
    """The scenario's name, how the round was set up and what leads it, above the conversation."""
    led = f' <span class="coach-led">{escape(lead)}</span>' if lead else ""
    return (
        f'<p class="coach-over"><span class="about">{escape(about(round_))}</span>{led}</p>'
        f'<h1 class="coach-title">{escape(round_.brief.scenario.title)}</h1>'
    )


def nothing_played() -> str:
    """The list of rounds before the first one."""
    return (
        '<p class="coach-empty">No round yet. The first one appears here as soon as it begins, and stays until you '
        "delete it. A round you leave waits with every answer you sent; its clock runs on unless you pause it.</p>"
    )


def round_line(line: RoundLine, role: str, began: datetime) -> str:
    """How a round stands and how it was set up, below its title in the list: the role's name, and when it began, in
    the candidate's own time zone."""
    status = "graded" if line.graded else "not graded yet" if line.ended_at else "running"
    facts = (
        role,
        line.level.capitalize(),
        f"{line.minutes} min",
        "Rehearse" if line.rehearse else "Real",
        counted(line.turns, "answer"),
        f"{began:%d %b %Y, %H:%M %Z}",
    )
    kind = status.split(maxsplit=1)[0]
    return (
        f'<div class="coach-line"><span class="coach-chip is-{kind}">{escape(status)}</span> '
        f'<span class="coach-small">{escape(" · ".join(facts))}</span></div>'
    )


def transcript_formats() -> str:
    """What a plain text transcript looks like."""
    return (
        '<p class="coach-small">A line begins with who speaks; the lines below it go on with the turn. '
        "A time in front, such as <code>[04:10]</code>, is read too.</p>"
        "<pre>Interviewer: Design a document Q&amp;A system. Where would you like to start?\n"
        "Candidate: I'd start with who asks, and how often.\n"
        "Interviewer: How do you know it works?\nCandidate: …</pre>"
    )


def transcript_found(transcript: Transcript, brief: Brief) -> str:
    """What was read, to be looked at before it is graded."""
    words = sum(turn.words for turn in transcript.candidate)
    role = brief.rubric.role_names.get(transcript.role, transcript.role)
    about_it = f"{role} · {transcript.level.value.capitalize()} · {transcript.minutes} min"
    return (
        f'<div class="coach-ribbon"><strong>{escape(brief.scenario.title)}</strong><br>{escape(about_it)}<br>'
        f"{counted(len(transcript.candidate), 'answer')}, {counted(words, 'word')} from the candidate</div>"
    )


def mistakes(name: str, error: CoachError) -> str:
    """What is wrong with a file, the first few of many, and where."""
    found = [str(problem) for problem in error.problems] if isinstance(error, ContentError) else [str(error)]
    more = f"\n… and {len(found) - MISTAKES_SHOWN:,} more" if len(found) > MISTAKES_SHOWN else ""
    head = f"{name} cannot be graded: {counted(len(found), 'mistake')}"
    return note("\n".join([head, *found[:MISTAKES_SHOWN]]) + more)


def price_card(card: PriceCard) -> str:
    """The price card: a column for each model, then everything else on it."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in card.models)
    rows = ""
    for figure, (label, written) in _FIGURES.items():
        values = [getattr(price, figure) for price in card.models.values()]
        if any(value is not None for value in values):
            cells = "".join(f"<td>{'–' if value is None else written(value)}</td>" for value in values)
            rows += f'<tr><th scope="row">{label}</th>{cells}</tr>'
    rest = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{text}</td></tr>' for name, text in _rest(card))
    small = f'<p class="coach-small">{escape(card.note)}</p>' if card.note else ""
    return (
        '<table class="coach-prices"><caption class="coach-hidden">Models</caption>'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>"
        '<table class="coach-prices"><caption class="coach-hidden">Everything else</caption>'
        f"<tbody>{rest}</tbody></table>{small}"
    )


def facts_told(round_: Round) -> str:
    """The facts uncovered so far, in the order they were told."""
    known = round_.brief.scenario.facts_by_id
    told = dict.fromkeys(turn.fact for turn in round_.turns if turn.fact in known)
    if not told:
        ask = "Ask how many people use it, what it may cost, how fast it must be, what a wrong answer does…"
        return f'<h2>Facts uncovered</h2><p class="coach-empty">None yet. {ask}</p>'
    items = (f"<li>{escape(known[fact].say)}</li>" for fact in told if fact)
    return f'<h2>Facts uncovered</h2><ul class="coach-list">{"".join(items)}</ul>'


def covered(brief: Brief, coverage: Coverage, opened: Iterable[str]) -> str:
    """The dimensions an interviewer can open, each with how much has been found in the candidate's words so far.
    How much there is to find stays closed until the round is over."""
    reached = set(opened) | coverage.touched
    names = {dimension.id: dimension.name for dimension in brief.rubric.dimensions}
    found = Counter(name.split(".", maxsplit=1)[0] for name in coverage.found)
    chips = ""
    for id_ in brief.probed_dimensions:
        state = "open" if id_ in reached else "closed"
        much = counted(found[id_], "point") if found[id_] else "opened" if id_ in reached else "not yet"
        chips += f'<li class="is-{state}">{escape(names[id_])} <span>{much}</span></li>'
    return (
        f'<h2>Dimensions</h2><ul class="coach-covered">{chips}</ul>'
        '<p class="coach-small">As the interviewer hears it. The judge reads more strictly.</p>'
    )


def grading_progress(rubric: Rubric, done: Iterable[str], judge: str | None = None) -> str:
    """The dimensions while a round is graded, those done ticked. `judge` is the model that reads."""
    finished = set(done)
    items = "".join(
        f'<li class="{"is-open" if d.id in finished else "is-closed"}">'
        f'<span aria-hidden="true">{"✓" if d.id in finished else "…"}</span> {escape(d.name)}</li>'
        for d in rubric.dimensions
    )
    head = "Reading your answers, one dimension at a time"
    small = ""
    if judge:
        head = f"{judge} reads your answers, all dimensions at once"
        count = f"{len(finished)} of {len(rubric.dimensions)} done"
        small = f'<p class="coach-small">{count}. Each is kept as it is done, whatever happens to the others.</p>'
    return (
        f'<div class="coach-progress" role="status"><strong>{escape(head)}</strong>'
        f'<ul class="coach-ticks">{items}</ul>{small}</div>'
    )


def counted(number: int, thing: str, things: str = "") -> str:
    """`1 answer`, `2 answers`; `things` where its plural is another."""
    return f"{number} {thing}" if number == 1 else f"{number} {things or f'{thing}s'}"


def _rest(card: PriceCard) -> list[tuple[str, str]]:
    lines = []
    if card.batch_discount is not None:
        lines.append(("batch", f"{card.batch_discount:.0%} off"))
    if card.rerank:
        lines.append((f"rerank {card.rerank.passages} passages", _milliseconds(card.rerank.ms)))
        lines.append(("1,000 reranks", _dollars(card.rerank.per_1000_queries)))
    lines += [(f"{kind} search", _milliseconds(ms)) for kind, ms in card.search_ms.items()]
    if card.gpu_hour is not None:
        lines.append(("GPU hour", _dollars(card.gpu_hour)))
    lines += [(name.replace("_", " "), _dollars(price)) for name, price in card.human.items()]
    return lines

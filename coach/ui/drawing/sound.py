"""What a sound check says of a speech service: what it is, where sound goes, what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from html import escape

from coach import voices
from coach.domain.utterance import Utterance
from coach.errors import CoachError
from coach.ui.drawing.conversation import clock_time
from coach.ui.drawing.ledger import money, short
from coach.voices.prices import heard_usd, spoken_usd

WORDS = "retrieval-augmented generation"
"""What a candidate says to see that they are understood."""
SENTENCE = "Good to have you here. We will design a system together; think aloud, and take the time you need."
"""What the speaker is tried with."""
TALK_SHARE = 0.6
"""Of a round's minutes, what a candidate speaks; estimates only."""
CHARACTERS_A_MINUTE = 150
"""Of a round's minutes, what the interviewer says; estimates only."""


def named(spec: str) -> str:
    """A speech service for the eye; one that is not there, as it is written."""
    with suppress(CoachError):
        if voices.in_browser(spec):
            return "Your browser"
    return short(spec)


def in_use(spec: str) -> str:
    """Who hears and who speaks."""
    return f'<p class="coach-small"><strong>In use:</strong> {escape(named(spec))} hears and speaks.</p>'


def goes_to(spec: str) -> str:
    """Whether sound leaves this machine. Raises NotFoundError or SetupError."""
    where = voices.destination(spec)
    if where.leaves == "no":
        words = "Your voice stays on this machine."
    elif where.host:
        words = f"Your voice is sent to {escape(where.host)}, and to nobody else."
    else:
        words = (
            "Some browsers send what they hear to their makers and do not say so. Coach itself sends it nowhere but"
            " to this machine."
        )
    return f'<p class="coach-small">{words}</p>'


def not_heard(utterances: Sequence[Utterance]) -> str:
    """What was said and never became words."""
    each = "".join(f"<li>At {clock_time(one.at)}{_lasting(one.seconds)}</li>" for one in utterances)
    said = "What you said here could not be heard. It is unclear, and no part of the grade:"
    return f'<p class="coach-small">{said}</p><ul class="coach-small">{each}</ul>' if each else ""


def _lasting(seconds: float) -> str:
    """Nothing where no sound has arrived, as from a browser that hears by itself."""
    return f", {seconds:.0f} s" if seconds else ""


def cost(spec: str, minutes: int) -> str:
    """What speech is expected to cost in a round. Raises SetupError."""
    heard = heard_usd(spec, minutes * 60 * TALK_SHARE)
    spoken = spoken_usd(spec, minutes * CHARACTERS_A_MINUTE)
    if heard is None or spoken is None:
        words = "The price of this speech service is not known."
    elif heard + spoken == 0:
        words = "Speech costs nothing here."
    else:
        words = f"Speech: about {money(heard + spoken)} for {minutes} minutes, within your caps."
    return f'<p class="coach-small">{words}</p>'

"""The door to a speech service: words and sound come in, and nothing but ModelError gets out.

What a service says in its errors is not repeated: some quote what they were sent, which is what somebody said.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from coach.domain.speech import SAMPLE_BYTES, SPOKEN_RATE, Heard, seconds_of
from coach.domain.transcript import LONGEST_TEXT
from coach.errors import ModelError, ModelRefusedError, ModelReplyError, ModelUnavailableError
from coach.troubles import Trouble, answered, stays, timely, told_by, trouble_of

CONNECT_SECONDS = 5.0
"""How long a connection may take."""
SILENCE_SECONDS = 20.0
"""How long a service may send nothing at all."""
SHORTEST_SECONDS = 0.1
"""Of a recording that is sent: services refuse shorter ones, and no word is."""
LONGEST_SECONDS = 600.0
"""Of speech; a service that goes on is not listened to."""
_FILES = (b"RIFF", b"OggS", b"fLaC", b"ID3")
"""How files of sound begin, which plain samples do not."""
_SILENT = "sent nothing for {seconds:g} s. Try again."
_IDENTIFIER = re.compile(r"[a-z_]+(\.[a-z_]+)*")
"""What a service calls a kind of error or a field. Neither a key nor a sentence looks like it."""

Hearing = Generator[str | Heard, None, None]
Speech = Generator[bytes, None, None]


class FailedError(Exception):
    """An error that a service tells of inside an answer; does not leave the door."""

    def __init__(self, kind: str | None) -> None:
        super().__init__(kind)
        self.body = {"code": kind}


class UnusableError(Exception):
    """A whole answer that is of no use, and what to do; does not leave the door, which says whose it is."""


@dataclass(frozen=True)
class Door:
    """A Voice: one speech service, seen from outside."""

    name: str
    """`service:recogniser/speaker[@base_url]`."""
    host: str
    """Who is asked: `host:port`, or a word for it."""
    key_name: str | None
    """Environment variable of the key."""
    hear: Callable[[bytes, str, float], Hearing] = field(repr=False)
    """Sends a recording with hints, giving up after so many seconds without a byte. Gives the words as they come,
    of which an empty one is a sign of life and no word, and Heard once the service has told that they are whole.
    May raise anything; closing it cancels the request."""
    say: Callable[[str, float, float], Speech] = field(repr=False)
    """Sends a text to be said at a speed, with the same patience. Gives sound in pieces of any size. May raise
    anything; closing it cancels the request."""
    seconds: float = SILENCE_SECONDS
    hears_at_once: bool = False
    """Whether a transcript comes in one piece: nothing is sent while such a service listens, which may take as long
    as the recording."""

    def transcribe(self, sound: bytes, hints: str = "") -> Iterator[str | Heard]:
        """See Voice. A recording too short for any word is not sent."""
        lasts = seconds_of(len(sound))
        if lasts < SHORTEST_SECONDS:
            yield Heard(text="")
            return
        seconds = max(self.seconds, lasts) if self.hears_at_once else self.seconds
        heard, size = None, 0
        whole = sound[: len(sound) - len(sound) % SAMPLE_BYTES]
        with self._translated(seconds), closing(self.hear(whole, hints, seconds)) as pieces:
            for piece in timely(pieces, seconds):
                if isinstance(piece, Heard):
                    heard = piece
                    break
                size += len(piece)
                if size > LONGEST_TEXT:
                    raise UnusableError(f"did not come to an end: stopped at {size} characters.")
                yield piece
        if heard is None:
            raise self._in(Trouble.CUT, seconds)
        yield heard

    def speak(self, text: str, speed: float = 1.0) -> Iterator[bytes]:
        """See Voice. A text without a word is not sent, and takes no sound."""
        if not text.strip():
            return
        size, left = 0, b""
        with self._translated(self.seconds), closing(self.say(text, speed, self.seconds)) as pieces:
            for piece in pieces:
                if size == 0 and piece.startswith(_FILES):
                    raise UnusableError("sent a file where plain samples were asked for. Choose another speaker.")
                size += len(piece)
                if seconds_of(size, SPOKEN_RATE) > LONGEST_SECONDS:
                    raise UnusableError(f"did not come to an end: stopped at {LONGEST_SECONDS:g} s.")
                joined = left + piece
                end = len(joined) - len(joined) % SAMPLE_BYTES
                left = joined[end:]
                if end:
                    yield joined[:end]
        if size == 0 or left:
            raise self._in(Trouble.CUT, self.seconds)

    @property
    def _who(self) -> str:
        return self.name if self.host in self.name else f"{self.name} at {self.host}"

    @contextmanager
    def _translated(self, seconds: float) -> Iterator[None]:
        """Whatever is raised inside leaves as a ModelError. The foreign error does not come along: it may hold a
        key, or what was said."""
        handled = sys.exception()
        try:
            yield
        except ModelError:
            raise
        except UnusableError as error:
            raise ModelReplyError(f"{self._who} {error}") from None
        except Exception as error:  # noqa: BLE001 - what SDKs raise is neither documented nor kept within bounds
            raise self._of(error, seconds, handled) from None

    def _of(self, error: Exception, seconds: float, handled: BaseException | None) -> ModelError:
        status = getattr(error, "status_code", None)
        if isinstance(status, int) and status >= 400:
            return self._answered(status, error)
        if (trouble := trouble_of(error, handled)) is not None:
            return self._in(trouble, seconds)
        if (told := told_by(error)) is not None:
            if stays(told[0]):
                return ModelRefusedError(f"{self._who} refuses the request{_named(error)}. Check its models.")
            return ModelUnavailableError(f"{self._who} broke off{_named(error)}. Try again.")
        return ModelUnavailableError(f"{self._who}: the answer cannot be read ({type(error).__name__}). Try again.")

    def _in(self, trouble: Trouble, seconds: float) -> ModelUnavailableError:
        if trouble is Trouble.SILENT:
            return ModelUnavailableError(f"{self._who} {_SILENT.format(seconds=seconds)}")
        return ModelUnavailableError(f"{self._who}: {trouble.value.format(host=self.host)}")

    def _answered(self, status: int, error: Exception) -> ModelError:
        """What an HTTP status from 400 on means."""
        if (told := answered(self._who, status, error, self.key_name)) is not None:
            return told
        match status:
            case 404:
                message = f"{self._who}: no such model there. Check both names."
            case 413:
                message = f"{self._who} refuses the request: it is too long. Say less at a time."
            case _:
                message = (
                    f"{self._who} refuses the request (HTTP {status}){_named(error)}. Check its models and voice."
                )
        return ModelRefusedError(message)


def _named(error: Exception) -> str:
    """Kind and field that an error names, as far as they are words of a protocol."""
    body = getattr(error, "body", None)
    told = body if isinstance(body, dict) else {}
    told = told["error"] if isinstance(told.get("error"), dict) else told
    names = [str(told[name]) for name in ("code", "type", "param") if told.get(name)]
    fitting = dict.fromkeys(name for name in names if len(name) <= 40 and _IDENTIFIER.fullmatch(name))
    return f" ({', '.join(fitting)})" if fitting else ""

"""The one place that knows every part and puts them together."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from coach import voices
from coach.chat_models import connect
from coach.chat_models.prices import price
from coach.content.library import FileLibrary
from coach.content.prompts import FilePrompts
from coach.domain.calls import Call, Caps, Request, Spending, Usage
from coach.domain.walkthrough import Walkthrough
from coach.engines.llm import candidates as played
from coach.engines.llm.calling import Caller
from coach.engines.llm.debrief import LlmDebriefer
from coach.engines.llm.interviewer import LlmInterviewer
from coach.engines.llm.judge import LlmJudge
from coach.engines.offline import candidates as written
from coach.engines.offline.interviewer import OfflineInterviewer
from coach.engines.offline.judge import OfflineJudge
from coach.errors import CoachError, ModelRefusedError, NotFoundError, SetupError
from coach.keys import Keys
from coach.ports import CallLog, Candidate, ChatModel, Interviewer, Judge, Voice
from coach.practice import LLM, OFFLINE, Desk, engine
from coach.settings import Settings
from coach.voices.metered import MeteredVoice

OPENAI, BROWSER = "openai", "browser"
"""Speech services that are taken where none is chosen."""

AT_ONCE = 4
"""Rounds that models play side by side."""

if TYPE_CHECKING:
    from coach.archive.archive import SqlArchive


def build_desk(settings: Settings) -> Desk:
    """Everything for one installation. Opens the database, making it where there is none. Raises CoachError."""
    archive = open_archive(settings)
    desk = Desk(
        library=open_library(settings),
        archive=archive,
        calls=archive,
        interviewers={OFFLINE: OfflineInterviewer(FilePrompts())},
        judges={OFFLINE: OfflineJudge()},
    )
    return with_models(desk, settings.interviewers, settings.judges, read_keys(settings), settings.caps)


def with_models(desk: Desk, interviewers: tuple[str, ...], judges: tuple[str, ...], keys: Keys, caps: Caps) -> Desk:
    """The desk with these models, as `provider:model[@base_url]`, the first choice first; without any, offline.
    Nothing is imported or sent before a model is first called."""
    prompts = FilePrompts()
    speakers = {name: voice for name, voice in desk.interviewers.items() if name != LLM}
    ears = {name: judge for name, judge in desk.judges.items() if name != LLM}
    debriefer = None
    if interviewers:
        speakers[LLM] = LlmInterviewer(_caller(interviewers, keys, desk.calls, caps), prompts)
    if judges:
        second = _second(judges, keys, desk.calls, caps)
        ears[LLM] = LlmJudge(_caller(judges, keys, desk.calls, caps), prompts, second)
        debriefer = LlmDebriefer(_caller(judges, keys, desk.calls, caps), prompts)
    return replace(desk, interviewers=speakers, judges=ears, debriefer=debriefer)


def read_keys(settings: Settings) -> Keys:
    """Keys of the environment and of the secrets file. Raises SetupError."""
    return Keys.read(os.environ, settings.secrets)


def connect_voice(spec: str, keys: Keys, calls: CallLog, caps: Caps, round_id: str | None) -> Voice | None:
    """The speech service that `spec` names, its calls counted; None where the browser hears and speaks by itself.
    Raises CoachError."""
    if voices.in_browser(spec):
        return None
    return MeteredVoice(voices.connect(spec, keys), calls, caps, round_id)


def usual_voice(settings: Settings, keys: Keys) -> str:
    """The speech service where none was chosen."""
    return settings.voice or (OPENAI if OPENAI in keys else BROWSER)


def open_library(settings: Settings) -> FileLibrary:
    """Shipped scenarios and the person's own."""
    return FileLibrary(settings.scenarios)


class Cast(NamedTuple):
    """Everybody in a round without a person, and what their calls have come to so far."""

    interviewer: Interviewer
    judge: Judge
    candidates: list[Candidate]
    spent: Callable[[], Spending]
    at_once: int = 1
    """Rounds to play side by side."""


def unattended(
    settings: Settings, name: str, expert: Walkthrough | None = None, weak: Walkthrough | None = None
) -> Cast:
    """Everybody of the engine `name`, for rounds that are kept nowhere; what their calls cost is. The candidates
    are written ones, or the interviewer's models. Raises NotFoundError, and SetupError where the engine needs a
    model and none is set."""
    prompts = FilePrompts()
    speakers: dict[str, Interviewer] = {OFFLINE: OfflineInterviewer(prompts)}
    ears: dict[str, Judge] = {OFFLINE: OfflineJudge()}
    people: list[Candidate] = [*written.candidates(prompts, expert, weak)]
    spent: Callable[[], Spending] = Spending
    if name == LLM and settings.interviewers and settings.judges:
        calls, keys = _Detached(open_archive(settings)), read_keys(settings)
        speaking = _caller(settings.interviewers, keys, calls, settings.caps)
        speakers[LLM] = LlmInterviewer(speaking, prompts)
        second = _second(settings.judges, keys, calls, settings.caps)
        ears[LLM] = LlmJudge(_caller(settings.judges, keys, calls, settings.caps), prompts, second)
        people, spent = [*played.candidates(speaking, prompts, expert)], calls.total
    return Cast(engine(speakers, name), engine(ears, name), people, spent, AT_ONCE if name == LLM else 1)


def open_archive(settings: Settings) -> SqlArchive:
    """The database. Raises ArchiveError."""
    from coach.archive.archive import SqlArchive  # noqa: PLC0415 - a second of imports that reading content needs not

    return SqlArchive.open(settings.database)


def _caller(models: tuple[str, ...], keys: Keys, calls: CallLog, caps: Caps) -> Caller:
    return Caller([_Unconnected(spec, keys) for spec in models], calls, price, caps)


def _second(models: tuple[str, ...], keys: Keys, calls: CallLog, caps: Caps) -> Caller | None:
    """Who reads again what the first judge is unsure of: the fallbacks of another provider, where there are any."""
    others = tuple(spec for spec in models[1:] if spec.split(":")[0] != models[0].split(":")[0])
    return _caller(others, keys, calls, caps) if others else None


def warm(specs: Iterable[str], keys: Keys) -> None:
    """Import what the first call to these models would wait for. Sends nothing; what fails here fails again, and
    is told, when the model is called. So does an import: looking for a package while another thread shortens
    `sys.path`, as each of Streamlit's runs does, may miss it."""
    for spec in specs:
        with suppress(CoachError, ImportError):
            connect(spec, keys)


def warm_voice(settings: Settings, keys: Keys) -> None:
    """The same for the speech service that is used where none is chosen."""
    with suppress(CoachError, ImportError):
        voices.connect(usual_voice(settings, keys), keys)


class _Unconnected:
    """A model that is connected to when it is first called, so that nobody waits for an SDK they do not use."""

    def __init__(self, spec: str, keys: Mapping[str, str]) -> None:
        self.name = spec
        self._keys = keys

    @cached_property
    def _model(self) -> ChatModel:
        return connect(self.name, self._keys)

    def stream(self, request: Request) -> Iterator[str | Usage]:
        try:
            model = self._model
        except (NotFoundError, SetupError) as error:
            raise ModelRefusedError(str(error)) from error
        yield from model.stream(request)


class _Detached:
    """The call log for rounds the archive does not hold: costs count for the month, replies are not kept."""

    def __init__(self, calls: CallLog) -> None:
        self._calls = calls
        self._ended: dict[int, Call] = {}

    def begin_call(self, call: Call, round_id: str | None) -> int:
        return self._calls.begin_call(call, None)

    def end_call(self, number: int, call: Call) -> None:
        self._calls.end_call(number, call)
        self._ended[number] = call

    def total(self) -> Spending:
        """What the calls made here have come to."""
        calls = list(self._ended.values())
        used = [call.usage or Usage() for call in calls]
        return Spending(
            usd=sum(call.usd or 0.0 for call in calls),
            unpriced=sum(call.usd is None for call in calls),
            input_tokens=sum(usage.input_tokens for usage in used),
            cached_tokens=sum(usage.cached_tokens for usage in used),
            output_tokens=sum(usage.output_tokens for usage in used),
            calls=len(calls),
            seconds=sum(call.seconds or 0.0 for call in calls),
        )

    def keep_reply(self, round_id: str, key: str, reply: str) -> None:
        """Nothing is kept."""

    def reply(self, round_id: str, key: str) -> str | None:
        return None

    def spent(self, round_id: str | None = None, since: datetime | None = None) -> Spending:
        return self._calls.spent(None, since) if round_id is None else Spending()

    def calls(self, round_id: str) -> list[Call]:
        return []

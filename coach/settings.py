"""Settings of one installation, read once from the environment (`COACH_…`)."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from coach.domain.calls import Caps
from coach.errors import SetupError

NO_CAP = ("none", "off")
"""What stands in a cap's place where there is to be none."""

_SPEC = re.compile(r"[a-z][a-z0-9_]*:[^\s,@]*(@[^\s,/:]+)?(@https?://[^\s,]+)?")
"""`provider:model[@base_url]`. Some vendors' models have an @ of their own, which no address follows; no model at
all is the provider's usual one."""
_VOICE = re.compile(r"[a-z][a-z0-9_]*(:(?!//)[^\s,@]*)?(@https?://[^\s,]+)?")
"""`service[:recogniser/speaker][@base_url]`."""


class Settings(BaseSettings):
    """Where things are kept, where the app listens, which models it calls and what they may cost."""

    model_config = SettingsConfigDict(env_prefix="COACH_", env_ignore_empty=True, frozen=True, extra="ignore")

    home: Path = Field(default=Path("~/.coach"), validate_default=True)
    """Folder for the database and a person's own scenarios."""
    database_url: str | None = None
    """SQLAlchemy URL; by default a SQLite file in `home`."""
    host: str = "127.0.0.1"
    """Address the app binds to. Anything but loopback opens it to the network."""

    model: str = ""
    """Models that interview and judge, as `provider:model[@base_url]`: the first choice, then after commas what
    is asked where it fails. None: rounds are offline."""
    interviewer: str = ""
    """Models that interview, where they are others."""
    judge: str = ""
    """Models that judge, where they are others."""
    voice: str = ""
    """Speech service, as `service[:recogniser/speaker][@base_url]`; `browser` is the browser's own. None: OpenAI
    where there is a key for it, else the browser."""
    sound_days: int = Field(default=30, ge=0)
    """Days after which the sound of spoken rounds is removed, where a candidate wants it kept; 0 keeps none."""
    round_cap: float | None = 2.0
    """Most that models may cost in one round and its grading, in US dollars; `none` is no cap. A call counts with
    the most it can cost until it has ended. By `coach.domain.estimate` an hour's round costs from one cent to a
    dollar with the models listed in `coach.chat_models.prices`: the default stops what has run away, and grading
    with the dearest ones, whose many calls at once may each cost a quarter of a dollar, asks for a higher one."""
    month_cap: float | None = 20.0
    """Most that models may cost in a calendar month (UTC), in US dollars; `none` is no cap. The default is ten
    rounds that reach their cap, and many more that do not."""

    blind_share: float = 0.2
    """Share of reviews, between 0 and 1, in which a reviewer finds before they see what the judge found."""

    @field_validator("blind_share", mode="before")
    @classmethod
    def _share(cls, share: Any) -> float:
        try:
            part = float(str(share).strip())
        except ValueError:
            part = math.nan
        if not 0 <= part <= 1:
            raise SetupError(f"COACH_BLIND_SHARE is {str(share)!r}: write a share between 0 and 1, such as 0.2.")
        return part

    @field_validator("model", "interviewer", "judge")
    @classmethod
    def _named_in_full(cls, specs: str, info: ValidationInfo) -> str:
        for place, spec in enumerate(_specs(specs), start=1):
            if not _SPEC.fullmatch(spec):
                raise SetupError(
                    f"COACH_{str(info.field_name).upper()}: model {place} is not written as provider:model, such as"
                    " openai:gpt-5.4-mini, or with an address as openai:my-model@http://127.0.0.1:8080/v1."
                )
        return specs

    @field_validator("voice")
    @classmethod
    def _one_service(cls, spec: str) -> str:
        if spec.strip() and not _VOICE.fullmatch(spec.strip()):
            raise SetupError(
                "COACH_VOICE is not written as service:recogniser/speaker: write openai or browser, or with an"
                " address as openai:whisper-1/kokoro@http://127.0.0.1:8000/v1."
            )
        return spec.strip()

    @field_validator("sound_days", mode="before")
    @classmethod
    def _days(cls, days: Any) -> int:
        if not re.fullmatch(r"\s*[0-9]{1,5}\s*", str(days)):
            raise SetupError(f"COACH_SOUND_DAYS is {str(days)!r}: write whole days as 30, or 0 to keep no sound.")
        return int(str(days))

    @field_validator("round_cap", "month_cap", mode="before")
    @classmethod
    def _amount(cls, cap: Any, info: ValidationInfo) -> float | None:
        if cap is None or str(cap).strip().lower() in NO_CAP:
            return None
        try:
            amount = float(str(cap).strip().removeprefix("$"))
        except ValueError:
            amount = math.nan
        if not 0 <= amount < math.inf:
            variable = f"COACH_{str(info.field_name).upper()}"
            raise SetupError(f"{variable} is {str(cap)!r}: write US dollars as 2.50, or none for no cap.")
        return amount

    @field_validator("home")
    @classmethod
    def _expanded(cls, home: Path) -> Path:
        try:
            return home.expanduser()
        except RuntimeError as error:
            raise SetupError(f"COACH_HOME is {home}, and nobody has that home: name another folder.") from error

    @property
    def database(self) -> str:
        """URL of the database in use."""
        return self.database_url or f"sqlite:///{self.home / 'coach.sqlite'}"

    @property
    def scenarios(self) -> Path:
        """Folder of the person's own scenarios."""
        return self.home / "scenarios"

    @property
    def golden(self) -> Path:
        """Folder of the rounds that reviewers keep to measure judges with."""
        return self.home / "golden"

    @property
    def secrets(self) -> Path:
        """File of the keys that are not in the environment."""
        return self.home / "secrets.toml"

    @property
    def interviewers(self) -> tuple[str, ...]:
        """Models that interview, as `provider:model[@base_url]`, the first choice first; none is offline."""
        return _specs(self.interviewer) or _specs(self.model)

    @property
    def judges(self) -> tuple[str, ...]:
        """Models that judge, as `provider:model[@base_url]`, the first choice first; none is offline."""
        return _specs(self.judge) or _specs(self.model)

    @property
    def caps(self) -> Caps:
        """The most that models may cost."""
        return Caps(round_usd=self.round_cap, month_usd=self.month_cap)


def _specs(text: str) -> tuple[str, ...]:
    return tuple(spec.strip() for spec in text.split(",") if spec.strip())

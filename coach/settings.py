"""Settings of one installation, read once from the environment (`COACH_…`)."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from coach.errors import SetupError


class Settings(BaseSettings):
    """Where things are kept and where the app listens."""

    model_config = SettingsConfigDict(env_prefix="COACH_", env_ignore_empty=True, frozen=True, extra="ignore")

    home: Path = Field(default=Path("~/.coach"), validate_default=True)
    """Folder for the database and a person's own scenarios."""
    database_url: str | None = None
    """SQLAlchemy URL; by default a SQLite file in `home`."""
    host: str = "127.0.0.1"
    """Address the app binds to. Anything but loopback opens it to the network."""

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

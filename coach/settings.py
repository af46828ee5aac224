"""Settings of one installation, read once from the environment (`COACH_…`)."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things are kept and where the app listens."""

    model_config = SettingsConfigDict(env_prefix="COACH_", frozen=True, extra="ignore")

    home: Path = Field(default_factory=lambda: Path.home() / ".coach")
    """Folder for the database and a person's own scenarios."""
    database_url: str | None = None
    """SQLAlchemy URL; by default a SQLite file in `home`."""
    host: str = "127.0.0.1"
    """Address the app binds to. Anything but loopback opens it to the network."""

    @property
    def database(self) -> str:
        """URL of the database in use."""
        return self.database_url or f"sqlite:///{self.home.expanduser() / 'coach.sqlite'}"

    @property
    def scenarios(self) -> Path:
        """Folder of the person's own scenarios."""
        return self.home.expanduser() / "scenarios"

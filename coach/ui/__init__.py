"""The pages: the only part of Coach that knows Streamlit."""

from __future__ import annotations

from pathlib import Path

from coach.errors import SetupError


def entry() -> Path:
    """The file `streamlit run` takes, with its `.streamlit/config.toml` beside it: in a wheel or in a checkout."""
    package = Path(__file__).parent.parent
    for file in (package / "_app" / "app.py", package.parent / "app.py"):
        if file.is_file():
            return file
    raise SetupError(f"No app.py in {package / '_app'} or {package.parent}: install coach again.")


def launch(host: str = "127.0.0.1", port: int = 8501) -> None:
    """Serve the app until it is stopped. Raises SetupError where the port is taken."""
    import socket  # noqa: PLC0415
    from contextlib import suppress  # noqa: PLC0415

    from click import Abort  # noqa: PLC0415
    from streamlit.web import cli  # noqa: PLC0415

    with socket.socket() as probe:
        if probe.connect_ex((host, port)) == 0:
            raise SetupError(f"Port {port} on {host} is taken: stop what uses it or choose another with --port.")
    with suppress(Abort):  # Ctrl-C
        cli.main(["run", str(entry()), f"--server.port={port}", f"--server.address={host}"], standalone_mode=False)

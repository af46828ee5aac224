"""Every script as a browser gets it, looked over by a linter."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from coach.ui import components
from coach.ui.components import beside, voice

FOLDER = Path(components.__path__[0])
SCRIPTS = {file.stem: beside(str(file), "js") for file in FOLDER.glob("*.js") if file.stem != "shared"} | {
    "voice": voice.script(),
    "worklet": (FOLDER / "voice" / "worklet.js").read_text(encoding="utf-8"),
}
SETTINGS = {
    "env": {"browser": True, "es2024": True},
    "globals": {"registerProcessor": "readonly", "AudioWorkletProcessor": "readonly", "sampleRate": "readonly"},
    "categories": {"correctness": "error", "suspicious": "error"},
    "rules": {
        "no-undef": "error",
        "no-unused-vars": "off",
        "no-shadow": "off",
        "unicorn/consistent-function-scoping": "off",
        "unicorn/prefer-add-event-listener": "off",
    },
}
"""What all scripts share stands in front of each, and none needs all of it. A component that is mounted again must
replace its listeners: assigned, they are."""


def found(script: str, folder: Path) -> str:
    """What the linter finds in a script."""
    (folder / "settings.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
    (folder / "script.js").write_text(script, encoding="utf-8")
    linter = Path(sys.executable).with_name("oxlint")
    arguments: list[str | Path] = [linter, "-c", folder / "settings.json", folder / "script.js"]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_without_a_finding(name: str, tmp_path: Path) -> None:
    assert found(SCRIPTS[name], tmp_path) == ""


def test_a_mistake_is_found(tmp_path: Path) -> None:
    assert "undefinedThing" in found("export default () => undefinedThing();\n", tmp_path)

"""Small elements that live in the browser, each with its JavaScript beside it. Registered once, at import.

Lists go to the browser as tuples: in a list, Streamlit would look for a table, and load pandas for it. A style
sheet has more than one line: a single one Streamlit takes for a path.
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def beside(module: str, ending: str) -> str:
    """The file of that ending beside a component's module; a script comes with what all of them share."""
    own = Path(module).with_suffix(f".{ending}").read_text(encoding="utf-8")
    return shared() + own if ending == "js" else own


def shared() -> str:
    """What stands in front of every component's script."""
    return (_HERE / "shared.js").read_text(encoding="utf-8")

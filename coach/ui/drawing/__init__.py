"""Pictures and text blocks as HTML. Pure functions: values in, escaped HTML out, no Streamlit.

Everything a person or an author wrote goes through `html.escape` on its way in; markup is only ever ours.
"""

from __future__ import annotations

from pathlib import Path

_SHEETS = sorted(Path(__file__).with_name("style").glob("*.css"))
STYLE = f"<style>{''.join(sheet.read_text(encoding='utf-8') for sheet in _SHEETS)}</style>"
"""The look of everything drawn here, a sheet for each screen."""

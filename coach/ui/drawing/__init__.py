"""Pictures and text blocks as HTML. Pure functions: values in, escaped HTML out, no Streamlit.

Everything a person or an author wrote goes through `html.escape` on its way in; markup is only ever ours.
"""

from __future__ import annotations

from pathlib import Path

STYLE = Path(__file__).with_name("style.css")

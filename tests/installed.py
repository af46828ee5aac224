"""What Streamlit finds among the installed packages, looked for once: it asks them all anew for every app."""

from __future__ import annotations

from functools import cache

from streamlit.components.v2 import manifest_scanner


def scan_once() -> None:
    """Have every app of this process, and of those forked from it, use what the first scan finds."""
    if not hasattr(manifest_scanner.scan_component_manifests, "cache_info"):
        manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

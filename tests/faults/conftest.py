"""Prints the table of faults and outcomes at the end of a run."""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [each for kind in ("passed", "failed") for each in terminalreporter.stats.get(kind, [])]
    cells = sorted(
        (value, report.outcome) for report in reports for name, value in report.user_properties if name == "cell"
    )
    if not cells:
        return
    terminalreporter.section(f"{len(cells)} cells: model × fault")
    for (api, use, fault, told, requests), outcome in cells:
        mark = "✓" if outcome == "passed" else "✗"
        terminalreporter.write_line(f"{mark} {api:16} {use:8} {fault:30} {requests:3} requests  {told[:110]}")

"""One HTML file that shows runs: tables and charts drawn here, every attempt and its replay behind them.

run folders --data--> Findings --charts, page--> the static page, readable without JavaScript
            --transcripts, replays--> an index of attempts, and compressed chunks that report.js opens on demand

The same runs give the same bytes (with one build of zlib).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.report.data import findings
from harness.report.page import page
from harness.report.transcripts import Kept, collect
from harness.store import RunFolder


@dataclass(frozen=True)
class Report:
    html: str
    attempts: int
    replays: int
    unplayed: dict[str, int]
    """Why attempts have no replay, and how many."""


def report(runs: Sequence[RunFolder], folders: Sequence[Path] = (), kept: Kept = "all") -> Report:
    """The report on runs. ``folders`` hold tasks of one's own, which replays need; ``kept`` says whose transcripts go
    into the file. Raises UsageError for a folder without a run, RunFolderError for a damaged one."""
    found = findings(runs)
    collected = collect(found, folders, kept)
    html = page(found, collected.index, collected.chunks)
    return Report(html, len(found.attempts), collected.replays, dict(sorted(collected.unplayed.items())))

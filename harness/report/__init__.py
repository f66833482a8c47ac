"""One HTML file that shows runs: tables and charts drawn here, every attempt and its replay behind them.

run folders --data--> Findings --charts, page--> the static page, readable without JavaScript
    scores  --memorization--> beside success, where scores are given
            --transcripts, replays--> an index of attempts, and compressed chunks that report.js opens on demand

The same runs give the same bytes (with one build of zlib).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.report.data import findings
from harness.report.memorization import memorization
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


def report(
    runs: Sequence[RunFolder],
    folders: Sequence[Path] = (),
    kept: Kept = "all",
    *,
    scores: Sequence[Path] = (),
    aliases: Mapping[str, str] | None = None,
) -> Report:
    """The report on runs. ``folders`` hold tasks of one's own, which replays need; ``kept`` says whose transcripts go
    into the file; ``scores`` of memorization are shown against success, ``aliases`` lead from a scored model's name to
    the one under which it was asked.

    Raises UsageError for a folder without a run or scores that do not fit the runs, RunFolderError for what is damaged.
    """
    found = findings(runs)
    memorized = memorization(found, scores, aliases or {}) if scores else None
    collected = collect(found, folders, kept)
    html = page(found, memorized, collected.index, collected.chunks)
    return Report(html, len(found.attempts), collected.replays, dict(sorted(collected.unplayed.items())))

"""Which runs a command is about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from harness.errors import UsageError

if TYPE_CHECKING:
    from harness.store import RunFolder

RESULTS = Path("results")


def run_folders(given: Sequence[Path]) -> list[RunFolder]:
    """The runs given, or every run in results/; of several paths those that are folders, so that ``results/*`` may be
    said. Raises UsageError where there are none."""
    from harness.store import RunFolder

    paths = [path for path in given if path.is_dir() or len(given) == 1] or sorted(
        file.parent for file in RESULTS.glob("*/run.json")
    )
    if not paths:
        raise UsageError("there are no runs in results/", "pegboard run quickstart makes one")
    return [RunFolder(path) for path in paths]

"""One instance of one task, named by what poses it: what every mode and every model is asked about."""

from __future__ import annotations

from dataclasses import dataclass

from harness.errors import UnknownName, UsageError
from harness.plugins import Plugin
from harness.task import Instance


@dataclass(frozen=True)
class Question:
    plugin: Plugin
    size: int
    seed: int
    variant: str
    instance: Instance


def pose(plugin: Plugin, size: int, seed: int = 0, variant: str | None = None) -> Question:
    """Pose an instance; without a variant, the task's first. Raises UsageError when the task has no such instance."""
    puzzle = plugin.puzzle
    variant = puzzle.variants[0] if variant is None else variant
    if variant not in puzzle.variants:
        raise UnknownName("variant", variant, puzzle.variants, f"task {plugin.name}")
    try:
        return Question(plugin, size, seed, variant, puzzle.pose(size, seed, variant))
    except ValueError as error:
        raise UsageError(f"{plugin.name} cannot pose size {size}, seed {seed}, variant {variant}: {error}") from error

"""One instance of one task, named by what poses it: what every mode and every model is asked about."""

from __future__ import annotations

from dataclasses import dataclass

from harness.errors import PegboardError, UnknownName, UsageError
from harness.plugins import Plugin
from harness.task import Instance

LARGEST_BITS = 10_000
"""Python writes no number of more than 4,300 digits, about 14,000 bits."""


@dataclass(frozen=True)
class Question:
    plugin: Plugin
    size: int
    seed: int
    variant: str
    instance: Instance


def pose(plugin: Plugin, size: int, seed: int = 0, variant: str | None = None) -> Question:
    """Pose an instance; without a variant, the task's first.

    Raises UsageError when the task has no such instance, PegboardError when its ``pose`` is at fault.
    """
    puzzle = plugin.puzzle
    variant = puzzle.variants[0] if variant is None else variant
    if variant not in puzzle.variants:
        raise UnknownName("variant", variant, puzzle.variants, f"task {plugin.name}")
    asked = f"{plugin.name} cannot pose size {size}, seed {seed}, variant {variant}"
    try:
        instance = puzzle.pose(size, seed, variant)
    except ValueError as error:
        raise UsageError(f"{asked}: {error}") from error
    except (Exception, SystemExit) as error:  # whatever a task's file raises is its author's to see, in one line
        raise PegboardError(f"{asked}: {type(error).__name__}: {error}", f"see pose in {plugin.files.rules}") from error
    if not isinstance(instance, Instance):
        raise PegboardError(
            f"{asked}: it returned {type(instance).__name__}, not an Instance", f"see pose in {plugin.files.rules}"
        )
    fewest = instance.certificate.fewest_moves
    if fewest is not None and fewest.bit_length() > LARGEST_BITS:
        raise UsageError(f"{asked}: its shortest solution has too many moves to write their number down")
    return Question(plugin, size, seed, variant, instance)

"""One instance of one task, named by what poses it: what every mode and every model is asked about."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from random import Random

from harness.disguise import Mask, mask, wearing
from harness.errors import PegboardError, UnknownName, UsageError
from harness.plugins import Plugin
from harness.task import Certificate, Instance, Puzzle

LARGEST_SIZE = 10_000
"""Far larger than any model answers; what is posed beyond it takes memory and time without end."""

LARGEST_BITS = 10_000
"""Python writes no number of more than 4,300 digits, about 14,000 bits."""


@dataclass(frozen=True)
class Question:
    plugin: Plugin
    size: int
    seed: int
    variant: str
    """A kind of instance, and after a dot the disguise it wears, if any."""
    puzzle: Puzzle
    """The rules as this question is asked and answered: the plugin's own, or those in disguise."""
    instance: Instance
    """What is asked, in the names of the disguise."""
    mask: Mask | None = None

    @property
    def kind(self) -> str:
        return self.variant.partition(".")[0]

    @property
    def disguise(self) -> str | None:
        return self.variant.partition(".")[2] or None

    def at(self, instance: Instance, puzzle: Puzzle | None = None) -> Question:
        """The same question from another start, or under other rules."""
        return replace(self, instance=instance, puzzle=puzzle or self.puzzle)


def variants(puzzle: Puzzle) -> list[str]:
    """Every kind of instance, bare and in each disguise."""
    return [kind + worn for worn in ("", *(f".{name}" for name in puzzle.disguises)) for kind in puzzle.variants]


def pose(plugin: Plugin, size: int, seed: int = 0, variant: str | None = None) -> Question:
    """Pose an instance; without a variant, the task's first.

    Raises UsageError when the task has no such instance, PegboardError when its ``pose`` is at fault.
    """
    puzzle = plugin.puzzle
    variant = puzzle.variants[0] if variant is None else variant
    if variant not in variants(puzzle):
        raise UnknownName("variant", variant, variants(puzzle), f"task {plugin.name}")
    kind, _, disguise = variant.partition(".")
    asked = f"{plugin.name} cannot pose size {size}, seed {seed}, variant {variant}"
    if size > LARGEST_SIZE:
        raise UsageError(f"{asked}: sizes end at {LARGEST_SIZE:,}")
    try:
        instance = puzzle.pose(size, seed, kind)
    except ValueError as error:
        raise UsageError(f"{asked}: {error}") from error
    except (Exception, SystemExit) as error:  # whatever a task's file raises is its author's to see, in one line
        raise PegboardError(f"{asked}: {type(error).__name__}: {error}", f"see pose in {plugin.files.rules}") from error
    fault = _fault(instance)
    if fault is not None:
        raise PegboardError(f"{asked}: {fault}", f"see pose in {plugin.files.rules}")
    fewest = instance.certificate.fewest_moves
    if fewest is not None and fewest.bit_length() > LARGEST_BITS:
        raise UsageError(f"{asked}: its shortest solution has too many moves to write their number down")
    bare = Question(plugin, size, seed, variant, puzzle, instance)
    return _disguised(bare, disguise, asked) if disguise else bare


def _disguised(bare: Question, disguise: str, asked: str) -> Question:
    puzzle, instance = bare.puzzle, bare.instance
    random = Random(f"{puzzle.name} {disguise} {bare.size} {bare.seed}")  # noqa: S311 - an instance, no secret
    try:
        worn = mask(puzzle, puzzle.disguises[disguise], instance.arguments, random)
        shown = worn.show(instance.arguments)
    except ValueError as error:
        raise UsageError(f"{asked}: {error}") from error
    except (KeyError, TypeError) as error:
        fault = f"its shapes do not fit its arguments ({type(error).__name__}: {error})"
        raise PegboardError(f"{asked}: {fault}", f"see sorts and shapes in {bare.plugin.files.rules}") from error
    return replace(bare, puzzle=wearing(worn), instance=replace(instance, arguments=shown), mask=worn)


def _fault(posed: object) -> str | None:
    """What is wrong with what a task's ``pose`` returned, if anything."""
    if not isinstance(posed, Instance):
        return f"it returned {type(posed).__name__}, not an Instance"
    if not isinstance(posed.certificate, Certificate):
        return f"its certificate is {type(posed.certificate).__name__}, not a Certificate"
    try:
        json.dumps(dict(posed.arguments))
    except (TypeError, ValueError, RecursionError) as error:
        return f"its arguments are no mapping of names to plain JSON data: {error}"
    return None

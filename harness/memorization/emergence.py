"""Whether a task's answer fits into a model: a threshold that says little about tasks with a short program."""

from __future__ import annotations

from math import log2

from harness.memorization import checks
from harness.memorization.capacity import ALPHA, capacity_bits
from harness.memorization.formula import ARTICLE, Status, formula


@formula(
    "k log2 b",
    unit="bits",
    source=ARTICLE,
    status=Status.RECONSTRUCTED,
    note="The length of one written path, not the complexity of the task: ten Hanoi disks make 1,621 bits, and their "
    "program a constant and log2 of the disks. It bounds nothing for a task that an algorithm solves.",
)
def task_information_bits(steps: int, branching: float) -> float:
    """Bits that name one path of so many steps, each one of ``branching`` choices."""
    checks.not_negative(steps=steps)
    checks.positive(branching=branching)
    return steps * log2(branching)


@formula(
    "(I_task + I_pattern) / alpha",
    unit="parameters",
    source=ARTICLE,
    status=Status.HEURISTIC,
    note="Reaching it is neither needed for a task that an algorithm solves, nor enough.",
)
def emergence_params(task_bits: float, pattern_bits: float = 0, alpha: float = ALPHA) -> float:
    """Parameters at which the capacity reaches what the task and its pattern need, in bits."""
    checks.not_negative(task_bits=task_bits, pattern_bits=pattern_bits)
    return (task_bits + pattern_bits) / capacity_bits(1, alpha)


@formula(
    "alpha P > I_task + I_pattern",
    unit="yes or no",
    source=ARTICLE,
    status=Status.HEURISTIC,
    note="As emergence_params.",
)
def emerges(params: float, task_bits: float, pattern_bits: float = 0, alpha: float = ALPHA) -> bool:
    """Whether a model holds more bits than the task and its pattern need."""
    checks.not_negative(task_bits=task_bits, pattern_bits=pattern_bits)
    return capacity_bits(params, alpha) > task_bits + pattern_bits

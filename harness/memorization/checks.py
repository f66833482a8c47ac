"""What a number handed to a formula must be. Each raises UsageError with the name of the number that is not."""

from __future__ import annotations

from math import isfinite

from harness.errors import UsageError


def positive(**numbers: float) -> None:
    _check(numbers, "above 0", {name: number > 0 for name, number in numbers.items()})


def not_negative(**numbers: float) -> None:
    _check(numbers, "0 or more", {name: number >= 0 for name, number in numbers.items()})


def share(**numbers: float) -> None:
    _check(numbers, "from 0 to 1", {name: 0 <= number <= 1 for name, number in numbers.items()})


def between(low: float, high: float, **numbers: float) -> None:
    """Strictly."""
    _check(numbers, f"between {low:g} and {high:g}", {name: low < number < high for name, number in numbers.items()})


def same_length(**lists: int) -> None:
    """Of lists that run in step, by their lengths."""
    if len(set(lists.values())) > 1:
        told = ", ".join(f"{length} of {name.replace('_', ' ')}" for name, length in lists.items())
        raise UsageError(f"found {told}", "one is needed for each")


def _check(numbers: dict[str, float], wanted: str, good: dict[str, bool]) -> None:
    for name, number in numbers.items():
        if not (good[name] and isfinite(number)):
            raise UsageError(f"{name.replace('_', ' ')} must be {wanted}, found {number:g}")

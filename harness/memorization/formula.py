"""What is known about a formula: its unit, where it comes from, and how far it may be relied on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any, TypeVar

ARTICLE = "the source article"
PAPER = "Morris et al. 2025, arXiv 2505.24832"

MODULES = (
    "capacity",
    "double_descent",
    "sizing",
    "membership",
    "privacy",
    "excess",
    "rarity",
    "compressibility",
    "allocation",
    "curves",
    "emergence",
    "generalization",
    "mdl",
)
"""Of this package, in the order in which they are told."""


class Status(StrEnum):
    STANDARD = "standard"
    """In textbooks, or in the work that it is named after."""
    CONFIRMED = "confirmed"
    """In the full text of the paper that reports it."""
    REDERIVED = "re-derived"
    """Worked out again, and checked against published numbers."""
    RECONSTRUCTED = "reconstructed"
    """Follows an article's words; its own formula and constants cannot be recovered."""
    HEURISTIC = "heuristic"
    """A rule of thumb without evidence of its own."""
    CONTRADICTED = "contradicted"
    """As printed, and at odds with the numbers printed beside it."""


@dataclass(frozen=True, kw_only=True)
class Formula:
    """One formula of the toolkit, as a person should be told of it."""

    name: str
    """Of the function."""
    module: str
    text: str
    unit: str
    """Of what the function returns."""
    source: str
    status: Status
    note: str
    """What must be known before the number is relied on; empty where there is nothing to warn of."""


Function = TypeVar("Function", bound=Callable[..., Any])

_FORMULAS: dict[str, Formula] = {}


def formula(text: str, *, unit: str, source: str, status: Status, note: str = "") -> Callable[[Function], Function]:
    """Write down what a function computes; the function itself stays as it is."""

    def written(function: Function) -> Function:
        module = function.__module__.rpartition(".")[2]
        _FORMULAS[function.__name__] = Formula(
            name=function.__name__, module=module, text=text, unit=unit, source=source, status=status, note=note
        )
        return function

    return written


def of(function: Callable[..., Any]) -> Formula:
    """What is known about a function of the toolkit."""
    return _FORMULAS[function.__name__]


def every() -> list[Formula]:
    """All formulas of the toolkit, module by module."""
    for module in MODULES:
        import_module(f"{__package__}.{module}")
    return sorted(_FORMULAS.values(), key=lambda one: MODULES.index(one.module))

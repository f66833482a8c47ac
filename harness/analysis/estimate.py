"""A number with what a reader needs to believe it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Target = Literal["these instances", "instances like these", "puzzles like these"]
"""What is concluded about: this model on exactly these instances (attempts vary), on instances drawn like these of
these puzzles (instances vary), or on puzzles like these (puzzles vary)."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """One estimate. ``low`` and ``high`` may be infinite, where all that is known is an inequality."""

    value: float | None
    """None where nothing can be estimated; ``warnings`` say why."""
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    method: str
    """How value and interval were found, in words: "Wilson", "centred isotonic regression, cluster bootstrap"."""
    n: int
    """Attempts (or pairs of them) that it rests on."""
    clusters: int | None = None
    """Independent units among them, such as instances; None where attempts were taken as independent."""
    target: Target = "these instances"
    seed: int | None = None
    """Of the random draws, where there were any."""
    warnings: tuple[str, ...] = ()

    def as_record(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {**asdict(self), "warnings": list(self.warnings)}

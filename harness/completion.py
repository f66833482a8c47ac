"""What a model gave back, in one shape for all providers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Stop(StrEnum):
    """Why the model stopped, in words shared by all providers; the provider's own word is kept beside it."""

    END = "end"
    """It finished by itself."""
    LENGTH = "length"
    """It was cut by a token limit."""
    REFUSAL = "refusal"
    """The provider or a content filter withheld the answer."""
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Usage:
    """Tokens, as the provider counted them. None means that it did not say; it is never written as 0."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    """All tokens generated, reasoning included."""
    reasoning_tokens: int | None = None
    cached_tokens: int | None = None
    """Input tokens read from the provider's cache; part of ``input_tokens``."""


@dataclass(frozen=True)
class Completion:
    text: str
    """The visible answer."""
    stop: Stop
    reasoning: str | None = None
    """Thinking text where the provider gives it apart from the answer."""
    finish_reason: str | None = None
    """The provider's own word for why it stopped."""
    usage: Usage = Usage()
    model: str | None = None
    """The model's name as the provider returned it, often a dated snapshot."""
    raw: Mapping[str, Any] = field(default_factory=dict)
    """The response body as received."""
    turns: Sequence[Completion] = ()
    """For a game of many turns: the answers one after another. Text and usage are then theirs together, and the stop is
    the last one's."""


def joined(turns: Sequence[Completion]) -> Completion:
    """The answers of a game of many turns as one; at least one."""
    last = turns[-1]
    reasoning = [turn.reasoning for turn in turns if turn.reasoning]
    return Completion(
        text="\n\n".join(turn.text for turn in turns),
        stop=last.stop,
        reasoning="\n\n".join(reasoning) or None,
        finish_reason=last.finish_reason,
        usage=_added([turn.usage for turn in turns]),
        model=last.model,
        turns=tuple(turns),
    )


def _added(usages: Sequence[Usage]) -> Usage:
    """Sums; None where any provider's count is missing."""

    def total(name: str) -> int | None:
        counts = [getattr(usage, name) for usage in usages]
        return None if None in counts else sum(counts)

    return Usage(**{name: total(name) for name in Usage.__dataclass_fields__})

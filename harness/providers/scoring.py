"""The seam for log-probabilities of given text: how likely a model holds each token to be, after those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Scored:
    """One text's tokens and their log-probabilities."""

    token_ids: Sequence[int]
    logprobs: Sequence[float | None]
    """Nats, one for each token; None where nothing precedes the token."""
    bos: bool
    """Whether the first token is a BOS put in front, and not part of the text."""
    moments: Sequence[tuple[float, float] | None] | None = None
    """For each token the mean and the standard deviation, in nats, of ln p over the whole vocabulary under p itself;
    None where nothing precedes. Given only by what sees whole distributions."""


class Scorer(Protocol):
    """Something that scores text."""

    async def score(self, texts: Sequence[str]) -> list[Scored]:
        """In the order given. Raises UsageError for what this model cannot score, ProviderFailure for what failed."""
        ...

    async def close(self) -> None:
        """Release what is held. Called once."""
        ...

"""One question to one model, named by its content."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property


@dataclass(frozen=True, kw_only=True)
class Sampling:
    """How a model is asked to generate. None leaves the provider's default and sends nothing."""

    max_tokens: int
    """Most tokens to generate, thinking included."""
    temperature: float | None = None
    thinking_budget: int | None = None
    """Tokens that may be spent on thinking (Anthropic)."""
    reasoning_effort: str | None = None
    """How hard to think, in the provider's words (OpenAI: "low", "medium", "high")."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """Everything that decides what is asked, so that two trials with equal keys are the same question."""

    task: str
    version: int
    size: int
    seed: int
    variant: str
    mode: str
    model: str
    base_url: str | None
    sampling: Sampling
    repeat: int
    prompt: str
    """The prompt's full text; in a game of many turns that of the turn."""
    example: int | None = None
    """The size of the solved instance that the prompt shows; None when it shows none."""
    turn: int = 0
    """Which turn of such a game, from 0."""

    @cached_property
    def key(self) -> str:
        """SHA-256 of the trial's content, 20 hexadecimal digits: an answer belongs to this and to nothing else."""
        content = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:20]

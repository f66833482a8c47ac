"""What a model's completions say of a text: methods for backends that give nothing but text.

Everything goes through a provider's ordinary answers, so that a chat model is asked in words to go on; a base model
would just go on, and other words make other numbers. Results of different wordings, prefix shares or models with and
without chat training are not to be compared.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.completion import Completion, Stop
from harness.memorization import sampling
from harness.providers.concurrency import AdaptiveLimit
from harness.providers.protocol import Provider
from harness.providers.retrying import Reached, RetryPolicy, ask
from harness.suite import Model
from harness.trial import Sampling, Trial

PREFIX_SHARE = 0.5
"""Of a text's characters that the model is given (SaMIA, 2404.11262, takes half; Carlini et al. 2022 50 tokens)."""

SAMPLES, SAMPLED_AT = 50, 0.8
"""CDD (Dong et al. 2024, 2402.15938): so many samples at this temperature, beside one greedy answer."""

SHORTEST_BLOCK = 5
"""Words and marks; shorter ones are shared by chance."""

ROOM = 64
"""Tokens beyond one for each byte of what is missing."""

WORDING = (
    "Below is the beginning of a text. Write how it goes on in the original, word for word, from exactly where it "
    "stops. Answer with the continuation only.\n\n"
)

PIECE = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class CompletionMethod:
    name: str
    calls: int
    """Requests a text."""
    unit: str
    source: str
    score: Callable[[str, Sequence[str]], float]
    """From the true continuation and the completions, the greedy one first. Higher is more memorized."""


def pieces(text: str) -> list[str]:
    """Words and marks: what stands for tokens where a model's own are not to be had."""
    return PIECE.findall(text)


def _verbatim(missing: str, answers: Sequence[str]) -> float:
    return sampling.verbatim(pieces(answers[0]), pieces(missing)).prefix_share


def _blocks(missing: str, answers: Sequence[str]) -> float:
    return sampling.verbatim(pieces(answers[0]), pieces(missing), SHORTEST_BLOCK).block_share


def _extractible(missing: str, answers: Sequence[str]) -> float:
    return float(sampling.verbatim(pieces(answers[0]), pieces(missing)).exact)


def _cdd(_missing: str, answers: Sequence[str]) -> float:
    return sampling.peak(pieces(answers[0]), [pieces(answer) for answer in answers[1:]])


_ROWS = (
    CompletionMethod("verbatim", 1, "share of the rest", "longest common prefix", _verbatim),
    CompletionMethod("blocks", 1, "share of the rest", "Cooper et al. (2603.24917), blocks", _blocks),
    CompletionMethod("extractible", 1, "0 or 1", "Carlini et al. 2022 (2202.07646)", _extractible),
    CompletionMethod("cdd", 1 + SAMPLES, "share of samples", "Dong et al. 2024 (2402.15938)", _cdd),
)
COMPLETIONS: Mapping[str, CompletionMethod] = {method.name: method for method in _ROWS}


@dataclass(frozen=True, kw_only=True)
class Completions:
    """A measure (``scores.Measure``): columns of texts from a provider's completions of their beginnings."""

    provider: Provider
    model: Model
    methods: Sequence[CompletionMethod]
    limit: AdaptiveLimit
    stop: asyncio.Event
    policy: RetryPolicy = field(default_factory=RetryPolicy)
    reached: Reached = field(default_factory=Reached)

    async def __call__(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """Raises ProviderFailure and Stopped."""
        return await asyncio.gather(*(self._columns(text) for text in texts))

    async def _columns(self, text: str) -> dict[str, Any]:
        given, missing = parted(text)
        calls = max(method.calls for method in self.methods)
        made = await asyncio.gather(*(self._completed(given, missing, repeat) for repeat in range(calls)))
        if not pieces(missing) or any(one is None for one in made):
            return {method.name: None for method in self.methods}
        answers = [one for one in made if one is not None]
        return {method.name: method.score(missing, answers[: method.calls]) for method in self.methods}

    async def _completed(self, given: str, missing: str, repeat: int) -> str | None:
        """The greedy answer for 0, a sample for any other; None where a token limit left nothing visible."""
        trial = Trial(
            task="memorization",
            version=1,
            size=len(given),
            seed=0,
            variant="text",
            mode="continue",
            model=self.model.name,
            base_url=self.model.base_url,
            sampling=Sampling(max_tokens=len(missing.encode()) + ROOM, temperature=SAMPLED_AT if repeat else 0.0),
            repeat=repeat,
            prompt=WORDING + given,
        )
        asked = await ask(
            self.provider, trial, self.policy, self.limit, self.reached, lambda _failure, _seconds: None, self.stop
        )
        return _visible(asked.completion)


def parted(text: str, share: float = PREFIX_SHARE) -> tuple[str, str]:
    """A text's beginning, up to the end of the word in which its share ends, and the rest."""
    end = re.compile(r"\s|$").search(text, int(len(text) * share))
    place = end.start() if end is not None else len(text)
    return text[:place], text[place:]


def _visible(completion: Completion) -> str | None:
    if not completion.text and completion.stop is Stop.LENGTH:
        return None
    return completion.text

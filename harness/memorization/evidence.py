"""What log-probabilities say of texts: each is scored under the target, and under whatever else a method needs."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from harness.memorization.code_length import code_length_bits, scored_nats, text_tokens
from harness.memorization.methods import Evidence, Method
from harness.providers.scoring import Scored, Scorer


@dataclass(frozen=True, kw_only=True)
class LogProbabilities:
    """A measure (``scores.Measure``): columns of texts from one or two scorers."""

    target: Scorer
    methods: Sequence[Method]
    reference: Scorer | None = None
    prefix: str | None = None
    """Text that the target has not seen, to put in front of each (ReCaLL)."""

    async def __call__(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """Raises what ``score`` raises, and UsageError for numbers that are not one for each token."""
        needs = {need for method in self.methods for need in method.needs}
        prefix = self.prefix if "prefix" in needs else None
        asked = [*texts]
        asked += [text.lower() for text in texts] if "lowercase" in needs else []
        asked += [prefix + text for text in texts] if prefix is not None else []
        scored, references = await asyncio.gather(self.target.score(asked), self._references(texts))
        parts = iter(scored)
        plain = [next(parts) for _ in texts]
        lowercase = [next(parts) if "lowercase" in needs else None for _ in texts]
        prefixed = [next(parts) if prefix is not None else None for _ in texts]
        return [
            self._columns(
                Evidence(
                    text=text,
                    target=plain[place],
                    reference=references[place],
                    lowercase=lowercase[place],
                    prefixed=prefixed[place],
                    prefix_tokens=_before(plain[place], prefixed[place]),
                )
            )
            for place, text in enumerate(texts)
        ]

    async def _references(self, texts: Sequence[str]) -> Sequence[Scored | None]:
        return await self.reference.score(texts) if self.reference is not None else [None for _ in texts]

    def _columns(self, evidence: Evidence) -> dict[str, Any]:
        nats = scored_nats(evidence.target)
        bits = code_length_bits(nats)
        under = evidence.reference
        return {
            "tokens": len(text_tokens(evidence.target)),
            "scored_tokens": len(nats),
            "bos": evidence.target.bos,
            "bits": _finite(bits),
            "bits_per_byte": _finite(bits / len(evidence.text.encode())),
            "reference_bos": under.bos if under is not None else None,
            "reference_bits": _finite(code_length_bits(scored_nats(under))) if under is not None else None,
            **{method.name: _finite(method.score(evidence)) for method in self.methods},
        }


def _before(alone: Scored, prefixed: Scored | None) -> int:
    """How many tokens come before the text's own. How a prefix alone is split says nothing: its end joins the text."""
    return len(prefixed.token_ids) - len(text_tokens(alone)) if prefixed is not None else 0


def _finite(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None

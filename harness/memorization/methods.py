"""Every score on log-probabilities, by name: what it needs of a model, its unit, its source.

One convention: higher is more memorized. A method gives None where the text or the evidence leaves it undefined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import fsum, isfinite

from harness.errors import UnknownName, UsageError
from harness.memorization import code_length, likelihood
from harness.memorization.code_length import same_string, scored_nats, text_tokens
from harness.providers.scoring import Scored


class Tier(IntEnum):
    """What a backend lets be seen. The lower the number, the more; each tier serves what those after it need."""

    FULL_LOGITS = 1
    PROMPT_LOGPROBS = 2
    GENERATED_LOGPROBS = 3
    TEXT = 4

    @property
    def sees(self) -> str:
        return _SEES[self]


_SEES = {
    Tier.FULL_LOGITS: "the whole distribution at each token",
    Tier.PROMPT_LOGPROBS: "the log-probability of each token of a given text",
    Tier.GENERATED_LOGPROBS: "log-probabilities of what it generates only",
    Tier.TEXT: "text only",
}

REFERENCE, LOWERCASE, PREFIX = "reference", "lowercase", "prefix"
"""What a method may need beside the text under the target."""

_MISSING = {
    REFERENCE: "a reference model",
    LOWERCASE: "the text in lower case, scored",
    PREFIX: "a prefix of texts that the model is known not to have seen",
}


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What models say of one text."""

    text: str
    target: Scored
    reference: Scored | None = None
    lowercase: Scored | None = None
    """``text.lower()`` under the target."""
    prefixed: Scored | None = None
    """A prefix of non-members and the text, in one, under the target."""
    prefix_tokens: int = 0
    """How many tokens of ``prefixed`` come before the text, a BOS included."""


@dataclass(frozen=True)
class Method:
    name: str
    tier: Tier
    """The least that a backend must show."""
    needs: frozenset[str]
    """Of REFERENCE, LOWERCASE, PREFIX."""
    unit: str
    source: str
    score: Callable[[Evidence], float | None]
    """Higher is more memorized. None where it is not defined."""


def find(name: str) -> Method:
    """Raises UnknownName."""
    if name not in METHODS:
        raise UnknownName("memorization method", name, METHODS)
    return METHODS[name]


def available(tier: Tier, given: Iterable[str] = ()) -> list[Method]:
    """What a backend of the tier serves with what is given beside the text, in the order of METHODS."""
    return [method for method in METHODS.values() if not lacking(method, tier, given)]


def lacking(method: Method, tier: Tier, given: Iterable[str] = ()) -> list[str]:
    """What the method needs and does not get, in words."""
    missing = [f"a backend that shows {method.tier.sees}"] if tier > method.tier else []
    return missing + [_MISSING[need] for need in sorted(method.needs - set(given))]


def choose(names: Sequence[str], backend: str, tier: Tier, given: Iterable[str] = ()) -> list[Method]:
    """The methods named. Raises UnknownName, and UsageError for one that cannot be served, naming what can.

    backend: the model as the user wrote it, for the message.
    """
    given = frozenset(given)
    chosen = [find(name) for name in names]
    for method in chosen:
        if missing := lacking(method, tier, given):
            raise UsageError(
                f"{method.name} needs {' and '.join(missing)}; {backend} shows {tier.sees}", _alternatives(tier, given)
            )
    return chosen


def _alternatives(tier: Tier, given: frozenset[str]) -> str:
    served = [method.name for method in available(tier, given)]
    if served:
        return f"choose of: {', '.join(served)}"
    return f"on text alone there are: {', '.join(TEXT_ONLY)}"


TEXT_ONLY = ("verbatim completion", "CDD", "perturbation gap")
"""What needs no log-probability at all: ``sampling``."""


def _of_target(score: Callable[[Sequence[float]], float | None]) -> Callable[[Evidence], float | None]:
    return lambda evidence: score(scored_nats(evidence.target))


def _against_reference(
    score: Callable[[Sequence[float], Sequence[float]], float | None],
) -> Callable[[Evidence], float | None]:
    def scored(evidence: Evidence) -> float | None:
        same = None if evidence.reference is None else same_string(evidence.target, evidence.reference)
        return None if same is None or not all(same) else score(*same)

    return scored


def _on_totals(score: Callable[[float, float], float]) -> Callable[[Evidence], float | None]:
    """Of a score of the whole text's ln p under the target and under the reference."""
    return _against_reference(lambda target, reference: score(fsum(target), fsum(reference)))


def _zlib(evidence: Evidence) -> float | None:
    return likelihood.zlib(scored_nats(evidence.target), evidence.text)


def _min_k_plus_plus(evidence: Evidence) -> float | None:
    nats, moments = scored_nats(evidence.target), [pair for pair in evidence.target.moments or () if pair is not None]
    return likelihood.min_k_plus_plus(nats, moments) if len(moments) == len(nats) else None


def _lowercase(evidence: Evidence) -> float | None:
    if evidence.lowercase is None:
        return None
    return likelihood.lowercase(scored_nats(evidence.target), scored_nats(evidence.lowercase))


def _recall(evidence: Evidence) -> float | None:
    """None also where the prefix changed how the text is split: then its tokens are not the same."""
    if evidence.prefixed is None or not evidence.prefix_tokens:
        return None
    alone, tokens = scored_nats(evidence.target), text_tokens(evidence.target)
    if list(evidence.prefixed.token_ids[evidence.prefix_tokens :]) != tokens:
        return None
    return likelihood.recall(alone, scored_nats(evidence.prefixed)[-len(alone) :] if alone else [])


def _finite(score: Callable[[Evidence], float | None]) -> Callable[[Evidence], float | None]:
    def scored(evidence: Evidence) -> float | None:
        value = score(evidence)
        return value if value is not None and isfinite(value) else None

    return scored


_P, _L = Tier.PROMPT_LOGPROBS, Tier.FULL_LOGITS
_CARLINI, _MORRIS = "Carlini et al. 2021 (2012.07805)", "Morris et al. 2025 (2505.24832)"
_ROWS: list[tuple[str, Tier, set[str], str, str, Callable[[Evidence], float | None]]] = [
    ("loss", _P, set(), "nats a token, negated", "Yeom et al. 2018", _of_target(likelihood.loss)),
    ("perplexity", _P, set(), "perplexity, negated", "Yeom et al. 2018", _of_target(likelihood.perplexity)),
    ("zlib", _P, set(), "code length by zlib size, negated", f"{_CARLINI}, totals", _zlib),
    ("lowercase", _P, {LOWERCASE}, "ratio", _CARLINI, _lowercase),
    (
        "reference_ratio",
        _P,
        {REFERENCE},
        "nats a token",
        "difference of mean log-probabilities, as in MIMIR",
        _against_reference(likelihood.reference),
    ),
    ("mem_u", _P, {REFERENCE}, "bits", _MORRIS, _on_totals(code_length.mem_u_bits)),
    ("mem_signed", _P, {REFERENCE}, "bits", f"{_MORRIS}, its terms", _on_totals(code_length.mem_signed_bits)),
    ("mem_mixture", _P, {REFERENCE}, "bits", f"{_MORRIS}, derived", _on_totals(code_length.mem_mixture_bits)),
    ("min_k", _P, set(), "nats", "Shi et al. 2023 (Min-K% Prob)", _of_target(likelihood.min_k)),
    ("min_k_plus_plus", _L, set(), "standard deviations", "Zhang et al. 2025 (Min-K%++)", _min_k_plus_plus),
    ("recall", _P, {PREFIX}, "ratio", "Xie et al. 2024 (ReCaLL)", _recall),
]

METHODS: Mapping[str, Method] = {
    name: Method(name, tier, frozenset(needs), unit, source, _finite(score))
    for name, tier, needs, unit, source, score in _ROWS
}

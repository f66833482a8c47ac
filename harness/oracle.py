"""Models that need no key: ``oracle/perfect`` answers every question rightly, ``oracle/none`` says nothing.

The first proves that a task can be solved through the very path that models take, the second that it cannot be
passed by accident.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping

from harness import modes
from harness.completion import Completion, Stop
from harness.plugins import Plugin
from harness.providers.protocol import ProviderFailure
from harness.question import pose
from harness.sandbox.protocol import Program, Sandbox
from harness.task import IMPOSSIBLE
from harness.trial import Trial


class Perfect:
    """What a perfect model would answer, made from the task's reference programs."""

    def __init__(self, plugins: Mapping[str, Plugin], sandbox: Sandbox) -> None:
        self._plugins = plugins
        self._sandbox = sandbox

    async def complete(self, trial: Trial) -> Completion:
        plugin = self._plugins[trial.task]
        language = modes.find(trial.mode).language
        if language is None:
            text = await asyncio.to_thread(self._moves, plugin, trial)
        else:
            text = f"```{language}\n{self._program(plugin, language).source}```\n"
        return Completion(text=text, stop=Stop.END, finish_reason="stop", model="oracle/perfect")

    async def close(self) -> None:
        """Nothing is held."""

    def _program(self, plugin: Plugin, language: str) -> Program:
        if language not in plugin.solvers:
            raise ProviderFailure(f"{plugin.name} has no reference program in {language} for the oracle to answer with")
        return Program(plugin.solvers[language], "lua" if language == "lua" else "python")

    def _moves(self, plugin: Plugin, trial: Trial) -> str:
        language = "python" if "python" in plugin.solvers else "lua"
        arguments = pose(plugin, trial.size, trial.seed, trial.variant).instance.arguments
        execution = self._sandbox.run(self._program(plugin, language), arguments)
        if execution.ending != "ok" or execution.value is None:
            raise ProviderFailure(f"{plugin.name}'s reference program in {language} failed: {execution.reason}")
        if execution.value == json.dumps(IMPOSSIBLE):
            return f"moves = {IMPOSSIBLE}\n"
        return f"```\nmoves = {execution.value}\n```\n"


class Silent:
    """A model that says nothing."""

    async def complete(self, trial: Trial) -> Completion:
        return Completion(text="", stop=Stop.END, finish_reason="stop", model="oracle/none")

    async def close(self) -> None:
        """Nothing is held."""

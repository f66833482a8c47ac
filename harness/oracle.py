"""Models that need no key: ``oracle/perfect`` answers every question rightly, ``oracle/none`` says nothing.

The first proves that a task can be solved through the very path that models take, the second that it cannot be
passed by accident.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence

from harness import modes
from harness.completion import Completion, Stop
from harness.errors import UsageError
from harness.modes.mode import Mode
from harness.modes.solution import shortest_solution
from harness.plugins import Plugin
from harness.providers.protocol import ProviderFailure
from harness.question import Question, pose
from harness.reference import reference
from harness.sandbox.protocol import LANGUAGES, Language, Program, Sandbox
from harness.task import IMPOSSIBLE, Json
from harness.trial import Trial


class Perfect:
    """What a perfect model would answer, made from the task's reference programs."""

    def __init__(self, plugins: Mapping[str, Plugin], sandbox: Sandbox) -> None:
        self._plugins = plugins
        self._sandbox = sandbox

    async def complete(self, trial: Trial) -> Completion:
        """See ``Provider.complete``."""
        mode = modes.find(trial.mode)
        asked = pose(self._plugins[trial.task], trial.size, trial.seed, trial.variant)
        if mode.language is not None:
            self._program(asked, mode.language)
        items = await asyncio.to_thread(self._solution, mode, asked, trial.turn)
        text = mode.perfect(asked, items)
        return Completion(text=text, stop=Stop.END, finish_reason="stop", model="oracle/perfect")

    async def close(self) -> None:
        """Nothing is held."""

    def _program(self, asked: Question, language: Language) -> Program:
        source = reference(asked, language)
        if source is None:
            raise ProviderFailure(f"{asked.plugin.name} has no reference program in {language} to answer with")
        return Program(source, language)

    def _solution(self, mode: Mode, asked: Question, turn: int) -> Sequence[Json] | None:
        """A solution's items: the reference program's or, for a part of one, a shortest way's from there on."""
        if mode.language is not None and mode.floor is None:
            return []  # the program says it all
        if not mode.needs_solution:
            return self._returned(asked)
        try:
            made = turn * (mode.turns or 0)
            return (shortest_solution(mode.question(asked), made + (mode.turns or 1)) or [])[made:]
        except UsageError as error:
            raise ProviderFailure(str(error)) from error

    def _returned(self, asked: Question) -> Sequence[Json] | None:
        language = next(language for language in ("python", *LANGUAGES) if reference(asked, language) is not None)
        execution = self._sandbox.run(self._program(asked, language), asked.instance.arguments)
        if execution.ending != "ok" or execution.value is None:
            raise ProviderFailure(f"{asked.plugin.name}'s reference program in {language} failed: {execution.reason}")
        items = json.loads(execution.value)
        return None if items == IMPOSSIBLE else items


class Silent:
    """A model that says nothing."""

    async def complete(self, trial: Trial) -> Completion:
        return Completion(text="", stop=Stop.END, finish_reason="stop", model="oracle/none")

    async def close(self) -> None:
        """Nothing is held."""

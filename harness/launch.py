"""Puts a run together, from a suite or from a run folder, and asks what is still missing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from harness import suite
from harness.completion import Completion
from harness.errors import SandboxUnavailable, UnknownName, UsageError
from harness.models import concurrency, connect, in_process, resolved, tokenizer
from harness.modes.prompt import prompt
from harness.modes.turns import game
from harness.plan import Cell, plan
from harness.plugins import Plugin, discover, load
from harness.provenance import describe, refuse_changed_tasks, refuse_changed_weights
from harness.providers.concurrency import AdaptiveLimit
from harness.providers.protocol import Provider
from harness.runner import Game, Line, Run, Tally
from harness.sandbox.choice import AUTO, Choice, WhenNeeded
from harness.sandbox.protocol import LANGUAGES, Language
from harness.store import RunFolder
from harness.suite import Model, Suite
from harness.trial import Trial
from harness.verdicts import judge_of


@dataclass(frozen=True)
class Launch:
    """A run that is put together; nothing has been asked yet."""

    suite: Suite
    plugins: Mapping[str, Plugin]
    cells: Sequence[Cell]
    folders: Sequence[Path]
    """Where plugins were looked for besides the bundled and installed ones."""
    sandbox: WhenNeeded
    _providers: dict[str, Provider] = field(default_factory=dict, repr=False)

    @property
    def languages(self) -> set[Language]:
        """The languages of the programs that are asked for."""
        return {cell.mode.language for cell in self.cells if cell.asked and cell.mode.language is not None}

    def chosen_sandbox(self) -> Choice | None:
        """What its programs run in; None when it asks for none. Raises SandboxUnavailable."""
        if not self.languages:
            return None
        choice = self.sandbox.choice()
        if missing := sorted(self.languages - set(choice.languages)):
            asked = " and ".join(LANGUAGES[language] for language in missing)
            raise SandboxUnavailable(f"programs in {asked} do not run in {choice.told}", "ask in another --mode")
        return choice

    def provider(self, model: Model) -> Provider:
        """What answers for a model; connected when it is first asked for."""
        if model.name not in self._providers:
            self._providers[model.name] = connect(model, self.plugins, self.sandbox)
        return self._providers[model.name]


def put_together(asked: Suite, folders: Sequence[Path] = (), sandbox: str = AUTO) -> Launch:
    """A new run of a suite. Raises UsageError or UnknownName for models and tasks that do not exist."""
    if not asked.models:
        raise UsageError(f"suite {asked.name} names no model", "say which: --model provider/model, e.g. oracle/perfect")
    models = [resolved(model) for model in asked.models]
    return load_and_plan(asked.model_copy(update={"models": models}), folders, sandbox)


def load_and_plan(asked: Suite, folders: Sequence[Path], sandbox: str = AUTO) -> Launch:
    """A suite with its tasks and its cells, whatever its models. Raises UsageError or UnknownName."""
    found = discover(folders)
    for name in (grid.task for grid in asked.grid):
        if name not in found:
            unknown = UnknownName("task", name, found, f"suite {asked.name}")
            unknown.next_step += "; a task of your own needs --plugins DIR"
            raise unknown
    plugins = {name: load(found[name]) for name in dict.fromkeys(grid.task for grid in asked.grid)}
    return Launch(asked, plugins, plan(asked, plugins, tokenizer), folders, WhenNeeded(asked.limits.limits(), sandbox))


def begin(launch: Launch, path: Path) -> RunFolder:
    """Connect the models, then make the folder of a new run: one that cannot begin leaves none behind.

    Raises RunFolderError when the folder holds a run already, and what ``connect`` raises.
    """
    for model in launch.suite.models:
        if _trials(launch.cells, model.name):
            launch.provider(model)
    folder = RunFolder(path)
    described = describe(launch.suite, launch.plugins, launch.cells, launch.folders)
    folder.create({"created": datetime.now(UTC).isoformat(timespec="seconds"), **described})
    return folder


def reopen(path: Path, sandbox: str = AUTO) -> tuple[RunFolder, Launch]:
    """The run of a folder, put together again. Raises RunFolderError when its tasks or weights are not the same."""
    folder = RunFolder(path)
    run = folder.run()
    asked = suite.validate(run["suite"], str(folder.run_file))
    launch = load_and_plan(asked, [Path(place) for place in run["plugins"]], sandbox)
    refuse_changed_tasks(run, launch.plugins, path)
    refuse_changed_weights(run, launch.suite, path)
    return folder, launch


async def execute(launch: Launch, folder: RunFolder, tally: Tally, stop: asyncio.Event) -> None:
    """Ask every trial that has no stored answer, judge every answer that has no verdict."""
    answered = folder.answered()
    missing = {
        model.name: [trial for trial in _trials(launch.cells, model.name) if trial.key not in answered]
        for model in launch.suite.models
    }
    tally.planned = sum(len(trials) for trials in missing.values())
    asked = [model for model in launch.suite.models if missing[model.name]]
    limits = _limits(asked)
    games = {trial.key: _game(cell) for cell in launch.cells if cell.mode.turns for trial in cell.trials()}
    lines = [Line(model, launch.provider(model), missing[model.name], limits[_server(model)], games) for model in asked]
    judge = judge_of(launch.cells, launch.sandbox)
    await Run(folder, judge, tally, stop).measure(_queues(lines))


def _game(cell: Cell) -> Game:
    def prompts(answers: Sequence[Completion]) -> Iterator[str]:
        for asked in game(cell.question, answers, cell.mode.turns or 1):
            yield prompt(cell.mode, asked, cell.example)

    return prompts


def _queues(lines: Sequence[Line]) -> list[list[Line]]:
    """Models in this machine's memory one after another, so that it holds one at a time; servers beside them."""
    here = [line for line in lines if in_process(line.model)]
    return [*([line] for line in lines if line not in here), here]


def _server(model: Model) -> tuple[str, str | None]:
    """What models share that are asked at one place: its 429s are answers to all of them."""
    return model.name.partition("/")[0], model.base_url


def _limits(models: Sequence[Model]) -> dict[tuple[str, str | None], AdaptiveLimit]:
    most: dict[tuple[str, str | None], int] = {}
    for model in models:
        most[_server(model)] = max(concurrency(model), most.get(_server(model), 0))
    return {server: AdaptiveLimit(number) for server, number in most.items()}


def _trials(cells: Sequence[Cell], model: str) -> list[Trial]:
    return [trial for cell in cells if cell.model.name == model for trial in cell.trials()]

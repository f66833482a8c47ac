"""Running: a suite anew, or what is missing of a run."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harness.cli import options
from harness.errors import INTERRUPTED, UNMEASURED, ProviderRefused

if TYPE_CHECKING:
    from harness.launch import Launch
    from harness.runner import Tally
    from harness.store import RunFolder

ALL_MEASURED, REFUSED = 0, ProviderRefused.exit_code


@click.command()
@click.argument("suite", required=False)
@click.option("--model", "models", multiple=True, metavar="NAME", help="provider/model; replaces the suite's models.")
@click.option("--base-url", default=None, help="Address of an OpenAI- or Anthropic-compatible server for the models.")
@click.option("--concurrency", type=click.IntRange(1), default=None, help="Most requests in flight a model.")
@click.option("--task", "tasks", multiple=True, help="Without a suite: a task to ask. May be given several times.")
@click.option(
    "--sizes", type=options.Numbers(), default=None, metavar="1-5,8", help="Which sizes; overrides a suite's."
)
@click.option("--seeds", type=options.Numbers(), default=None, metavar="0-5", help="Which instances of each size.")
@click.option("--variant", "variants", multiple=True, help="Which kinds of instance. May be given several times.")
@click.option("--mode", "modes", multiple=True, help="Which ways of asking. May be given several times.")
@click.option("--repeats", type=click.IntRange(1), default=None, help="How often each cell is asked.")
@click.option("--max-tokens", type=click.IntRange(1), default=None, help="Most tokens to generate, thinking included.")
@click.option("--temperature", type=float, default=None)
@click.option("--thinking-budget", type=click.IntRange(1024), default=None, help="Tokens for thinking (Anthropic).")
@click.option("--reasoning-effort", default=None, help="low, medium, high, ... (OpenAI).")
@click.option(
    "--out", type=click.Path(path_type=Path), default=None, help="The run's folder, else results/<suite>-<time>."
)
@click.option("--dry-run", is_flag=True, help="Print the plan and what it may cost; ask nothing.")
@options.sandbox
@options.unsafe
@options.plugins
def run(
    suite: str | None, models: Sequence[str], base_url: str | None, concurrency: int | None, out: Path | None,
    dry_run: bool, folders: Sequence[Path], sandbox: str, **asked: Any,
) -> int:  # fmt: skip
    """Ask a SUITE (a bundled name or a TOML file), or what the flags say; judge, store and tabulate the answers."""
    from harness.cli.dry_run import print_plan
    from harness.cli.flags import suite_of, with_models
    from harness.launch import begin, put_together

    chosen = with_models(suite_of(suite, asked), models, base_url, concurrency)
    launch = put_together(chosen, folders, sandbox)
    if dry_run:
        print_plan(launch)
        return ALL_MEASURED
    launch.chosen_sandbox()  # before there is a folder, and before anything is paid for
    now = datetime.now().strftime("%Y%m%d-%H%M%S")
    folder = begin(launch, out or Path("results") / f"{chosen.name}-{now}")
    return _go(launch, folder)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@options.sandbox
@options.unsafe
def resume(folder: Path, sandbox: str) -> int:
    """Ask what the run in FOLDER is still missing, and nothing twice."""
    from harness.launch import reopen

    run_folder, launch = reopen(folder, sandbox)
    return _go(launch, run_folder)


def _go(launch: Launch, folder: RunFolder) -> int:
    from harness.cli.display import print_table, tell, tell_disproved, tell_sandbox
    from harness.leaderboard import leaderboard
    from harness.runner import Tally

    tally = Tally()
    tell(_heading(launch, folder))
    with folder.locked():
        tell_sandbox(launch)
        interrupted = asyncio.run(_execute(launch, folder, tally))
    print_table(leaderboard([folder]))
    tell_disproved([folder])
    return _report(launch, folder, tally, interrupted=interrupted)


async def _execute(launch: Launch, folder: RunFolder, tally: Tally) -> bool:
    """Run until done or stopped; True when Ctrl-C or SIGTERM came first."""
    from harness.cli.display import line, progress, tell
    from harness.launch import execute

    stop = asyncio.Event()

    def interrupt() -> None:
        if stop.is_set():
            tell(f"left; pegboard resume {folder.path} goes on from what is stored", fg="red")
            os._exit(INTERRUPTED)  # every answer that has arrived is on disk; threads and sockets need no farewell
        stop.set()
        tell("\nstopping: waiting for what is in flight; press Ctrl-C again to leave it")

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, interrupt)
    async with progress(partial(line, tally)):
        await execute(launch, folder, tally, stop)
    return stop.is_set()


def _report(launch: Launch, folder: RunFolder, tally: Tally, *, interrupted: bool) -> int:
    from harness.cli.display import tell

    tell(f"\nanswers, verdicts and errors: {folder.path}")
    if (choice := launch.chosen_sandbox()) and choice.unsafe:
        tell(f"sandbox: {choice.told}", fg="red")
    for model, reason in tally.stopped.items():
        tell(f"{model} was asked no further: {reason}", fg="red")
    if tally.judging_failed:
        tell(tally.judging_failed, fg="red")
    planned = {trial.key for cell in launch.cells for trial in cell.trials()}
    missing = len(planned - folder.judged())
    if missing:
        last = f" (last: {tally.last_failure})" if tally.last_failure else ""
        tell(f"{missing} of {len(planned)} trials have no outcome{last}")
        tell(f"  pegboard resume {folder.path}   asks and judges exactly these")
    if interrupted:
        return INTERRUPTED if missing else ALL_MEASURED
    if tally.stopped:
        return REFUSED
    return UNMEASURED if missing else ALL_MEASURED


def _heading(launch: Launch, folder: RunFolder) -> str:
    models = ", ".join(model.name for model in launch.suite.models)
    trials = sum(cell.repeats for cell in launch.cells if cell.asked)
    marked = sum(cell.infeasible is not None for cell in launch.cells)
    heading = f"{launch.suite.name}: {trials} trials of {models}; {marked} infeasible cells marked"
    return f"{heading}\n{launch.suite.description}".rstrip()

"""Running: a suite anew, or what is missing of a run."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harness.cli import options

if TYPE_CHECKING:
    from harness.launch import Launch
    from harness.runner import Tally
    from harness.store import RunFolder
    from harness.suite import Suite

ALL_MEASURED, UNMEASURED, REFUSED, INTERRUPTED = 0, 4, 6, 130


@click.command()
@click.argument("suite", required=False)
@click.option("--model", "models", multiple=True, metavar="NAME", help="provider/model; replaces the suite's models.")
@click.option("--base-url", default=None, help="Address of an OpenAI- or Anthropic-compatible server for the models.")
@click.option("--concurrency", type=click.IntRange(1), default=None, help="Most requests in flight a model.")
@click.option("--task", "tasks", multiple=True, help="Without a suite: a task to ask. May be given several times.")
@click.option("--sizes", type=options.Numbers(), default=None, metavar="1-5,8", help="Without a suite: their sizes.")
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
@options.plugins
def run(
    suite: str | None, models: Sequence[str], base_url: str | None, concurrency: int | None, out: Path | None,
    dry_run: bool, folders: Sequence[Path], **asked: Any,
) -> int:  # fmt: skip
    """Ask a SUITE (a bundled name or a TOML file), or what the flags say; judge, store and tabulate the answers."""
    from harness.cli.dry_run import print_plan
    from harness.launch import begin, put_together

    chosen = _suite(suite, asked)
    chosen = _with_models(chosen, models, base_url, concurrency)
    launch = put_together(chosen, folders)
    if dry_run:
        print_plan(launch)
        return ALL_MEASURED
    now = datetime.now().strftime("%Y%m%d-%H%M%S")
    folder = begin(launch, out or Path("results") / f"{chosen.name}-{now}")
    return _go(launch, folder)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def resume(folder: Path) -> int:
    """Ask what the run in FOLDER is still missing, and nothing twice."""
    from harness.launch import reopen

    run_folder, launch = reopen(folder)
    return _go(launch, run_folder)


def _go(launch: Launch, folder: RunFolder) -> int:
    from harness.cli.display import print_table
    from harness.leaderboard import leaderboard
    from harness.runner import Tally

    tally = Tally()
    click.echo(_heading(launch, folder), err=True)
    with folder.locked():
        interrupted = asyncio.run(_execute(launch, folder, tally))
    print_table(leaderboard([folder]))
    return _report(tally, folder, interrupted=interrupted)


async def _execute(launch: Launch, folder: RunFolder, tally: Tally) -> bool:
    """Run until done or stopped; True when Ctrl-C or SIGTERM came first."""
    from harness.cli.display import progress
    from harness.launch import execute

    stop = asyncio.Event()
    work = asyncio.current_task()

    def interrupt() -> None:
        if stop.is_set() and work is not None:
            work.cancel()
            return
        stop.set()
        click.echo("\nstopping: waiting for what is in flight; press Ctrl-C again to leave it", err=True)

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, interrupt)
    try:
        with progress(tally):
            await execute(launch, folder, tally, stop)
    except asyncio.CancelledError:
        return True
    return stop.is_set()


def _report(tally: Tally, folder: RunFolder, *, interrupted: bool) -> int:
    click.echo(f"\nanswers, verdicts and errors: {folder.path}", err=True)
    for model, reason in tally.stopped.items():
        click.secho(f"{model} was asked no further: {reason}", fg="red", err=True)
    missing = tally.planned - tally.answered
    if missing or tally.unmeasured:
        last = f" (last: {tally.last_failure})" if tally.last_failure else ""
        click.echo(f"{max(missing, tally.unmeasured)} of {tally.planned} trials have no outcome{last}", err=True)
        click.echo(f"  pegboard resume {folder.path}   asks exactly these", err=True)
    if interrupted:
        return INTERRUPTED
    if tally.stopped:
        return REFUSED
    return UNMEASURED if missing or tally.unmeasured else ALL_MEASURED


def _heading(launch: Launch, folder: RunFolder) -> str:
    from harness.launch import sandbox_of

    models = ", ".join(model.name for model in launch.suite.models)
    trials = sum(cell.repeats for cell in launch.cells if cell.asked)
    marked = sum(cell.infeasible is not None for cell in launch.cells)
    return (
        f"{launch.suite.name}: {trials} trials of {models}; {marked} infeasible cells marked; "
        f"sandbox: {sandbox_of(launch.suite).name}\n{launch.suite.description}".rstrip()
    )


def _suite(name: str | None, asked: dict[str, Any]) -> Suite:
    """The suite that a name and flags describe. Flags override every grid of a suite, or make one of their own."""
    from harness import suite
    from harness.errors import UsageError

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


def _with_models(chosen: Suite, models: Sequence[str], base_url: str | None, concurrency: int | None) -> Suite:
    from harness import suite

    data = chosen.model_dump(exclude_none=True)
    if models:
        known = {model["name"]: model for model in data["models"]}
        data["models"] = [known.get(name, {"name": name}) for name in models]
    given = {key: value for key, value in (("base_url", base_url), ("concurrency", concurrency)) if value is not None}
    data["models"] = [{**model, **given} for model in data["models"]]
    return suite.validate(data, "the command line")

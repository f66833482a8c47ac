"""The memorize command: scores of texts under a model, and the table of their means."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harness.cli import options
from harness.errors import INTERRUPTED, UNMEASURED, UsageError

if TYPE_CHECKING:
    from harness.memorization.folder import ScoresFolder
    from harness.memorization.launch import Asked
    from harness.memorization.scores import Tally
    from harness.memorization.texts import Absent, Text
    from harness.suite import Model

SCORES = Path("scores")
ALL_SCORED = 0


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--model", "name", metavar="NAME", help="provider/model to score with.")
@click.option("--base-url", default=None, help="Address of the model's server.")
@click.option("--reference", metavar="NAME", help="A second model, to compare code lengths with.")
@click.option("--reference-base-url", default=None, help="Address of the reference's server.")
@click.option("--relation", default=None, help="How the reference stands to the model; recorded, never assumed.")
@click.option("--engine", "engine", multiple=True, metavar="OPTION=VALUE", help="For models in this process.")
@click.option("--task", "tasks", multiple=True, help="A task whose texts are scored. May be given several times.")
@click.option("--sizes", type=options.Numbers(), default=None, metavar="1-5,8", help="Which sizes.")
@click.option("--seeds", type=options.Numbers(), default="0", metavar="0-5", help="Which instances of each size.")
@click.option("--variant", "variants", multiple=True, help="Which kinds of instance, disguises after a dot.")
@click.option(
    "--text-kind", "kinds", multiple=True, help="statement, moves, program/python, program/lua; else all of them."
)
@click.option("--method", "methods", multiple=True, help="Which scores; all that the model can serve when not given.")
@click.option(
    "--prefix",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="A file with texts that the model has not seen, for recall.",
)
@click.option("--out", type=click.Path(path_type=Path), default=None, help="The folder, else scores/<model>-<time>.")
@click.option("--by-size", is_flag=True, help="One row a size as well.")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@options.plugins
def memorize(files: Sequence[Path], name: str | None, out: Path | None, by_size: bool, form: str, **asked: Any) -> int:
    """Score how well a model knows texts: FILES of one's own (.jsonl: one a line), or those of puzzles (--task).

    Scores are stored as they come; the same command with the same --out scores only what is missing. Without anything
    to score, --out prints what is there.
    """
    from harness.memorization.folder import ScoresFolder

    if name is None:
        if out is None or files or asked["tasks"]:
            raise UsageError("say which model is to score: --model provider/model, e.g. local/smollm2")
        return _print(ScoresFolder(out), by_size=by_size, form=form)
    now = datetime.now().strftime("%Y%m%d-%H%M%S")
    folder = ScoresFolder(out or SCORES / f"{name.rpartition('/')[2]}-{now}")
    code = _score(_asked(name, asked), _texts(files, asked), folder)
    if folder.run_file.exists():
        _print(folder, by_size=by_size, form=form)
    return code


def _asked(name: str, asked: Mapping[str, Any]) -> Asked:
    from harness.memorization.access import choose
    from harness.memorization.launch import Asked
    from harness.memorization.methods import PREFIX, REFERENCE
    from harness.memorization.texts import of_files

    engine = dict(_option(each) for each in asked["engine"])
    model = _model(name, asked["base_url"], engine)
    reference = asked["reference"]
    given = {*([REFERENCE] if reference else []), *([PREFIX] if asked["prefix"] else [])}
    return Asked(
        model=model,
        choice=choose(asked["methods"], model, given),
        reference=_model(reference, asked["reference_base_url"], engine) if reference else None,
        relation=asked["relation"],
        prefix="".join(f"{text.text}\n\n" for text in of_files([asked["prefix"]])) if asked["prefix"] else None,
    )


def _model(name: str, base_url: str | None, engine: Mapping[str, Any]) -> Model:
    from harness.models import ENGINES_WITH_OPTIONS, resolved
    from harness.suite import Model

    has_options = name.partition("/")[0] in ENGINES_WITH_OPTIONS
    return resolved(Model(name=name, base_url=base_url, engine=dict(engine) if has_options else {}))


def _option(text: str) -> tuple[str, Any]:
    """``gpu_memory_utilization=0.4``: the value as in TOML where it is a number or a truth, else the words."""
    import json

    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"--engine {text!r} gives no value", "write OPTION=VALUE, such as threads=2")
    try:
        found = json.loads(value)
    except ValueError:
        found = value
    return name, found if isinstance(found, (int, float, bool)) else value


def _texts(files: Sequence[Path], asked: Mapping[str, Any]) -> Iterable[Text | Absent]:
    """Lazily. Raises UsageError for what cannot be asked, before any model is."""
    from itertools import chain

    from harness.errors import UnknownName
    from harness.memorization.texts import KINDS, of_files, of_puzzles
    from harness.plugins import find

    if not files and not asked["tasks"]:
        raise UsageError("there is nothing to score", "name files of your own, or --task NAME --sizes 3-5")
    if asked["tasks"] and not asked["sizes"]:
        raise UsageError("--task needs sizes", "write, for instance, --sizes 3-5")
    for kind in asked["kinds"]:
        if kind not in KINDS:
            raise UnknownName("kind of text", kind, KINDS)
    puzzles = of_puzzles(
        [find(task, asked["folders"]) for task in asked["tasks"]],
        sizes=asked["sizes"] or (),
        seeds=asked["seeds"],
        variants=asked["variants"],
        kinds=asked["kinds"] or KINDS,
    )
    return chain(of_files(files), puzzles)


def _score(asked: Asked, texts: Iterable[Text | Absent], folder: ScoresFolder) -> int:
    from harness.cli.display import tell
    from harness.memorization.scores import Tally

    tally = Tally()
    against = f" against {asked.reference.name}" if asked.reference is not None else ""
    tell(f"{asked.model.name}{against}: {', '.join(asked.choice.names)}")
    with folder.working():
        interrupted = asyncio.run(_execute(asked, texts, folder, tally))
    tell(f"\nscores: {folder.path}" if folder.run_file.exists() else "nothing was scored")
    if tally.absent:
        tell(f"{tally.absent} texts do not exist: solutions of what has none, or none that is found")
    if tally.failed:
        tell(f"{tally.failed} texts could not be scored (last: {tally.last_failure})", fg="red")
        tell(f"  {folder.errors_file} says which and why")
    if interrupted:
        tell("the same command with the same --out scores what is missing")
        return INTERRUPTED
    return UNMEASURED if tally.failed else ALL_SCORED


async def _execute(asked: Asked, texts: Iterable[Text | Absent], folder: ScoresFolder, tally: Tally) -> bool:
    """Score until done or stopped; True when Ctrl-C or SIGTERM came first."""
    from harness.cli.display import progress, tell
    from harness.memorization.launch import execute

    stop = asyncio.Event()

    def interrupt() -> None:
        if stop.is_set():
            tell(f"left; the same command with --out {folder.path} goes on from what is stored", fg="red")
            os._exit(INTERRUPTED)  # every score that has arrived is on disk
        stop.set()
        tell("\nstopping: waiting for the texts in flight; press Ctrl-C again to leave them")

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, interrupt)
    async with progress(partial(line, tally)):
        await execute(asked, texts, folder, tally, stop, warn=partial(tell, fg="yellow"))
    return stop.is_set()


def line(tally: Tally, seconds: float) -> str:
    """One line: how far, how fast."""
    parts = [f"{tally.scored} texts scored", f"{tally.characters:,} characters"]
    if tally.known:
        parts.append(f"{tally.known} were stored")
    if tally.failed:
        parts.append(f"{tally.failed} failed")
    if seconds > 0:
        parts.append(f"{tally.scored / seconds:.1f}/s")
    return "  ".join(parts)


def _print(folder: ScoresFolder, *, by_size: bool, form: str) -> int:
    """Means by group on standard output."""
    from harness.cli.scores_table import FORMATS, separation_lines
    from harness.memorization.summary import separation, summary

    methods = folder.run()["settings"]["methods"]
    click.echo(FORMATS[form](summary(folder.records(), methods, by_size=by_size), methods))
    if form == "table" and (found := separation(folder.records(), methods)):
        click.echo("\n".join(separation_lines(found)))
    return ALL_SCORED

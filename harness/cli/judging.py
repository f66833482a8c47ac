"""Judging without asking: one answer from a file, or every stored answer of a run again."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from harness.cli import options
from harness.errors import UNMEASURED

if TYPE_CHECKING:
    from harness.store import RunFolder
    from harness.verdicts import Judge


@click.command()
@click.argument("task")
@click.argument("answer", type=click.File("r", encoding="utf-8", errors="replace"), default="-")
@options.size
@options.seed
@options.variant
@options.mode
@click.option("--cut", is_flag=True, help="The answer was cut by a token limit (finish reason length or max_tokens).")
@click.option("--json", "as_json", is_flag=True, help="Print the whole judgement as JSON.")
@options.sandbox
@options.unsafe
@options.plugins
def judge(
    task: str, answer: TextIO, size: int, seed: int, variant: str | None, mode: str, cut: bool, as_json: bool,
    folders: Sequence[Path], sandbox: str,
) -> None:  # fmt: skip
    """Judge one ANSWER to a TASK, from a file or standard input, without any model."""
    from harness import modes, plugins
    from harness.completion import Completion, Stop
    from harness.errors import PegboardError
    from harness.judge import judge as judge_completion
    from harness.question import pose
    from harness.records import judgement_fields
    from harness.sandbox.choice import WhenNeeded
    from harness.sandbox.protocol import Limits

    question = pose(plugins.find(task, folders), size, seed, variant)
    completion = Completion(text=answer.read(), stop=Stop.LENGTH if cut else Stop.END)
    try:
        judgement = judge_completion(question, modes.find(mode), completion, WhenNeeded(Limits(), sandbox))
    except PegboardError:
        raise
    except (Exception, SystemExit) as error:  # whatever a task's own functions raise
        raise PegboardError(f"{task} failed while judging: {type(error).__name__}: {error}") from error
    fields = judgement_fields(judgement)
    if as_json:
        click.echo(json.dumps(fields, indent=2, ensure_ascii=False))
        return
    verdict = judgement.verdict
    click.secho(f"{verdict.outcome}{f' ({verdict.detail})' if verdict.detail else ''}", bold=True)
    click.echo(verdict.reason)
    for name, value in fields.items():
        if value is not None and name not in {"outcome", "detail", "reason"}:
            click.echo(f"  {name:<18} {_told(value)}")


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {part}" for name, part in value.items())
    return f"{value:,}" if isinstance(value, int) else str(value)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@options.sandbox
@options.unsafe
@options.plugins
def rejudge(folder: Path, folders: Sequence[Path], sandbox: str) -> int:
    """Judge every stored answer of the run in FOLDER again, with the rules at hand; asks no model."""
    from harness import suite
    from harness.cli.display import print_table, tell, tell_disproved, tell_sandbox
    from harness.launch import load_and_plan
    from harness.leaderboard import leaderboard
    from harness.provenance import planned
    from harness.store import RunFolder
    from harness.verdicts import judge_of

    run_folder = RunFolder(folder)
    run = run_folder.run()
    asked = suite.validate(run["suite"], str(run_folder.run_file))
    launch = load_and_plan(asked, [*folders, *(Path(place) for place in run["plugins"])], sandbox)
    before = _outcomes(run_folder)
    with run_folder.locked():
        tell_sandbox(launch)
        counts = _judge_all(run_folder, judge_of(launch.cells, launch.sandbox), before)
        run_folder.replace_plan(planned(launch.cells))
    faults = counts["without a verdict"]
    tell(f"{counts['judged']} answers judged again, {counts['changed']} outcomes changed")
    print_table(leaderboard([run_folder]))
    tell_disproved([run_folder])
    if faults:
        tell(f"{faults} answers have no verdict, through no fault of the model; see {run_folder.errors_file}", fg="red")
    return UNMEASURED if faults else 0


def _outcomes(folder: RunFolder) -> dict[str, Any]:
    """Each trial's outcome so far; none where verdicts.jsonl, which is about to be rebuilt, cannot be read."""
    from harness.errors import RunFolderError

    try:
        return {record["key"]: record.get("outcome") for record in folder.verdicts()}
    except (RunFolderError, KeyError):
        return {}


def _judge_all(folder: RunFolder, judge: Judge, before: Mapping[str, Any]) -> Counter[str]:
    """Write verdicts.jsonl anew; count what was judged, what changed, and what could not be judged."""
    from harness.cli.display import PLAIN_SECONDS, tell
    from harness.journal import Journal
    from harness.records import unjudged_record
    from harness.verdicts import judged

    counts: Counter[str] = Counter()
    told = time.monotonic()
    with folder.rebuilding_verdicts() as verdicts, Journal(folder.errors_file) as errors:
        for answer in folder.answers():
            verdict = judged(judge, answer)
            if isinstance(verdict, str):
                errors.append(unjudged_record(answer, verdict))
                counts["without a verdict"] += 1
                continue
            verdicts.append(verdict)
            counts["judged"] += 1
            counts["changed"] += before.get(verdict["key"], verdict["outcome"]) != verdict["outcome"]
            if time.monotonic() - told > PLAIN_SECONDS:
                told = time.monotonic()
                tell(f"{counts['judged']} judged, {counts['changed']} outcomes changed")
    return counts

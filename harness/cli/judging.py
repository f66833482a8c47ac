"""Judging without asking: one answer from a file, or every stored answer of a run again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

import click

from harness.cli import options


@click.command()
@click.argument("task")
@click.argument("answer", type=click.File("r", encoding="utf-8", errors="replace"), default="-")
@options.size
@options.seed
@options.variant
@click.option("--mode", default="enumerate", show_default=True, help="enumerate, function/lua or function/python.")
@click.option("--cut", is_flag=True, help="The answer was cut by a token limit (finish reason length or max_tokens).")
@click.option("--json", "as_json", is_flag=True, help="Print the whole judgement as JSON.")
@options.plugins
def judge(
    task: str, answer: TextIO, size: int, seed: int, variant: str | None, mode: str, cut: bool, as_json: bool,
    folders: Sequence[Path],
) -> None:  # fmt: skip
    """Judge one ANSWER to a TASK, from a file or standard input, without any model."""
    from harness import modes, plugins
    from harness.completion import Completion, Stop
    from harness.judge import judge as judge_completion
    from harness.question import pose
    from harness.records import judgement_fields
    from harness.sandbox.process import ProcessSandbox
    from harness.sandbox.protocol import Limits

    question = pose(plugins.find(task, folders), size, seed, variant)
    completion = Completion(text=answer.read(), stop=Stop.LENGTH if cut else Stop.END)
    sandbox = ProcessSandbox(Limits())
    judgement = judge_completion(question, modes.find(mode), completion, sandbox)
    fields = judgement_fields(judgement, sandbox.name)
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
@options.plugins
def rejudge(folder: Path, folders: Sequence[Path]) -> None:
    """Judge every stored answer of the run in FOLDER again, with the rules at hand; asks no model."""
    from harness import suite
    from harness.cli.display import print_table
    from harness.launch import put_together, sandbox_of
    from harness.leaderboard import leaderboard
    from harness.store import RunFolder
    from harness.verdicts import judge_of

    run_folder = RunFolder(folder)
    run = run_folder.run()
    asked = suite.validate(run["suite"], str(run_folder.run_file))
    launch = put_together(asked, [*folders, *(Path(place) for place in run["plugins"])])
    verdict_of = judge_of(launch.plugins, sandbox_of(asked))
    before = {record["key"]: record["outcome"] for record in run_folder.verdicts()}
    changed = judged = 0
    with run_folder.locked(), run_folder.rebuilding_verdicts() as verdicts:
        for answer in run_folder.answers():
            verdict = verdict_of(answer)
            verdicts.append(verdict)
            judged += 1
            changed += before.get(verdict["key"], verdict["outcome"]) != verdict["outcome"]
    click.echo(f"{judged} answers judged again, {changed} outcomes changed", err=True)
    print_table(leaderboard([run_folder]))

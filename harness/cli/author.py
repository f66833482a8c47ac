"""For authors of tasks: does it conform, and where does a new one begin."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from harness.cli import options


@click.command()
@click.argument("task")
@options.sandbox
@options.unsafe
@options.plugins
def check(task: str, folders: Sequence[Path], sandbox: str) -> int:
    """Check that a TASK's rules, statements and reference programs agree, and note what more it could have."""
    from harness.errors import PegboardError
    from harness.plugins import find
    from harness.sandbox.choice import WhenNeeded
    from harness.sandbox.protocol import Limits
    from harness.testing import conformance, lacking

    plugin = find(task, folders)
    within = WhenNeeded(Limits(), sandbox)
    if plugin.solvers:
        within.choice()  # what stands in the way of every program is not the task's fault
    failed, told = 0, set[str]()
    try:
        for finding in conformance(plugin, within):
            mark = click.style("ok  ", fg="green") if finding.good else click.style("FAIL", fg="red")
            click.echo(f"{mark}  {finding.what}")
            for problem in finding.problems:
                what = "the same as above" if problem in told else problem.replace("\n", "; ")
                click.echo(f"        {what}")
            told.update(finding.problems)
            failed += not finding.good
        for lack in lacking(plugin):
            click.echo(f"{click.style('note', fg='yellow')}  {lack}")
    except SystemExit as error:  # a task that ends the process must not pass for one that conforms
        raise PegboardError(f"{plugin.files.rules} ended the check by SystemExit: {error}") from error
    checks = "1 check" if failed == 1 else f"{failed} checks"
    click.echo(f"{plugin.name}: {f'{checks} failed' if failed else 'conforms'}")
    return 1 if failed else 0


@click.command("new-task")
@click.argument("name")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The root that gets the files; the folder at hand when not given.",
)
def new_task(name: str, into: Path) -> None:
    """Write the files of a new task NAME, to be filled in: rules, statements, reference programs."""
    from harness.scaffold import write

    for file in write(name, into):
        click.echo(f"wrote {file}")
    click.echo(f"fill in what says FILL IN, then: pegboard check {name} --plugins {into}")

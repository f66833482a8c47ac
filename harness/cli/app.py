"""The command group, and the one place where errors become a line on stderr and an exit code.

0    everything asked for was done            4    a run ended with trials unmeasured; resume fills them in
1    Pegboard could not do it, or a check failed   5    the run folder is in use, damaged, or of another making
2    a flag, file or name that cannot be used  6    a model's server refuses every request
3    programs cannot be run safely here      130    interrupted
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator

import click

from harness.cli.author import check, new_task
from harness.cli.board import leaderboard
from harness.cli.capacity import capacity
from harness.cli.compare import compare, diff
from harness.cli.correlate import correlate
from harness.cli.curves import collapse, failures, hazard
from harness.cli.doctor import doctor
from harness.cli.exchange import export, site, verify
from harness.cli.judging import judge, rejudge
from harness.cli.look import gallery, show, tasks
from harness.cli.memorize import memorize
from harness.cli.planning import plan
from harness.cli.report import report
from harness.cli.running import resume, run
from harness.errors import INTERRUPTED, PegboardError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pegboard", prog_name="pegboard")
def pegboard() -> None:
    """Find out whether a language model reasons or recites.

    Try: pegboard run quickstart
    """


COMMANDS = (
    plan,
    run,
    resume,
    rejudge,
    leaderboard,
    compare,
    diff,
    collapse,
    hazard,
    failures,
    report,
    judge,
    show,
    tasks,
    gallery,
    check,
    new_task,
    memorize,
    capacity,
    correlate,
    export,
    verify,
    site,
    doctor,
)
for command in COMMANDS:
    pegboard.add_command(command)


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # answers may hold what no terminal can show
    try:
        code = _invoke()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


def _invoke() -> int:
    """Run the command; its exit code, or that of the error which ended it."""
    try:
        with pegboard.make_context("pegboard", sys.argv[1:]) as context:
            return pegboard.invoke(context) or 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _complain("interrupted", "", INTERRUPTED)
    except BrokenPipeError:
        raise
    except (PegboardError, OSError, ExceptionGroup) as error:
        known = [one for one in _flat(error) if isinstance(one, (PegboardError, OSError))]
        if not known:
            raise
        return _complain(*_told(next((one for one in known if isinstance(one, PegboardError)), known[0])))


def _told(error: PegboardError | OSError) -> tuple[str, str, int]:
    """What was found, the next step, and the exit code."""
    if isinstance(error, PegboardError):
        return error.found, error.next_step, error.exit_code
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}", "", PegboardError.exit_code


def _complain(found: str, next_step: str, code: int) -> int:
    with contextlib.suppress(OSError):
        click.secho(f"Error: {found}", fg="red", err=True)
        if next_step:
            click.echo(f"  {next_step}", err=True)
    return code


def _flat(error: Exception) -> Iterator[Exception]:
    """The error itself, or those that a group is made of."""
    if not isinstance(error, ExceptionGroup):
        yield error
        return
    for one in error.exceptions:
        yield from _flat(one)

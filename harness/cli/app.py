"""The command group, and the one place where errors become a line on stderr and an exit code.

0    everything asked for was done            4    a run ended with trials unmeasured; resume fills them in
1    Pegboard could not do it, or a check failed   5    the run folder is in use, damaged, or of another making
2    a flag, file or name that cannot be used  6    a model's server refuses every request
3    programs cannot be run safely here      130    interrupted
"""

from __future__ import annotations

import os
import sys

import click

from harness.cli.author import check, new_task
from harness.cli.board import leaderboard
from harness.cli.doctor import doctor
from harness.cli.judging import judge, rejudge
from harness.cli.look import show, tasks
from harness.cli.running import resume, run
from harness.errors import PegboardError

UNMEASURED = 4
INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pegboard", prog_name="pegboard")
def pegboard() -> None:
    """Find out whether a language model reasons or recites.

    Try: pegboard run quickstart
    """


for command in (run, resume, rejudge, leaderboard, judge, show, tasks, check, new_task, doctor):
    pegboard.add_command(command)


def main() -> None:
    """The console script."""
    try:
        sys.exit(pegboard.main(prog_name="pegboard", standalone_mode=False) or 0)
    except PegboardError as error:
        click.secho(f"Error: {error.found}", fg="red", err=True)
        if error.next_step:
            click.echo(f"  {error.next_step}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # the reader of our output, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)

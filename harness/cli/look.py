"""Looking without asking anyone: which tasks there are, and what exactly a trial would say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from harness.cli import options


@click.command()
@options.plugins
def tasks(folders: Sequence[Path]) -> int:
    """List the tasks: sizes, variants, where each comes from, and which cannot be used."""
    from harness.errors import PegboardError
    from harness.plugins import discover, load

    broken = 0
    for files in discover(folders).values():
        try:
            puzzle = load(files).puzzle
        except PegboardError as error:
            broken += 1
            click.secho(files.name, bold=True, nl=False)
            click.secho(f"  cannot be used: {error}\n", fg="red")
            continue
        click.secho(puzzle.name, bold=True, nl=False)
        click.echo(f"  {puzzle.title}, version {puzzle.version} ({files.root.origin})")
        click.echo(f"  sizes     {puzzle.sizes[0]} to {puzzle.sizes[-1]}")
        click.echo(f"  variants  {', '.join(puzzle.variants)}")
        if puzzle.disguises:
            example = f"{puzzle.variants[0]}.{next(iter(puzzle.disguises))}"
            click.echo(f"  disguises {', '.join(puzzle.disguises)}, after a dot: {example}")
        click.echo()
    return 1 if broken else 0


@click.command()
@click.argument("names", metavar="[TASK]...", nargs=-1)
@options.plugins
def gallery(names: Sequence[str], folders: Sequence[Path]) -> None:
    """Print a page in Markdown that shows every TASK, or all there are: pictures, disguises, statements, optima."""
    from harness import gallery, plugins

    click.echo(gallery.gallery([plugins.find(name, folders) for name in names or plugins.discover(folders)]))


@click.command()
@click.argument("task")
@options.size
@options.seed
@options.variant
@options.mode
@click.option("--max-tokens", type=int, default=None, help="Say whether an answer fits into so many output tokens.")
@options.plugins
def show(
    task: str, size: int, seed: int, variant: str | None, mode: str, max_tokens: int | None, folders: Sequence[Path]
) -> None:
    """Print the exact prompt of a trial, a picture of its start, its certificate and its token floor.

    The prompt goes to standard output, everything about it to standard error.
    """
    from harness import modes, plugins
    from harness.drawing import picture
    from harness.modes.prompt import prompt
    from harness.plan import infeasibility, token_floor
    from harness.question import pose

    plugin = plugins.find(task, folders)
    question = pose(plugin, size, seed, variant)
    asked = modes.find(mode)
    text = prompt(asked, question)
    posed = asked.question(question)
    certificate = posed.instance.certificate
    start = picture(posed.puzzle, posed.puzzle.start(posed.instance.arguments))
    floor = token_floor(asked, question)
    click.echo(text)
    if start is not None:
        names = "" if question.mask is None else "in the names of the bare puzzle:\n"
        click.echo(f"{names}{start}\n", err=True)
    fewest = "" if certificate.fewest_moves is None else f", fewest moves {certificate.fewest_moves:,}"
    states = "" if certificate.states is None else f", {certificate.states:,} states visited"
    click.echo(f"certificate   {certificate.solvable}{fewest} ({certificate.method}{states})", err=True)
    click.echo(f"token floor   {'none is known in this mode' if floor is None else f'{floor:,}'}", err=True)
    if max_tokens is not None:
        reason = infeasibility(certificate, asked, floor, max_tokens)
        click.echo(f"with {max_tokens:,} tokens   {f'infeasible: {reason}' if reason else 'feasible'}", err=True)

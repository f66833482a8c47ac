"""The plan command: how many attempts a question needs, before any is paid for."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harness.cli import options
from harness.cli.quantities import Quantities, Value, as_json

if TYPE_CHECKING:
    from harness.analysis.planning import Prospect

DIFFERENCES = (0.05, 0.1, 0.15, 0.2, 0.3)

NOBODY = "oracle/none"
"""Stands in where no model is named: what is asked hardly depends on it."""


@click.command()
@click.argument("suite", required=False)
@click.option("--model", "models", multiple=True, metavar="NAME", help="For its tokenizer and limits.")
@click.option("--task", "tasks", multiple=True, help="Without a suite: a task to ask. May be given several times.")
@click.option("--sizes", type=options.Numbers(), default=None, metavar="1-5,8", help="Which sizes.")
@click.option("--seeds", type=options.Numbers(), default=None, metavar="0-5", help="Which instances of each size.")
@click.option("--variant", "variants", multiple=True, help="Which kinds of instance. May be given several times.")
@click.option("--mode", "modes", multiple=True, help="Which ways of asking. May be given several times.")
@click.option("--repeats", type=click.IntRange(1), default=None, help="How often each cell is asked.")
@click.option("--max-tokens", type=click.IntRange(1), default=None, help="Most tokens to generate, thinking included.")
@click.option(
    "--correlation", type=click.FloatRange(0, 1), default=0.2, show_default=True,
    help="Between attempts at one instance: 0 none, 1 all alike.",
)  # fmt: skip
@options.plugins
@as_json
def plan(
    suite: str | None, models: Sequence[str], correlation: float, folders: Sequence[Path], as_json: bool, **asked: Any
) -> None:
    """Say what a SUITE, or what the flags describe, will tell: how wide intervals are, which differences are found.

    Without either, how many attempts a difference takes.
    """
    from harness.analysis.contrasts import DISCORDANT
    from harness.analysis.planning import needs, prospects

    blocks = []
    if suite is not None or any(asked.values()):
        cells = _cells(suite, models, folders, asked)
        blocks = [_block(each) for each in prospects(cells, correlation)]
    needed: list[dict[str, Value]] = [
        {
            "difference, points": 100 * need.difference,
            "attempts of each, unpaired": ceil(need.independent),
            "pairs": ceil(need.paired),
        }
        for need in needs(DIFFERENCES)
    ]
    notes = [
        "points are percentage points; found means in 80 % of such runs, two-sided, at the level of 5 %.",
        f"pairs: {DISCORDANT:.0%} of them end differently; unpaired: rates on both sides of one half.",
    ]
    if not blocks:
        Quantities(rows=needed, notes=notes).show(as_json)
        return
    notes += [
        f"effective: independent attempts that they are worth, if those at one instance correlate by {correlation:g}.",
        "+- points: half the 95 % interval of a rate of one half.",
        "N50 shift: of the size solved half of the time, where success falls gradually (slope 1) or steeply (slope 3).",
    ]
    Quantities(rows=blocks, notes=notes).show(as_json)


def _cells(suite: str | None, models: Sequence[str], folders: Sequence[Path], asked: dict[str, Any]) -> Sequence[Any]:
    """The cells of the first model: every model is asked the same."""
    from harness.cli.flags import suite_of, with_models
    from harness.launch import put_together

    asked = {"temperature": None, "thinking_budget": None, "reasoning_effort": None, **asked}
    chosen = with_models(suite_of(suite, asked), models, None, None)
    if not chosen.models:
        chosen = with_models(chosen, [NOBODY], None, None)
    launch = put_together(chosen, folders)
    return [cell for cell in launch.cells if cell.model == launch.suite.models[0]]


def _block(each: Prospect) -> dict[str, Value]:
    from harness.analysis.planning import SLOPES

    def rounded(value: float | None) -> Value:
        return None if value is None else round(value, 1)

    return {
        "task": each.task,
        "variant": each.variant,
        "mode": each.mode,
        "sizes": each.sizes,
        "instances": each.instances,
        "attempts": each.attempts,
        "effective": rounded(each.effective),
        "+- points": rounded(100 * each.width),
        "+- points a size": rounded(100 * each.width_a_size),
        "finds, points": rounded(None if each.difference is None else 100 * each.difference),
        **{f"N50 shift, {name}": rounded(each.shift(slope)) for name, slope in SLOPES.items()},
    }

"""What a run would ask and what it may cost, printed before anything is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

import click

from harness.analysis.contrasts import DISCORDANT, contrasts
from harness.launch import Launch
from harness.models import INSTALL, engine, in_process
from harness.outcome import Infeasible
from harness.plan import (
    Cell,
    cost_usd,
    expected_input_tokens,
    expected_output_tokens,
    most_input_tokens,
    most_output_tokens,
)
from harness.suite import Model


def print_plan(launch: Launch) -> None:
    """One block a model: cells, calls, tokens, cost, then the cells by what is known of them."""
    for model in launch.suite.models:
        cells = [cell for cell in launch.cells if cell.model == model]
        asked = [cell for cell in cells if cell.asked]
        click.echo(f"{model.name}: {len(cells)} cells, {sum(cell.repeats * cell.calls for cell in asked)} calls")
        for line in (*_amounts(model, asked), *_blocks(cells), *_detects(cells)):
            click.echo(f"  {line}")


def _amounts(model: Model, asked: Sequence[Cell]) -> Iterator[str]:
    tokens_in = sum(cell.repeats * expected_input_tokens(cell) for cell in asked)
    tokens_out = sum(cell.repeats * expected_output_tokens(cell) for cell in asked)
    most_in = sum(cell.repeats * most_input_tokens(cell) for cell in asked)
    most_out = sum(cell.repeats * most_output_tokens(cell) for cell in asked)
    yield f"tokens       about {tokens_in:,} in and {tokens_out:,} out, thinking not counted; at most {most_out:,} out"
    if any(cell.token_floor is not None for cell in asked):
        how = "the model's own tokenizer" if any(cell.counted for cell in asked) else "the task's tokens a move"
        yield f"token floors counted by {how}"
    cost, most = cost_usd(model, tokens_in, tokens_out), cost_usd(model, most_in, most_out)
    if in_process(model):
        provider = model.name.partition("/")[0]
        yield f"engine       {engine(provider) or f'none is installed: {INSTALL[provider]}'}, in this process"
    elif cost is None:
        yield "cost         no price given"
    else:
        yield f"cost         about ${cost:,.2f}, at most ${most:,.2f}"


def _blocks(cells: Sequence[Cell]) -> Iterator[str]:
    """Cells of one task, variant and mode that are marked alike, in a line."""
    blocks: dict[tuple[str, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        mark = "feasible" if cell.infeasible is None else f"infeasible: {cell.infeasible}"
        blocks[mark, cell.question.plugin.name, cell.question.variant, cell.mode.name].append(cell)
    for (mark, task, variant, mode), block in sorted(blocks.items()):
        sizes = ranges(sorted({cell.question.size for cell in block}))
        yield f"{mark:<26}  {task}  {variant}  {mode}  size {sizes}: {len(block)} cells{_consequence(block)}"


def _detects(cells: Sequence[Cell]) -> Iterator[str]:
    """What the plan's pairs can tell apart."""
    told = list(contrasts(cells))
    for contrast in told:
        least = contrast.detectable
        points = "nothing" if least is None else f"{100 * least:.0f} points"
        pairs = f"pairs of attempts: {contrast.pairs:,}, instances: {contrast.instances:,}"
        yield f"detects      {points} between {contrast.first} and {contrast.second} ({pairs})"
    if told:
        share = f"{100 * DISCORDANT:.0f} %"
        yield f"             in 80 % of such runs, at the level of 5 %, if {share} of the pairs differ; attempts at one"
        yield "             instance are not independent, so that the instances count for more than the pairs"


def _span(floors: Sequence[int]) -> str:
    low, high = min(floors), max(floors)
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _consequence(block: Sequence[Cell]) -> str:
    cell = block[0]
    if cell.infeasible is None:
        floors = [cell.token_floor for cell in block if cell.token_floor is not None]
        return f", {_span(floors)} tokens or more" if floors else ""
    if cell.infeasible is Infeasible.UNSOLVABLE:
        if not cell.asked:
            return ", not asked: there is nothing to ask"
        return ', asked, apart from all rates; "impossible" is right'
    if cell.infeasible is Infeasible.UNCERTIFIED:
        return ", asked, apart from all rates: nobody knows whether there is a solution"
    floor = f"{cell.token_floor:,} tokens or more"
    if cell.headroom > 1:
        floor += f", with room for {cell.headroom:g} times as many"
    floor += f"; {cell.sampling.max_tokens:,} allowed"
    return f", {'asked, apart from all rates' if cell.asked else 'not asked'} ({floor})"


def ranges(numbers: Sequence[int]) -> str:
    """Ascending whole numbers as ``--sizes`` takes them: "1-8, 10"."""
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)

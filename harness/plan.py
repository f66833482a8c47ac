"""What a run will ask, decided before any model is asked: cells, what each can cost, and which cannot be scored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction

from harness import modes
from harness.errors import UsageError
from harness.modes import Mode
from harness.outcome import Infeasible
from harness.plugins import Plugin
from harness.question import Question, pose
from harness.suite import Grid, Model, Suite
from harness.task import Certificate
from harness.trial import Sampling, Trial

CHARACTERS_PER_TOKEN = 4
"""Rough length of a token of prose or code, for estimates of prompts and programs."""

NOT_SENT: Mapping[str, Sequence[str]] = {
    "openai": ("thinking_budget",),
    "local": ("thinking_budget", "reasoning_effort"),
    "transformers": ("thinking_budget", "reasoning_effort"),
}
"""Settings of sampling that a provider has no place for."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One question in one mode, asked of one model ``repeats`` times."""

    question: Question
    mode: Mode
    model: Model
    sampling: Sampling
    repeats: int
    prompt: str
    token_floor: int | None
    """Output tokens that the shortest right answer takes; None where no bound is known."""
    infeasible: Infeasible | None
    asked: bool
    """False for a cell that is only marked: its answer could not fit, so asking would cost and tell nothing."""

    def trials(self) -> Iterator[Trial]:
        question = self.question
        for repeat in range(self.repeats if self.asked else 0):
            yield Trial(
                task=question.plugin.name,
                version=question.plugin.puzzle.version,
                size=question.size,
                seed=question.seed,
                variant=question.variant,
                mode=self.mode.name,
                model=self.model.name,
                base_url=self.model.base_url,
                sampling=self.sampling,
                repeat=repeat,
                prompt=self.prompt,
            )


def plan(suite: Suite, plugins: Mapping[str, Plugin]) -> list[Cell]:
    """Every cell of a suite, models outermost. Raises what ``pose`` raises, and UsageError."""
    names = [model.name for model in suite.models]
    if len(set(names)) < len(names):
        raise UsageError("a model is listed twice", f"models: {', '.join(names)}; use repeats to ask more than once")
    asked = [
        (question, modes.find(mode), grid.repeats)
        for grid in suite.grid
        for question in _questions(grid, plugins[grid.task])
        for mode in grid.modes
    ]
    cells = [
        _cell(suite, model, question, mode, repeats) for model in suite.models for question, mode, repeats in asked
    ]
    _refuse_repetition(cells)
    return cells


def token_floor(plugin: Plugin, mode: Mode, certificate: Certificate) -> int | None:
    """Output tokens without which no list of moves can be right, however terse; None for a program: nobody knows the
    shortest one, so no program is ever held to be too long for the budget."""
    if mode.language is not None:
        return None
    return round((certificate.fewest_moves or 0) * Fraction(plugin.puzzle.tokens_per_move))  # no float holds 2^1100


def infeasibility(certificate: Certificate, floor: int | None, max_tokens: int) -> Infeasible | None:
    """Why no answer to a cell could tell anything about reasoning, if so."""
    if certificate.solvable == "unsolvable":
        return Infeasible.UNSOLVABLE
    if certificate.solvable == "unknown":
        return Infeasible.UNCERTIFIED
    return Infeasible.OUTPUT_BUDGET if floor is not None and floor > max_tokens else None


def expected_input_tokens(cell: Cell) -> int:
    return len(cell.prompt) // CHARACTERS_PER_TOKEN


def expected_output_tokens(cell: Cell) -> int:
    """A guess for the dry run: the answer itself (a program as long as the reference's) and as much again around it,
    within the limit."""
    answer = cell.token_floor
    if answer is None:
        program = cell.question.plugin.solvers.get(cell.mode.language or "", "")
        answer = len(program) // CHARACTERS_PER_TOKEN
    return min(cell.sampling.max_tokens, 2 * answer + 200)


def cost_usd(model: Model, input_tokens: int | None, output_tokens: int | None) -> float | None:
    """US dollars; None when no price is given or a count is unknown."""
    if model.price is None or input_tokens is None or output_tokens is None:
        return None
    return (model.price.input * input_tokens + model.price.output * output_tokens) / 1e6


def _questions(grid: Grid, plugin: Plugin) -> Iterator[Question]:
    for variant in grid.variants or [plugin.puzzle.variants[0]]:
        for size in grid.sizes:
            for seed in grid.seeds:
                yield pose(plugin, size, seed, variant)


def _cell(suite: Suite, model: Model, question: Question, mode: Mode, repeats: int) -> Cell:
    sampling = _as_sent(suite.sampling.sampling(), model)
    certificate = question.instance.certificate
    floor = token_floor(question.plugin, mode, certificate)
    infeasible = infeasibility(certificate, floor, sampling.max_tokens)
    return Cell(
        question=question,
        mode=mode,
        model=model,
        sampling=sampling,
        repeats=repeats,
        prompt=mode.ask(question.plugin, question.instance),
        token_floor=floor,
        infeasible=infeasible,
        asked=infeasible is not Infeasible.OUTPUT_BUDGET or suite.over_budget == "ask",
    )


def _as_sent(sampling: Sampling, model: Model) -> Sampling:
    """Without what the model's protocol has no place for, so that no record tells of a setting that was never sent."""
    unsent = dict.fromkeys(NOT_SENT.get(model.name.partition("/")[0], ()))
    return Sampling(**{**asdict(sampling), **unsent})


def _refuse_repetition(cells: list[Cell]) -> None:
    """A cell listed twice would be answered once and counted twice."""
    seen: set[tuple[object, ...]] = set()
    for cell in cells:
        question = cell.question
        name = (cell.model.name, question.plugin.name, question.size, question.seed, question.variant, cell.mode.name)
        if name in seen:
            raise UsageError(
                f"the suite lists {question.plugin.name}, size {question.size}, seed {question.seed}, "
                f"variant {question.variant}, {cell.mode.name} twice",
                "use repeats to ask more than once",
            )
        seen.add(name)

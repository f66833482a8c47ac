"""What a run will ask, decided before any model is asked: cells, what each can cost, and which cannot be scored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction

from harness import modes
from harness.errors import UsageError
from harness.modes import Mode
from harness.modes.listed import as_rows
from harness.modes.prompt import prompt
from harness.modes.solution import shortest_solution
from harness.modes.turns import fewest_turns, most_turns
from harness.outcome import Infeasible
from harness.plugins import Plugin
from harness.question import Question, pose
from harness.reference import reference
from harness.suite import Grid, Model, Suite
from harness.task import Certificate, fewest_tokens
from harness.trial import Sampling, Trial

CHARACTERS_PER_TOKEN = 4
"""Rough length of a token of prose or code, for estimates of prompts and programs."""

NOT_SENT: Mapping[str, Sequence[str]] = {
    "openai": ("thinking_budget",),
    "local": ("thinking_budget", "reasoning_effort"),
    "transformers": ("thinking_budget", "reasoning_effort"),
}
"""Settings of sampling that a provider has no place for."""

EXAMPLES_BEGIN = 1_000
"""Added to a question's seed for the instance that its prompt shows solved."""

MOST_COUNTED = 70_000
"""Moves of the longest solution that is written out to count its tokens."""

Tokenizer = Callable[[str], int]
"""A text to the number of a model's tokens in it."""

Tokenizers = Callable[[Model], Tokenizer | None]


def no_tokenizers(_model: Model) -> None:
    """For models whose tokenizers are not at hand."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One question in one mode, asked of one model ``repeats`` times."""

    question: Question
    mode: Mode
    model: Model
    sampling: Sampling
    repeats: int
    prompt: str
    example: Question | None
    """The instance that the prompt shows solved."""
    token_floor: int | None
    """Output tokens that the shortest right answer takes; None where no bound is known."""
    headroom: float
    """How many times its token floor it must have room for."""
    counted: bool
    """Whether that was counted with the model's own tokenizer, and not by a task's tokens a move."""
    infeasible: Infeasible | None
    asked: bool
    """False for a cell that is only marked: its answer could not fit, so asking would cost and tell nothing."""

    @property
    def name(self) -> tuple[str, str, int, int, str, str]:
        """Model, task, size, seed, variant, mode: no two cells of a plan have the same."""
        question = self.question
        task = question.plugin.name
        return self.model.name, task, question.size, question.seed, question.variant, self.mode.name

    @property
    def calls(self) -> int:
        """Requests for one answer: one, or in a game of many turns as many as the shortest way takes."""
        return 1 if self.mode.turns is None else fewest_turns(self.question, self.mode.turns)

    @property
    def most_calls(self) -> int:
        """Requests for one answer at most, however the game goes."""
        return 1 if self.mode.turns is None else most_turns(self.question, self.mode.turns)

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
                example=self.example.size if self.example is not None else None,
            )


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What is asked of every model alike."""

    question: Question
    mode: Mode
    repeats: int
    example: Question | None
    prompt: str


def plan(suite: Suite, plugins: Mapping[str, Plugin], tokenizers: Tokenizers = no_tokenizers) -> list[Cell]:
    """Every cell of a suite, models outermost. Raises what ``pose`` raises, and UsageError."""
    names = [model.name for model in suite.models]
    if len(set(names)) < len(names):
        raise UsageError("a model is listed twice", f"models: {', '.join(names)}; use repeats to ask more than once")
    asked = [each for grid in suite.grid for each in _asked(grid, plugins[grid.task])]
    cells = []
    for model in suite.models:
        tokens = tokenizers(model)
        cells += [_cell(suite, model, each, tokens) for each in asked]
    _refuse_repetition(cells)
    return cells


def token_floor(mode: Mode, question: Question, tokens: Tokenizer | None = None) -> int | None:
    """Output tokens without which no answer can be right, however terse; None where nobody knows: the shortest program.

    Counted with the model's own tokenizer over the shortest solution in the form asked, where both are at hand; else
    the task's measured tokens a move; in rows, where a tokenizer may join a space to what follows, one for each name.
    """
    counted = _counted_floor(mode, question, tokens) if tokens is not None else None
    if counted is not None or (mode.turns is None and mode.floor is None):
        return counted
    fewest = question.instance.certificate.fewest_moves or 0
    written = fewest if mode.turns is None else min(fewest, mode.turns)
    in_rows = mode.floor is as_rows
    per_move = fewest_tokens(question.puzzle) if in_rows else question.puzzle.tokens_per_move
    return round(written * Fraction(per_move))  # no float holds 2^1100


def _counted_floor(mode: Mode, question: Question, tokens: Tokenizer) -> int | None:
    """None where no shortest solution is found in reasonable time, or it is too long to be written out."""
    if mode.floor is None or (question.instance.certificate.fewest_moves or 0) > MOST_COUNTED:
        return None
    try:
        return tokens(mode.floor(shortest_solution(question) or []))
    except UsageError:
        return None


def infeasibility(
    certificate: Certificate, mode: Mode, floor: int | None, max_tokens: int, headroom: float = 1.0
) -> Infeasible | None:
    """Why no answer to a cell could tell anything about reasoning, if so."""
    if certificate.solvable == "unsolvable" and not mode.about_solvability:
        return Infeasible.UNSOLVABLE
    if certificate.solvable == "unknown":
        return Infeasible.UNCERTIFIED
    return Infeasible.OUTPUT_BUDGET if floor is not None and floor > max_tokens / Fraction(headroom) else None


def expected_input_tokens(cell: Cell) -> int:
    return cell.calls * len(cell.prompt) // CHARACTERS_PER_TOKEN


def most_input_tokens(cell: Cell) -> int:
    return cell.most_calls * len(cell.prompt) // CHARACTERS_PER_TOKEN


def most_output_tokens(cell: Cell) -> int:
    return cell.most_calls * cell.sampling.max_tokens


def expected_output_tokens(cell: Cell) -> int:
    """A guess for the dry run: the answer itself (a program as long as the reference's) and as much again around it,
    within the limit."""
    answer = cell.token_floor or 0
    if cell.mode.language is not None:
        answer += len(reference(cell.question, cell.mode.language) or "") // CHARACTERS_PER_TOKEN
    return cell.calls * min(cell.sampling.max_tokens, 2 * answer + 200)


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


def _asked(grid: Grid, plugin: Plugin) -> Iterator[_Asked]:
    for question in _questions(grid, plugin):
        example = _example(grid, question)
        for mode in map(modes.find, grid.modes):
            text = prompt(mode, question, example)
            yield _Asked(question=question, mode=mode, repeats=grid.repeats, example=example, prompt=text)


def _cell(suite: Suite, model: Model, asked: _Asked, tokens: Tokenizer | None) -> Cell:
    question, mode = asked.question, asked.mode
    sampling = _as_sent(suite.sampling.sampling(), model)
    certificate = question.instance.certificate
    counted = _counted_floor(mode, question, tokens) if tokens is not None else None
    floor = counted if counted is not None else token_floor(mode, question)
    infeasible = infeasibility(certificate, mode, floor, sampling.max_tokens, suite.headroom)
    without_answer = infeasible is Infeasible.UNSOLVABLE and mode.needs_solution
    return Cell(
        question=question,
        mode=mode,
        model=model,
        sampling=sampling,
        repeats=asked.repeats,
        prompt=asked.prompt,
        example=asked.example,
        token_floor=floor,
        headroom=suite.headroom,
        counted=counted is not None,
        infeasible=infeasible,
        asked=not without_answer and (infeasible is not Infeasible.OUTPUT_BUDGET or suite.over_budget == "ask"),
    )


def _example(grid: Grid, question: Question) -> Question | None:
    """Another instance to be shown solved. Its seed differs, so that where seeds change start and goal it has
    others."""
    size = grid.examples[(question.seed + question.size) % len(grid.examples)] if grid.examples else 0
    return pose(question.plugin, size, question.seed + EXAMPLES_BEGIN, question.variant) if size else None


def _as_sent(sampling: Sampling, model: Model) -> Sampling:
    """Without what the model's protocol has no place for, so that no record tells of a setting that was never sent."""
    unsent = dict.fromkeys(NOT_SENT.get(model.name.partition("/")[0], ()))
    return Sampling(**{**asdict(sampling), **unsent})


def _refuse_repetition(cells: list[Cell]) -> None:
    """A cell listed twice would be answered once and counted twice."""
    seen: set[tuple[object, ...]] = set()
    for cell in cells:
        if cell.name in seen:
            _, task, size, seed, variant, mode = cell.name
            raise UsageError(
                f"the suite lists {task}, size {size}, seed {seed}, variant {variant}, {mode} twice",
                "use repeats to ask more than once",
            )
        seen.add(cell.name)

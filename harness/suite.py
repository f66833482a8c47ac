"""Suites: what a run asks, read from TOML. The one place where a file written by a person is validated."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from harness.errors import UnknownName, UsageError, near_misses
from harness.sandbox.protocol import Limits
from harness.trial import Sampling

BUNDLED = Path(__file__).parent / "suites"


MOST_LISTED = 10_000
"""Most sizes, seeds or repeats in a block of cells: far more than anybody pays for, and soon refused."""

Whole = Annotated[int, Field(ge=-(2**63), lt=2**63)]
"""What a table's column can hold."""

NAME = r"^\w[\w.-]*$"
"""A run's folder is called after its suite."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Price(_Strict):
    """US dollars per million tokens."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)


class Model(_Strict):
    """A model to ask: ``provider/model``, or ``module:attribute``."""

    name: str
    base_url: str | None = None
    """An OpenAI- or Anthropic-compatible server's address; for ``openai/`` it means chat completions."""
    price: Price | None = None
    concurrency: int | None = Field(default=None, ge=1)
    """Most requests in flight; lowered by itself when the provider answers 429. When not given, as many as such a model
    bears (``harness.models.concurrency``)."""
    engine: dict[str, int | float | str | bool] = {}
    """Options of the engine that runs the model in this process, such as ``threads``; in the engine's own words."""


class Asking(_Strict):
    """How every model is asked to generate; see ``harness.trial.Sampling``."""

    max_tokens: Whole = Field(default=16_384, ge=1)
    temperature: float | None = Field(default=None, ge=0)
    thinking_budget: int | None = Field(default=None, ge=1024)
    reasoning_effort: str | None = None

    @field_validator("thinking_budget")
    @classmethod
    def _leaves_room(cls, budget: int | None, asked: ValidationInfo) -> int | None:
        if budget is not None and budget >= asked.data.get("max_tokens", budget + 1):
            raise ValueError(f"{budget} tokens of thinking leave none of max_tokens for the answer")
        return budget

    def sampling(self) -> Sampling:
        return Sampling(**self.model_dump())


class Grid(_Strict):
    """A block of cells: every combination of what it lists, each asked ``repeats`` times."""

    task: str
    sizes: list[Whole] = Field(min_length=1, max_length=MOST_LISTED)
    modes: list[str] = Field(default=["enumerate", "function/lua", "function/python"], min_length=1)
    variants: list[str] = []
    """Empty means the task's first variant."""
    seeds: list[Whole] = Field(default=[0], min_length=1, max_length=MOST_LISTED)
    repeats: int = Field(default=1, ge=1, le=MOST_LISTED)
    examples: list[Annotated[int, Field(ge=0, lt=MOST_LISTED)]] = []
    """Sizes of the solved instance that a prompt shows, 0 for none: (seed + size) says which of them, so that they are
    balanced over seeds and no one goes with a size. A list of one holds it fixed; empty shows none."""


class SandboxLimits(_Strict):
    """What one execution of a returned program may use."""

    cpu_seconds: int = Field(default=Limits.cpu_seconds, ge=1, le=86_400)
    """Whole seconds: the kernel counts no finer."""
    wall_seconds: float = Field(default=Limits.wall_seconds, gt=0, le=86_400)
    memory_mb: int = Field(default=Limits.memory_mb, ge=64, le=1 << 20)
    output_mb: int = Field(default=Limits.output_mb, ge=1, le=1 << 20)
    value_mb: int = Field(default=Limits.value_mb, ge=1, le=1 << 20)
    threads: int = Field(default=Limits.threads, ge=0, le=1024)
    descriptors: int = Field(default=Limits.descriptors, ge=8, le=128)

    def limits(self) -> Limits:
        return Limits(**self.model_dump())


def _named(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class Suite(_Strict):
    name: str = Field(pattern=NAME)
    description: str = ""
    models: list[Annotated[Model, BeforeValidator(_named)]] = []
    """Names, or tables with ``name`` and more. ``--model`` on the command line replaces the list."""
    sampling: Asking = Asking()
    headroom: float = Field(default=1.0, ge=1, le=1000)
    """How many times its token floor a cell must have room for: where the shortest answer barely fits, a failure may
    still be one of room."""
    over_budget: Literal["skip", "ask"] = "skip"
    """Whether cells without that room are asked all the same; never scored."""
    limits: SandboxLimits = SandboxLimits()
    grid: list[Grid] = Field(min_length=1)


def bundled() -> dict[str, Path]:
    """The suites that come with Pegboard, by name."""
    return {file.stem.replace("_", "-"): file for file in sorted(BUNDLED.glob("*.toml"))}


def locate(name_or_file: str) -> Path:
    """A bundled suite's file, or the file itself. Raises UnknownName."""
    if name_or_file in bundled():
        return bundled()[name_or_file]
    if Path(name_or_file).is_file():
        return Path(name_or_file)
    if name_or_file.endswith(".toml") or "/" in name_or_file:
        raise UsageError(f"no suite file {name_or_file}", f"bundled suites: {', '.join(bundled())}")
    raise UnknownName("suite", name_or_file, bundled())


def read(file: Path) -> Suite:
    """Read a suite. Raises UsageError naming the file, the key, and what was expected there."""
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file} is not TOML: {error}") from error
    return validate(data, str(file))


def validate(data: Any, where: str) -> Suite:
    """Make a suite of plain data. Raises UsageError naming ``where``, the key, and what was expected there."""
    try:
        return Suite.model_validate(data)
    except ValidationError as error:
        raise UsageError(f"{where}: {_explained(error)}") from error


def _explained(error: ValidationError) -> str:
    return "; ".join(_one(problem["loc"], problem["type"], problem["msg"]) for problem in error.errors())


def _one(loc: tuple[int | str, ...], kind: str, message: str) -> str:
    place = ".".join(str(part) for part in loc)
    if kind == "extra_forbidden":
        return f"unknown key {place!r} ({near_misses(str(loc[-1]), _known_keys(loc[:-1]))})"
    if kind == "string_pattern_mismatch":
        return f"{place}: it also names the run's folder; use letters, digits, _, - and ., such as my-suite"
    return f"{place}: {message[0].lower()}{message[1:]}"


def _known_keys(loc: tuple[int | str, ...]) -> list[str]:
    blocks: dict[str, type[BaseModel]] = {
        "models": Model,
        "sampling": Asking,
        "limits": SandboxLimits,
        "grid": Grid,
        "price": Price,
    }
    names = [part for part in loc if isinstance(part, str)]
    return list((blocks.get(names[-1], Suite) if names else Suite).model_fields)

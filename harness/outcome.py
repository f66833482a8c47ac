"""How one attempt can end. ``docs/outcomes.md`` gives each definition with an example; the first that matches wins."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """A closed enumeration: one attempt, one outcome, in order of precedence within each mode."""

    SOLVED = "solved"
    REFUSED = "refused"
    CODE_MISSING = "code_missing"
    CODE_SYNTAX = "code_syntax"
    CODE_ENTRY_POINT = "code_entry_point"
    CODE_FORBIDDEN = "code_forbidden"
    CODE_RUNTIME_ERROR = "code_runtime_error"
    CODE_TIMEOUT = "code_timeout"
    CODE_RESOURCE = "code_resource"
    CODE_BAD_RETURN = "code_bad_return"
    ILLEGAL_MOVE = "illegal_move"
    TRUNCATED = "truncated"
    GAVE_UP = "gave_up"
    CLAIMED_UNSOLVABLE = "claimed_unsolvable"
    CLAIMED_SOLVABLE = "claimed_solvable"
    WRONG_FINAL_STATE = "wrong_final_state"
    PARSE_FAILURE = "parse_failure"
    EMPTY_OUTPUT = "empty_output"


class Unscored(StrEnum):
    """Why a trial has no outcome. Never in a denominator; kept in errors.jsonl, asked again by ``resume``."""

    PROVIDER_ERROR = "provider_error"
    HARNESS_ERROR = "harness_error"
    NOT_RUN = "not_run"


class Infeasible(StrEnum):
    """Why a cell was marked before the run: its result says nothing about reasoning."""

    UNSOLVABLE = "unsolvable"
    OUTPUT_BUDGET = "output budget"
    UNCERTIFIED = "uncertified"
    """Nobody knows whether there is a solution, so an answer "impossible" can be judged neither right nor wrong."""


SAID_IMPOSSIBLE = "said_impossible"
"""The detail of a right "impossible" at an instance certified unsolvable."""

SAID_SOLVABLE = "said_solvable"
"""The detail of a right "solvable", where only that was asked."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the referee found, with its reason. Moves are counted from 1, distances are in moves."""

    outcome: Outcome
    reason: str
    """One sentence that a person can check against the answer."""
    detail: str | None = None
    """The sub-kind: "in_reasoning", "abbreviated", "off_path", "goal_permuted", a broken rule's name, ..."""
    legal_moves: int = 0
    """Length of the longest legal prefix."""
    fewest_moves: int | None = None
    optimal: bool | None = None
    """For a solved instance: whether the answer was as short as can be. None when that is not known."""
    first_illegal: int | None = None
    first_off_path: int | None = None
    """The first move after which the goal was no nearer; None if there is none or distance is not known."""
    goal_reached_at: int | None = None
    final_distance: int | None = None
    progress: float | None = None
    """Share of the shortest path gained by the legal prefix: 1 at the goal, 0 at the start, below 0 beyond it."""

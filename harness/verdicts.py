"""From stored answers to verdicts: the half of a run that needs no model, and that ``rejudge`` is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from harness.errors import RunFolderError, SandboxUnavailable
from harness.judge import judge
from harness.plan import Cell
from harness.records import Record, completion_of, verdict_record
from harness.sandbox.protocol import Sandbox

Judge = Callable[[Record], Record]
"""An answer record in, its verdict record out."""

CELL = ("model", "task", "size", "seed", "variant", "mode")
"""Of a record, what ``Cell.name`` is made of."""


def judge_of(cells: Sequence[Cell], sandbox: Sandbox) -> Judge:
    """The judge of one run's plan. It may be called from several threads.

    It raises RunFolderError for an answer to no cell of the plan, or to another version of its task, and
    SandboxUnavailable.
    """
    planned = {cell.name: cell for cell in cells}

    def verdict(answer: Record) -> Record:
        cell = planned.get(tuple(answer[name] for name in CELL))
        if cell is None:
            asked = " ".join(str(answer[name]) for name in CELL)
            raise RunFolderError(f"there is an answer to {asked}, which the run's suite does not ask", "see run.json")
        _refuse_other_version(cell, answer)
        judgement = judge(cell.question, cell.mode, completion_of(answer), sandbox)
        return verdict_record(answer, judgement, cell.infeasible)

    return verdict


def judged(judge: Judge, answer: Record) -> Record | str:
    """The verdict of an answer, or in one line the fault of ours (a task's, a record's) for which there is none.

    The one place where such a fault becomes data instead of a crash, a task's attempt to exit included. What would be
    wrong with every answer alike is still raised: RunFolderError and SandboxUnavailable.
    """
    try:
        return judge(answer)
    except (RunFolderError, SandboxUnavailable):
        raise
    except (Exception, SystemExit) as error:
        return f"{type(error).__name__}: {error}"


def _refuse_other_version(cell: Cell, answer: Mapping[str, Any]) -> None:
    task, version = answer["task"], answer["version"]
    at_hand = cell.question.plugin.puzzle.version
    if at_hand != version:
        raise RunFolderError(
            f"the answers are about version {version} of {task}; at hand is version {at_hand}",
            "a changed version poses other instances: run the suite anew, or judge with the Pegboard it was run with",
        )

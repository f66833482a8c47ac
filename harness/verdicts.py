"""From stored answers to verdicts: the half of a run that needs no model, and that ``rejudge`` is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from harness import modes
from harness.errors import RunFolderError, SandboxUnavailable
from harness.judge import judge
from harness.outcome import Infeasible
from harness.plan import infeasibility, token_floor
from harness.plugins import Plugin
from harness.question import Question, pose
from harness.records import Record, completion_of, verdict_record
from harness.sandbox.protocol import Sandbox

Judge = Callable[[Record], Record]
"""An answer record in, its verdict record out."""


def judge_of(plugins: Mapping[str, Plugin], sandbox: Sandbox) -> Judge:
    """The judge of one run. It may be called from several threads.

    It raises RunFolderError for an answer to a version of a task that is no longer at hand, and SandboxUnavailable.
    """

    @lru_cache(maxsize=256)
    def question(task: str, size: int, seed: int, variant: str) -> Question:
        return pose(plugins[task], size, seed, variant)

    def verdict(answer: Record) -> Record:
        _same_version(plugins, answer)
        asked = question(answer["task"], answer["size"], answer["seed"], answer["variant"])
        mode = modes.find(answer["mode"])
        judgement = judge(asked, mode, completion_of(answer), sandbox)
        return verdict_record(answer, judgement, _infeasible(asked, mode, answer["max_tokens"]))

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


def _same_version(plugins: Mapping[str, Plugin], answer: Mapping[str, Any]) -> None:
    task, version = answer["task"], answer["version"]
    if task not in plugins:
        raise RunFolderError(f"the answers are about {task!r}, which is not among the tasks at hand", "see --plugins")
    at_hand = plugins[task].puzzle.version
    if at_hand != version:
        raise RunFolderError(
            f"the answers are about version {version} of {task}; at hand is version {at_hand}",
            "a changed version poses other instances: run the suite anew, or judge with the Pegboard it was run with",
        )


def _infeasible(question: Question, mode: modes.Mode, max_tokens: int) -> Infeasible | None:
    certificate = question.instance.certificate
    return infeasibility(certificate, token_floor(question.plugin, mode, certificate), max_tokens)

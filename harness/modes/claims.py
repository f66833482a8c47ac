"""The mode that asks whether there is a solution at all."""

from __future__ import annotations

from collections.abc import Sequence

from harness.completion import Completion, Stop
from harness.extract.claim import read_claim
from harness.extract.visible import visible
from harness.modes.mode import Answer
from harness.question import Question
from harness.sandbox.protocol import Sandbox
from harness.task import IMPOSSIBLE, Json


def claimed(_question: Question, completion: Completion, _sandbox: Sandbox) -> Answer:
    """Which of the two it says."""
    reading = read_claim(visible(completion.text), cut=completion.stop is Stop.LENGTH)
    return Answer(reading=reading, strict=reading.strict)


def tell_claim(_question: Question, items: Sequence[Json] | None) -> str:
    return f"answer = {IMPOSSIBLE if items is None else 'solvable'}\n"

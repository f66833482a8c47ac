"""Real answers of six models, recorded in June 2025, through extraction and referee."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from harness.completion import Completion, Stop
from harness.extract.moves import read_moves
from harness.extract.visible import visible
from harness.judge import decide
from harness.outcome import Outcome
from harness.plugins import Plugin
from harness.providers import anthropic_messages, openai_chat, openai_responses

CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "hanoi_responses"

# Answers on which the recorded verdict is wrong, each looked at: a complete list of 511 legal moves followed by an
# abbreviated recapitulation, and two tables whose moves are right.
RECORDED_WRONGLY = {("base", 9, False), ("trck", 7, False)}


def _completion(body: dict[str, Any]) -> Completion:
    if "choices" in body:
        return openai_chat.completion(body)
    if body.get("type") == "message":
        return anthropic_messages.completion(body)
    if "output" in body:
        return openai_responses.completion(body)
    candidate = body["candidates"][0]  # Google's own shape
    text = "".join(part.get("text", "") for part in candidate["content"].get("parts", []))
    return Completion(text=text, stop=Stop.LENGTH if candidate["finishReason"] == "MAX_TOKENS" else Stop.END)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of recorded answers is not at hand")
@pytest.mark.parametrize("part", ["base", "adj", "csv", "trck"])
def test_recorded_answers_are_judged_as_recorded_or_better(hanoi: Plugin, part: str) -> None:
    disagreements = []
    with gzip.open(CORPUS / f"{part}.jsonl.gz", "rt") as lines:
        for line in lines:
            record = json.loads(line)
            completion = _completion(record["response"])
            cut = completion.stop is Stop.LENGTH
            reading = read_moves(visible(completion.text).text, cut=cut, puzzle=hanoi.puzzle)
            verdict = decide(hanoi.puzzle, hanoi.puzzle.pose(record["disks"], 0, "tower"), reading, cut=cut)
            if (verdict.outcome is Outcome.SOLVED) != record["recorded_verdict"]["is_valid_solution"]:
                disagreements.append((part, record["disks"], record["recorded_verdict"]["is_valid_solution"]))
    assert set(disagreements) <= RECORDED_WRONGLY
    assert len(disagreements) <= 2


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of recorded answers is not at hand")
def test_recorded_bodies_give_their_usage() -> None:
    with gzip.open(CORPUS / "base.jsonl.gz", "rt") as lines:
        for line in lines:
            body = json.loads(line)["response"]
            if "candidates" in body:
                continue
            completion = _completion(body)
            assert completion.text or (completion.reasoning and completion.stop is Stop.LENGTH)
            assert completion.usage.input_tokens
            assert completion.usage.output_tokens
            assert completion.stop in {Stop.END, Stop.LENGTH}

"""Real answers of six models, recorded in June 2025, through extraction and referee.

They are those of github.com/attilammagyar/illusion-of-thinking-collapse (BSD-3), with the verdict that its author
computed for each. As a program it prints how the verdicts here compare with those, and names every difference:

    python tests/recorded_answers.py FOLDER
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.completion import Completion, Stop
from harness.extract.moves import read_moves
from harness.extract.reading import Reading
from harness.extract.visible import visible
from harness.judge import decide
from harness.outcome import Outcome, Verdict
from harness.plugins import find
from harness.providers import anthropic_messages, openai_chat, openai_responses

CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "hanoi_responses"
PARTS = ("base", "adj", "csv", "trck")


@dataclass(frozen=True)
class Recorded:
    """One recorded answer and what was made of it, there and here."""

    part: str
    record: dict[str, Any]
    completion: Completion
    reading: Reading
    verdict: Verdict

    @property
    def name(self) -> str:
        thinking = "-thinking" if self.record["thinking"] else ""
        return f"{self.part} {self.record['model']}{thinking} disks={self.record['disks']} run={self.record['run']}"

    @property
    def solved_there(self) -> bool:
        return bool(self.record["recorded_verdict"]["is_valid_solution"])

    @property
    def prefix_there(self) -> int:
        return int(self.record["recorded_verdict"]["valid_prefix_length"])

    @property
    def solved_here(self) -> bool:
        return self.verdict.outcome is Outcome.SOLVED


def recorded(folder: Path, part: str) -> Iterator[Recorded]:
    puzzle = find("tower_of_hanoi").puzzle
    with gzip.open(folder / f"{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            completion = completion_of(record["response"])
            cut = completion.stop is Stop.LENGTH
            instance = puzzle.pose(record["disks"], 0, "tower")
            text = visible(completion.text)
            reading = read_moves(text, cut=cut, puzzle=puzzle, arguments=instance.arguments)
            verdict = decide(puzzle, instance, reading, cut=cut)
            yield Recorded(part, record, completion, reading, verdict)


def completion_of(body: dict[str, Any]) -> Completion:
    if "choices" in body:
        return openai_chat.completion(body)
    if body.get("type") == "message":
        return anthropic_messages.completion(body)
    if "output" in body:
        return openai_responses.completion(body)
    candidate = body["candidates"][0]  # Google's own shape
    parts = [part for part in candidate["content"].get("parts", []) if not part.get("thought")]
    text = "".join(part.get("text", "") for part in parts)
    return Completion(text=text, stop=Stop.LENGTH if candidate["finishReason"] == "MAX_TOKENS" else Stop.END)


def main() -> None:
    solved: Counter[tuple[bool, bool]] = Counter()
    prefix: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    differences: list[str] = []
    for part in PARTS:
        for answer in recorded(Path(sys.argv[1]), part):
            verdict = answer.verdict
            solved[answer.solved_there, answer.solved_here] += 1
            outcomes[f"{verdict.outcome} {verdict.detail or ''}"] += 1
            same = verdict.legal_moves == answer.prefix_there
            more = verdict.legal_moves > answer.prefix_there
            prefix["same" if same else "longer here" if more else "shorter here"] += 1
            if not same or answer.solved_here != answer.solved_there:
                there = f"{answer.prefix_there}{' solved' if answer.solved_there else ''}"
                here = f"{verdict.legal_moves} {verdict.outcome} {verdict.detail or ''}"
                differences.append(f"{answer.name}: there {there}, here {here} ({answer.reading.form})")
    print(f"{solved.total()} answers")
    print(f"solved there and here {solved[True, True]}, only there {solved[True, False]}, ", end="")
    print(f"only here {solved[False, True]}, neither {solved[False, False]}")
    print("legal moves: " + ", ".join(f"{name} {n}" for name, n in prefix.most_common()))
    for name, n in outcomes.most_common():
        print(f"  {n:5} {name}")
    print("\n".join(differences))


if __name__ == "__main__":
    main()

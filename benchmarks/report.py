"""How long a report on 24,000 made-up attempts takes to write, how large it is, and how fast a browser opens it."""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from browser import browser, chromium
from click.testing import CliRunner

from harness import plugins
from harness.cli.app import pegboard
from harness.modes.solution import shortest_solution
from harness.question import pose

SIZES = range(2, 8)
MODELS = {"good": 0.002, "middling": 0.01, "poor": 0.06, "cut": 0.004}
REPEATS = 1_000
SEEN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def answer(size: int, solution: list[list[int]], slips: float, chance: random.Random) -> dict[str, object]:
    """A shortest solution in which each move has been shuffled by chance."""
    moves = [chance.sample(move, 3) if chance.random() < slips else move for move in solution]
    asked = {"task": "tower_of_hanoi", "size": size, "seed": 0, "variant": "tower", "mode": "enumerate"}
    return {**asked, "text": f"moves = {json.dumps(moves)}", "stop": "end", "finish_reason": "stop"}


def made_up(folder: Path) -> Path:
    hanoi = plugins.find("tower_of_hanoi")
    solutions = {size: list(shortest_solution(pose(hanoi, size)) or []) for size in SIZES}
    for model, slips in MODELS.items():
        chance = random.Random(model)
        lines = (answer(size, solutions[size], slips, chance) for size in SIZES for _ in range(REPEATS))  # type: ignore[arg-type]
        (folder / f"{model}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    models = [f"replay/{folder / model}.jsonl" for model in MODELS]
    grid = f'[[grid]]\ntask = "tower_of_hanoi"\nsizes = {[*SIZES]}\nmodes = ["enumerate"]\nrepeats = {REPEATS}\n'
    (folder / "suite.toml").write_text(f'name = "made-up"\nmodels = {models}\n{grid}')
    return folder / "suite.toml"


def measured(folder: Path) -> None:
    run, page = folder / "run", folder / "report.html"
    CliRunner().invoke(pegboard, ["run", str(made_up(folder)), "--out", str(run)], catch_exceptions=False)
    began = time.monotonic()
    CliRunner().invoke(pegboard, ["report", str(run), "--out", str(page)], catch_exceptions=False)
    attempts = len(MODELS) * len(SIZES) * REPEATS
    print(f"{attempts:,} attempts: written in {time.monotonic() - began:.1f} s, {page.stat().st_size / 1e6:.1f} MB")
    program = chromium()
    if program is None:
        print("no Chromium is installed: opening it is not measured")
        return
    with browser(program, folder / "profile") as tab:
        began = time.monotonic()
        tab.open(page)
        tab.evaluate(SEEN)
        print(f"opened in {time.monotonic() - began:.2f} s")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        measured(Path(place))

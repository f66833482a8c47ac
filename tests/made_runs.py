"""Run folders with the verdicts that a test wants, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from harness.store import RunFolder

SAMPLING = {"max_tokens": 100, "temperature": None, "thinking_budget": None, "reasoning_effort": None}
CELL = {"model": "a/b", "task": "t", "variant": "v", "mode": "enumerate", "size": 3}
SOLVED = {"infeasible": None, "outcome": "solved", "detail": None, "optimal": True, "general": None}
VERDICT = {**CELL, **SAMPLING, **SOLVED, "strict_outcome": "solved", "version": 1, "base_url": None, "seed": 0}


def a_run(
    folder: Path, planned: list[dict[str, Any]], verdicts: list[dict[str, Any]], sampling: dict[str, Any] = SAMPLING
) -> RunFolder:
    run = RunFolder(folder)
    run.create(
        {
            "suite": {"models": [{"name": "a/b", "base_url": None}], "sampling": sampling},
            "tasks": {"t": {"version": 1}},
            "plugins": [],
            "planned": [
                {**CELL, **sampling, "version": 1, "base_url": None, "infeasible": None, "cells": 1, **change}
                for change in planned
            ],
        }
    )
    lines = [{"key": str(number), **VERDICT, **sampling, **change} for number, change in enumerate(verdicts)]
    run.verdicts_file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return run

"""Tables of results: what is in a denominator, what is beside it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from harness.analysis.rates import wilson
from harness.leaderboard import FORMATS, for_people, leaderboard
from harness.store import RunFolder

COLUMNS = {"infeasible": None, "outcome": "solved", "optimal": True, "general": None, "strict_outcome": "solved"}


def a_run(folder: Path, planned: list[dict[str, Any]], verdicts: list[dict[str, Any]]) -> RunFolder:
    run = RunFolder(folder)
    block = {"model": "a/b", "task": "t", "variant": "v", "mode": "enumerate", "size": 3, "infeasible": None}
    run.create({"planned": [{**block, "cells": 1, **change} for change in planned]})
    lines = [
        {"key": str(number), **{name: block[name] for name in ("model", "task", "variant", "mode", "size")}, **COLUMNS}
        | change
        for number, change in enumerate(verdicts)
    ]
    run.verdicts_file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return run


@pytest.mark.parametrize(
    ("solved", "attempts", "low", "high"),
    [(7, 10, 0.396778, 0.892209), (0, 10, 0.0, 0.277533), (10, 10, 0.722467, 1.0), (0, 0, 0.0, 1.0)],
)
def test_wilson_intervals_are_the_published_ones(solved: int, attempts: int, low: float, high: float) -> None:
    assert wilson(solved, attempts) == pytest.approx((low, high), abs=1e-6)


def test_marked_cells_and_unmeasured_trials_are_in_no_denominator(tmp_path: Path) -> None:
    planned: list[dict[str, Any]] = [
        {"trials": 10},
        {"trials": 2, "infeasible": "unsolvable"},
        {"trials": 0, "cells": 3, "infeasible": "output budget"},
    ]
    failed: dict[str, Any] = {"outcome": "illegal_move", "optimal": None, "strict_outcome": "illegal_move"}
    verdicts: list[dict[str, Any]] = [*[{}] * 4, {"optimal": False}, *[failed] * 3]
    unsolvable: list[dict[str, Any]] = [{"infeasible": "unsolvable"}, {"infeasible": "unsolvable", **failed}]
    (row,) = leaderboard([a_run(tmp_path, planned, [*verdicts, *unsolvable])]).to_dict("records")
    assert (row["solved"], row["attempts"], row["optimal"]) == (5, 8, 4)
    assert row["success"] == 5 / 8
    assert row["failures"] == {"illegal_move": 3}
    assert (row["impossible_right"], row["impossible_asked"]) == (1, 2)
    assert (row["over_budget"], row["planned"], row["unmeasured"]) == (3, 10, 2)


def test_a_row_that_lacks_much_of_its_plan_is_marked_and_one_without_attempts_has_no_rate(tmp_path: Path) -> None:
    shown = for_people(leaderboard([a_run(tmp_path / "some", [{"trials": 10}], [{}] * 9)]))
    assert shown["unmeasured"].tolist() == ["1 (!)"]
    shown = for_people(leaderboard([a_run(tmp_path / "none", [{"trials": 10}], [])]))
    assert shown[["solved", "rate", "unmeasured"]].to_numpy().tolist() == [["0/0", "-", "10 (!)"]]


def test_a_trial_judged_twice_counts_once_with_its_last_verdict(tmp_path: Path) -> None:
    run = a_run(tmp_path, [{"trials": 1}], [{"outcome": "illegal_move"}])
    line = json.loads(run.verdicts_file.read_text())
    with run.verdicts_file.open("a") as file:
        file.write(json.dumps({**line, "outcome": "solved"}) + "\n")
    (row,) = leaderboard([run]).to_dict("records")
    assert (row["solved"], row["attempts"]) == (1, 1)


def test_every_format_says_the_same(tmp_path: Path) -> None:
    table = leaderboard([a_run(tmp_path, [{"trials": 3}], [{}, {}, {"outcome": "gave_up"}])])
    as_json = json.loads(FORMATS["json"](table))[0]
    as_csv = pd.read_csv(io.StringIO(FORMATS["csv"](table))).to_dict("records")[0]
    assert as_json["solved"] == as_csv["solved"] == 2
    assert as_json["low"] == pytest.approx(as_csv["low"])
    markdown = FORMATS["md"](table).splitlines()
    assert "| 2/3 |" in markdown[2]
    assert len({line.count("|") for line in markdown}) == 1

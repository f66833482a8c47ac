"""Tables of results: what is in a denominator, what is beside it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from harness.analysis.rates import wilson
from harness.errors import RunFolderError
from harness.leaderboard import FORMATS, disproved, for_people, leaderboard
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
    unsolvable: list[dict[str, Any]] = [
        {"infeasible": "unsolvable", "detail": "said_impossible"},
        {"infeasible": "unsolvable", **failed},
    ]
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


def test_a_folder_named_twice_counts_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = a_run(tmp_path / "run", [{"trials": 3}], [{}] * 3)
    monkeypatch.chdir(tmp_path)
    (row,) = leaderboard([run, RunFolder(Path("run"))]).to_dict("records")
    assert (row["attempts"], row["planned"], row["unmeasured"]) == (3, 3, 0)


def test_runs_with_other_settings_do_not_share_a_row_and_the_difference_is_shown(tmp_path: Path) -> None:
    cold = a_run(tmp_path / "cold", [{"trials": 2}], [{}] * 2, {**SAMPLING, "temperature": 0.0})
    warm = a_run(tmp_path / "warm", [{"trials": 2}], [{"outcome": "gave_up"}] * 2, {**SAMPLING, "temperature": 1.0})
    shown = for_people(leaderboard([cold, warm]))
    assert shown[["temperature", "solved"]].to_numpy().tolist() == [["0", "2/2"], ["1", "0/2"]]
    assert "temperature" not in for_people(leaderboard([cold]))
    assert "max_tokens" not in shown


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({"key": "1"}, "has no outcome"),
        ({**VERDICT, "key": "1", "outcome": None}, "its outcome is None"),
        ({**VERDICT, "key": "1", "outcome": "sovled"}, "its outcome is 'sovled'"),
        ({name: value for name, value in {"key": "1", **VERDICT}.items() if name != "infeasible"}, "lacks infeasible"),
        ({"key": "1", "outcome": "solved"}, "lacks task, variant"),
    ],
)
def test_a_verdict_that_would_be_counted_wrongly_is_named(tmp_path: Path, record: dict[str, Any], told: str) -> None:
    run = a_run(tmp_path, [{"trials": 1}], [])
    run.verdicts_file.write_text(json.dumps(record) + "\n")
    with pytest.raises(RunFolderError, match=rf"verdicts\.jsonl:1 is no verdict: .*{told}"):
        leaderboard([run])


def test_a_run_file_that_says_little_of_its_suite_is_tabulated_all_the_same(tmp_path: Path) -> None:
    run = a_run(tmp_path, [{"trials": 1}], [{}])
    run.run_file.write_text(json.dumps({**run.run(), "suite": {}, "tasks": {}}))
    (row,) = leaderboard([run]).to_dict("records")
    assert row["solved"] == 1


@pytest.mark.parametrize(
    ("models", "shown"),
    [
        (["replay//of/me/said.jsonl", "local/smollm2"], ["replay/said.jsonl", "local/smollm2"]),
        (["replay//of/me/said.jsonl", "replay//of/you/said.jsonl"], None),
        (["vllm//of/me/Qwen/", "vllm/Qwen"], None),
        (["openai/org/name", "vllm/Qwen/Qwen3-8B"], None),
    ],
)
def test_a_path_is_shown_by_its_last_part_unless_that_would_be_ambiguous(
    tmp_path: Path, models: list[str], shown: list[str] | None
) -> None:
    planned = [{"trials": 1, "model": model} for model in models]
    table = leaderboard([a_run(tmp_path, planned, [{"model": model} for model in models])])
    assert for_people(table)["model"].tolist() == (shown or models)
    assert table["model"].tolist() == models


def test_a_solved_instance_that_is_certified_unsolvable_is_shouted(tmp_path: Path) -> None:
    run = a_run(tmp_path, [{"trials": 1, "infeasible": "unsolvable"}], [{"infeasible": "unsolvable"}])
    (row,) = leaderboard([run]).to_dict("records")
    assert (row["impossible_right"], row["impossible_asked"]) == (0, 1)
    (told,) = disproved([run])
    assert "certified unsolvable and was solved" in told


def test_runs_with_another_prompt_do_not_share_a_row(tmp_path: Path) -> None:
    runs = [a_run(tmp_path / prompt, [{"trials": 1, "prompt": prompt}], [{}]) for prompt in ("a1", "b2")]
    assert for_people(leaderboard(runs))["prompt"].tolist() == ["a1", "b2"]


def test_the_prompts_of_different_modes_are_no_difference_between_runs(tmp_path: Path) -> None:
    planned = [{"trials": 1, "prompt": "a1"}, {"trials": 1, "prompt": "b2", "mode": "function/lua"}]
    assert "prompt" not in for_people(leaderboard([a_run(tmp_path, planned, [{}])]))

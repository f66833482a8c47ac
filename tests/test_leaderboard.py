"""Tables of results: what is in a denominator, what is beside it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from made_runs import SAMPLING, VERDICT, a_run

from harness.analysis.rates import wilson
from harness.errors import RunFolderError
from harness.leaderboard import FORMATS, disproved, for_people, leaderboard, notes
from harness.store import RunFolder


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


FAILED: dict[str, Any] = {"outcome": "illegal_move", "optimal": None, "strict_outcome": "illegal_move"}


def two_models(folder: Path, *, better: int, worse: int, **change: Any) -> pd.DataFrame:
    """Two attempts at each of 20 instances of one size by each of two models, of which the first so many are solved;
    the others end as ``change`` says."""
    planned = [{"model": model, "trials": 40} for model in ("a/a", "b/b")]
    verdicts = [
        {"model": model, "seed": number // 2, **({} if number < solved else {**FAILED, **change})}
        for model, solved in (("a/a", better), ("b/b", worse))
        for number in range(40)
    ]
    return leaderboard([a_run(folder, planned, verdicts)])


def test_models_that_can_be_told_apart_have_their_own_ranks_and_groups(tmp_path: Path) -> None:
    first, second = two_models(tmp_path / "apart", better=36, worse=8).to_dict("records")
    assert (first["best"], first["worst"], first["group"]) == (1, 1, 1)
    assert (second["best"], second["worst"], second["group"]) == (2, 2, 2)
    first, second = two_models(tmp_path / "tied", better=22, worse=20).to_dict("records")
    assert (first["best"], first["worst"], first["group"]) == (1, 2, 1)
    assert (second["best"], second["worst"], second["group"]) == (1, 2, 1)


def test_models_are_not_ordered_where_truncated_answers_could_reverse_it(tmp_path: Path) -> None:
    for row in two_models(tmp_path, better=36, worse=8, outcome="truncated").to_dict("records"):
        assert (row["best"], row["worst"], row["group"]) == (1, 2, 1)
        assert row["most"] == 1


def test_repeats_widen_the_interval_by_instance_which_is_shown_with_their_number(tmp_path: Path) -> None:
    table = two_models(tmp_path, better=20, worse=20)
    (row, _) = table.to_dict("records")
    assert row["clustered_low"] < row["low"] < row["high"] < row["clustered_high"]
    assert (row["instances"], row["target"]) == (20, "instances like these")
    assert for_people(table)["by instance"].tolist()[0].endswith("(20)")


def test_one_instance_a_size_says_nothing_of_others_and_shows_no_interval_by_instance(tmp_path: Path) -> None:
    table = leaderboard([a_run(tmp_path, [{"trials": 4}], [{}, {}, FAILED, FAILED])])
    (row,) = table.to_dict("records")
    assert (row["target"], row["clustered_low"]) == ("these instances", row["low"])
    assert "one instance" in row["warnings"]
    assert "by instance" not in for_people(table)


def test_a_model_of_which_much_is_unmeasured_is_not_ranked_and_is_counted(tmp_path: Path) -> None:
    planned = [{"model": model, "trials": 10} for model in ("a/a", "b/b", "c/c")]
    verdicts = [
        {"model": model, "seed": n} for model, many in (("a/a", 10), ("b/b", 9), ("c/c", 10)) for n in range(many)
    ]
    table = leaderboard([a_run(tmp_path, planned, verdicts)])
    shown = for_people(table).set_index("model")
    assert shown["rank"].to_dict() == {"a/a": "1-2", "b/b": "-", "c/c": "1-2"}
    assert notes(table)[-1] == "Unranked rows, less than 95% of their plan measured: 1."


def test_the_chance_of_k_attempts_is_a_mean_over_instances(tmp_path: Path) -> None:
    verdicts = [{"seed": seed, **({} if n < solved else FAILED)} for seed, solved in ((0, 4), (1, 2)) for n in range(4)]
    run = a_run(tmp_path, [{"trials": 8}], verdicts)
    (row,) = leaderboard([run], k=2).to_dict("records")
    assert row["pass@2"] == pytest.approx((1 + 5 / 6) / 2)
    assert row["pass^2"] == pytest.approx((1 + 1 / 6) / 2)
    assert row["pass^2_low"] < row["pass^2"] < row["pass^2_high"]
    assert for_people(leaderboard([run], k=5))["pass@5"].tolist() == ["-"]
    assert "pass@2" not in leaderboard([run])


def test_html_and_latex_show_what_the_table_shows_and_nothing_in_it_is_markup(tmp_path: Path) -> None:
    table = leaderboard([a_run(tmp_path, [{"trials": 1, "model": "a/<script>&_%"}], [{"model": "a/<script>&_%"}])])
    page, tabular = FORMATS["html"](table), FORMATS["tex"](table)
    assert "<td>a/&lt;script&gt;&amp;_%</td>" in page
    assert "<script" not in page
    assert r"a/<script>\&\_\%" in tabular
    assert tabular.count("&") - tabular.count(r"\&") == 2 * (len(for_people(table).columns) - 1)

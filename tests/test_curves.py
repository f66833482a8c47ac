"""From run folders to where success collapses, how often a move goes wrong, and how answers fail."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from harness.analysis.series import Series, points, series, token_floor, walks
from harness.analysis.success import shares, success
from harness.cli.app import pegboard
from harness.store import RunFolder

SAMPLING = {"max_tokens": 3600, "temperature": None, "thinking_budget": None, "reasoning_effort": None}
ASKED = {
    "task": "tower_of_hanoi",
    "variant": "tower",
    "mode": "enumerate",
    "model": "a/b",
    "version": 1,
    "base_url": None,
}
JUDGED: dict[str, Any] = {
    "infeasible": None, "outcome": "solved", "detail": None, "optimal": True, "general": None,
    "strict_outcome": "solved", "legal_moves": 7, "fewest_moves": 7, "first_illegal": None, "first_off_path": None,
    "final_distance": 0, "output_tokens": 100, "size": 3, "seed": 0,
}  # fmt: skip
TOKENS_PER_MOVE, OVERHEAD = 11, 300
MOVES_THAT_FIT = 300


def a_run(folder: Path, verdicts: list[dict[str, Any]], *, beyond: tuple[int, ...] = ()) -> RunFolder:
    """A run with these verdicts; the sizes in ``beyond`` were left out for want of tokens."""
    run = RunFolder(folder)
    lines = [{"key": str(number), **ASKED, **SAMPLING, **JUDGED, **change} for number, change in enumerate(verdicts)]
    asked = [(*(line[name] for name in (*ASKED, "size")), None) for line in lines]
    named = (*ASKED, "size", "infeasible")
    marked = [(*(lines[0][name] for name in ASKED), size, "output budget") for size in beyond]
    run.create(
        {
            "suite": {},
            "tasks": {"tower_of_hanoi": {"version": 1}},
            "plugins": [],
            "planned": [
                {**dict(zip(named, cell, strict=True)), **SAMPLING, "cells": 1, "trials": asked.count(cell)}
                for cell in dict.fromkeys([*asked, *marked])
            ],
        }
    )
    run.verdicts_file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return run


def hanoi(
    rate: float, *, model: str = "a/b", seed: int = 0, attempts: int = 20, instances: int = 1
) -> Iterator[dict[str, Any]]:
    """Answers that go wrong at a constant rate per move and are cut after MOVES_THAT_FIT moves."""
    rng = np.random.default_rng(seed)
    for size in range(1, 11):
        needed = 2**size - 1
        for number, first in enumerate(rng.geometric(rate, attempts).tolist()):
            told = min(needed, MOVES_THAT_FIT)
            record = {
                "model": model, "size": size, "seed": number % instances, "fewest_moves": needed, "legal_moves": told,
                "output_tokens": OVERHEAD + TOKENS_PER_MOVE * told,
            }  # fmt: skip
            if first <= told:
                wrong = {"outcome": "illegal_move", "first_illegal": first, "legal_moves": first - 1}
                yield {**record, **wrong, "final_distance": needed - first + 1, "optimal": None}
            elif needed > MOVES_THAT_FIT:
                yield {**record, "outcome": "truncated", "final_distance": needed - told, "optimal": None}
            else:
                yield record


def the_one(run: RunFolder) -> Series:
    (one,) = series([run])
    return one


def invoked(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(pegboard, [str(each) for each in arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result


def test_a_curve_counts_by_instance_and_leaves_out_marked_cells(tmp_path: Path) -> None:
    marked = {"infeasible": "unsolvable", "size": 4}
    verdicts: list[dict[str, Any]] = [
        {},
        {"seed": 1},
        {"seed": 1, "outcome": "truncated"},
        {"size": 4, "outcome": "gave_up"},
        marked,
    ]
    three, four = points(the_one(a_run(tmp_path / "run", verdicts)))
    assert [(one.solved, one.attempts, one.truncated, one.moves) for one in three.instances] == [
        (1, 1, 0, 7),
        (1, 2, 1, 7),
    ]
    assert (four.solved, four.attempts) == (0, 1)


@pytest.mark.parametrize(
    ("verdict", "moves", "ending"),
    [
        ({}, 7, "finished"),
        ({"outcome": "truncated", "legal_moves": 4, "final_distance": 3}, 4, "cut"),
        ({"outcome": "illegal_move", "legal_moves": 4, "first_illegal": 5, "final_distance": 3}, 5, "erred"),
        ({"outcome": "illegal_move", "legal_moves": 4, "first_illegal": 5, "first_off_path": 2}, 2, "erred"),
        ({"outcome": "truncated", "legal_moves": 4, "first_off_path": 2}, 2, "erred"),
        ({"optimal": False, "legal_moves": 9, "first_off_path": 1}, 1, "erred"),
        ({"outcome": "gave_up", "legal_moves": 3, "final_distance": 4}, 3, "stopped"),
        ({"outcome": "empty_output", "legal_moves": 0, "final_distance": None}, 0, "stopped"),
    ],
)
def test_an_answer_walks_up_to_its_first_error_or_as_far_as_it_goes(
    tmp_path: Path, verdict: dict[str, Any], moves: int, ending: str
) -> None:
    (walk,) = walks(the_one(a_run(tmp_path / "run", [verdict])))
    assert (walk.moves, walk.ending) == (moves, ending)


def test_rule_breaking_alone_is_counted_where_asked_and_where_distance_is_not_known(tmp_path: Path) -> None:
    off = {"outcome": "illegal_move", "legal_moves": 4, "first_illegal": 5, "first_off_path": 2, "final_distance": 9}
    (walk,) = walks(the_one(a_run(tmp_path / "asked", [off])), illegal_only=True)
    assert walk.moves == 5
    unknown = {"legal_moves": 9, "final_distance": None, "fewest_moves": None}
    (walk,) = walks(the_one(a_run(tmp_path / "unknown", [unknown])))
    assert (walk.moves, walk.ending, walk.needed) == (9, "finished", None)


def test_the_token_floor_is_measured_and_the_plans_marks_are_kept(tmp_path: Path) -> None:
    floor = token_floor(the_one(a_run(tmp_path / "run", list(hanoi(0.0005)), beyond=(12, 11))))
    assert (floor.marked, floor.measured, floor.size) == (11, 9, 9)
    assert floor.tokens_per_move == pytest.approx(TOKENS_PER_MOVE)
    assert floor.overhead == pytest.approx(OVERHEAD)
    assert floor.moves == pytest.approx(MOVES_THAT_FIT)


def test_moves_that_no_float_holds_are_taken_by_their_logarithm(tmp_path: Path) -> None:
    verdicts: list[dict[str, Any]] = [
        {"mode": "function/lua", "size": size, "fewest_moves": 2**size - 1, "outcome": outcome, "legal_moves": 0}
        for size, outcomes in [(1100, "sss"), (1200, "ssf"), (1300, "sff"), (1400, "fff")]
        for outcome in ("solved" if each == "s" else "code_timeout" for each in outcomes)
    ]
    told = invoked("collapse", a_run(tmp_path / "run", verdicts).path).stdout
    assert "1250.00 [" in told


def test_success_is_told_three_ways(tmp_path: Path) -> None:
    ends = ["solved"] * 4 + ["truncated"] * 3 + ["refused"] + ["illegal_move"] * 2
    scored = the_one(a_run(tmp_path / "run", [{"outcome": end} for end in ends])).scored
    found = success(scored)
    assert (found.strict.value, found.strict.n) == (0.4, 10)
    assert found.conditional.value == pytest.approx(4 / 6)
    assert found.conditional.n == 6
    assert (found.least, found.most) == (0.4, 0.7)
    assert (found.bounds.low, found.bounds.high) == pytest.approx((0.168180, 0.892209), abs=1e-6)


def test_failure_shares_have_intervals_that_hold_together(tmp_path: Path) -> None:
    counts = [56, 72, 73, 59, 62, 87, 58]
    names = ["solved", "refused", "illegal_move", "truncated", "gave_up", "parse_failure", "empty_output"]
    ends = [{"outcome": name} for name, count in zip(names, counts, strict=True) for _ in range(count)]
    found = shares(the_one(a_run(tmp_path / "run", ends)).scored, names)
    assert [share.count for share in found] == counts
    lows, highs = (
        [0.0852, 0.1145, 0.1164, 0.0906, 0.0961, 0.1427, 0.0888],
        [0.1663, 0.2044, 0.2067, 0.1735, 0.1807, 0.2394, 0.1711],
    )
    assert [share.estimate.low for share in found] == pytest.approx(lows, abs=5e-5)
    assert [share.estimate.high for share in found] == pytest.approx(highs, abs=5e-5)


def test_the_hazard_command_finds_no_cliff_where_the_token_limit_made_one(tmp_path: Path) -> None:
    told = invoked("hazard", a_run(tmp_path / "run", list(hanoi(1 - 0.5 ** (1 / 800), seed=1))).path).stdout
    assert "a cliff that the token limit made" in told
    assert "the rate per move is not constant" not in told


def test_sizes_that_no_answer_fits_at_do_not_make_a_collapse_and_the_floor_stands_beside_n50(tmp_path: Path) -> None:
    told = invoked("collapse", a_run(tmp_path / "run", list(hanoi(0.0005, seed=2))).path)
    header, _, row = told.stdout.splitlines()[:3]
    assert header.split()[:3] == ["mode", "model", "N50"]
    assert "9 (300 moves)" in row
    assert "> 8 [8.00, ...]" in row
    assert "sizes from 9 on left out: as this model writes, no answer fits into 3,600 tokens" in told.stdout


def test_models_are_sorted_by_n50_and_those_whose_intervals_overlap_are_not_ordered(tmp_path: Path) -> None:
    rates = {"x/weak": 0.2, "x/good": 0.002, "x/alike": 0.0021}
    runs = [
        a_run(tmp_path / model[2:], list(hanoi(rate, model=model, seed=number))).path
        for number, (model, rate) in enumerate(rates.items())
    ]
    table = invoked("collapse", *runs).stdout.splitlines()
    rows = [line.split() for line in table if line.startswith("  enumerate")]
    assert rows[-1][1] == "x/weak"
    rank = table[0].split().index("rank")
    told = {
        line.split()[1]: line[table[0].index("rank") :].split()[0] for line in table if line.startswith("  enumerate")
    }
    assert rank
    assert told == {"x/weak": "3", "x/good": "1-2", "x/alike": "1-2"}


def test_two_models_survive_differently_and_it_is_said(tmp_path: Path) -> None:
    runs = [
        a_run(tmp_path / name, list(hanoi(rate, model=f"x/{name}"))).path for name, rate in [("a", 0.001), ("b", 0.03)]
    ]
    assert "x/a and x/b differ with p = " in invoked("hazard", *runs).stdout


def test_modes_in_which_no_move_is_written_out_are_left_out_of_the_hazard(tmp_path: Path) -> None:
    programs = [{**verdict, "mode": "function/python"} for verdict in hanoi(0.01, attempts=3)]
    result = invoked("hazard", a_run(tmp_path / "run", programs).path)
    assert result.stdout == ""
    assert "left out: 1" in result.stderr or "1 left out" in result.stderr


@pytest.mark.parametrize("command", ["collapse", "hazard", "failures"])
def test_every_number_comes_with_its_interval_level_counts_target_and_warnings(tmp_path: Path, command: str) -> None:
    run = a_run(tmp_path / "run", list(hanoi(0.01, attempts=12, instances=4))).path
    told = json.loads(invoked(command, run, "--format", "json").stdout)
    rows = told["rows"] if command == "hazard" else told
    estimates = [found for row in rows for found in _estimates(row)]
    assert len(estimates) >= 3
    wanted = {"value", "low", "high", "level", "method", "n", "clusters", "target", "seed", "warnings"}
    assert all(wanted <= set(estimate) for estimate in estimates)
    assert "instances like these" in {estimate["target"] for estimate in estimates}


def _estimates(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if "method" in part and "target" in part:
            yield part
        for each in part.values():
            yield from _estimates(each)
    elif isinstance(part, list):
        for each in part:
            yield from _estimates(each)


@pytest.mark.parametrize("command", ["collapse", "hazard", "failures"])
def test_csv_says_what_json_says(tmp_path: Path, command: str) -> None:
    run = a_run(tmp_path / "run", list(hanoi(0.01, attempts=10))).path
    table = list(csv.DictReader(io.StringIO(invoked(command, run, "--format", "csv").stdout)))
    told = json.loads(invoked(command, run, "--format", "json").stdout)
    if command == "collapse":
        assert float(table[0]["n50"]) == pytest.approx(told[0]["n50"]["estimate"]["value"])
        assert table[0]["target"] == "these instances"
    elif command == "hazard":
        assert float(table[0]["per_move_low"]) == pytest.approx(told["rows"][0]["per_move"]["low"])
    else:
        assert len(table) == sum(len(row["outcomes"]) for row in told)
        assert float(table[0]["strict_high"]) == pytest.approx(told[0]["strict"]["high"])


def test_a_run_that_lacks_much_of_its_plan_is_flagged(tmp_path: Path) -> None:
    run = a_run(tmp_path / "run", list(hanoi(0.01, attempts=10)))
    lines = run.verdicts_file.read_text().splitlines(keepends=True)
    run.verdicts_file.write_text("".join(lines[:90]))
    for command in ("collapse", "hazard", "failures"):
        assert "90/100 (!)" in invoked(command, run.path).stdout


def test_runs_in_which_nothing_was_measured_are_refused(tmp_path: Path) -> None:
    run = a_run(tmp_path / "run", [{}])
    run.verdicts_file.write_text("")
    result = CliRunner().invoke(pegboard, ["collapse", str(run.path)])
    assert result.exit_code != 0
    assert "nothing was measured" in str(result.exception)


def test_the_same_runs_give_the_same_bytes(tmp_path: Path) -> None:
    run = a_run(tmp_path / "run", list(hanoi(0.01, attempts=10, instances=2))).path
    first, second = (invoked("collapse", run, "--format", "json").stdout for _ in range(2))
    assert first == second

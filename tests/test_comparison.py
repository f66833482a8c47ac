"""Two models, or two runs, held against each other; and what a plan will tell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from made_runs import a_run

from harness.analysis import frames
from harness.analysis.comparison import comparisons, flips, of_models, of_runs, paired, regressions, unpaired
from harness.analysis.planning import NORMAL, Prospect, needs
from harness.analysis.power import minimum_detectable, pairs_needed
from harness.analysis.rates import score_interval
from harness.cli.app import pegboard
from harness.errors import UsageError
from harness.store import RunFolder

FAILED: dict[str, Any] = {"outcome": "illegal_move", "optimal": None, "strict_outcome": "illegal_move"}


def answers(model: str, solved: str, **change: Any) -> list[dict[str, Any]]:
    """One attempt at each of as many instances as there are letters: + solved, - failed, t truncated, x not scored."""
    ends: dict[str, dict[str, Any]] = {
        "+": {},
        "-": FAILED,
        "t": {**FAILED, "outcome": "truncated"},
        "x": {"infeasible": "unsolvable"},
    }
    return [
        {"model": model, "seed": seed, "repeat": 0, "key": f"{model}-{seed}", **ends[end], **change}
        for seed, end in enumerate(solved)
    ]


def run_of(folder: Path, *sides: list[dict[str, Any]], **change: Any) -> RunFolder:
    models = [side[0]["model"] for side in sides]
    planned = [{"model": model, "trials": len(side), **change} for model, side in zip(models, sides, strict=True)]
    return a_run(folder, planned, [verdict for side in sides for verdict in side])


def compared(folder: Path, first: str, second: str) -> Any:
    judged = frames.verdicts([run_of(folder, answers("a/a", first), answers("b/b", second))])
    return paired(*of_models(judged, "a/a", "b/b"))


def pegboard_says(*arguments: str) -> Result:
    return CliRunner().invoke(pegboard, arguments, standalone_mode=False)


def test_pairs_are_counted_and_tested_and_what_flipped_is_named(tmp_path: Path) -> None:
    both = compared(tmp_path, "+" + "+" * 1 + "-" * 7 + "-" * 12, "+" + "-" * 1 + "+" * 7 + "-" * 12)
    (found,) = comparisons(both)
    assert (found.pairs.both, found.pairs.first_only, found.pairs.second_only, found.pairs.neither) == (1, 1, 7, 12)
    assert found.p == found.adjusted == pytest.approx(0.0703125)
    assert found.mcnemar == pytest.approx(0.0390625)
    assert (found.difference.low, found.difference.high) == pytest.approx((-0.5069, -0.0256), abs=5.1e-5)
    assert found.better() == ""
    flipped = list(flips(both))
    assert [flip.lost for flip in flipped] == [True] + [False] * 7
    assert flipped[0].keys == ("a/a-1", "b/b-1")


def test_attempts_that_are_not_scored_on_both_sides_make_no_pair(tmp_path: Path) -> None:
    judged = frames.verdicts([run_of(tmp_path, answers("a/a", "++x+"), answers("b/b", "+-+"))])
    first, second = of_models(judged, "a/a", "b/b")
    both = paired(first, second)
    assert len(both) == 2
    assert unpaired(first, second, both) == (1, 1)


def test_a_difference_that_truncated_answers_could_reverse_orders_nobody(tmp_path: Path) -> None:
    (certain,) = comparisons(compared(tmp_path / "certain", "+" * 20, "-" * 20))
    (cut,) = comparisons(compared(tmp_path / "cut", "+" * 20, "t" * 20))
    assert certain.better() == "first"
    assert certain.p == cut.p == pytest.approx(2**-19)
    assert cut.bounds == (0, 1)
    assert cut.better() == ""


def test_the_same_questions_answered_in_two_runs_are_refused(tmp_path: Path) -> None:
    runs = [run_of(tmp_path / name, answers("a/a", "++"), answers("b/b", "++")) for name in ("one", "two")]
    with pytest.raises(UsageError, match="several runs: one, two"):
        paired(*of_models(frames.verdicts(runs), "a/a", "b/b"))


def test_questions_that_nobody_else_was_asked_are_no_comparison(tmp_path: Path) -> None:
    runs = [run_of(tmp_path / f"{size}", answers("a/a", "++", size=size), size=size) for size in (3, 4)]
    with pytest.raises(UsageError, match="no question"):
        paired(*of_runs(*(frames.verdicts([run]) for run in runs)))


def test_holm_corrects_for_the_blocks_and_their_whole_is_a_row_of_its_own(tmp_path: Path) -> None:
    modes = ("enumerate", "function/lua")
    sides = [
        [v for mode in modes for v in answers(m, end, mode=mode)] for m, end in (("a/a", "+++++++-"), ("b/b", "-" * 8))
    ]
    for side in sides:
        for number, verdict in enumerate(side):
            verdict["key"] += str(number)
    judged = frames.verdicts([a_run(tmp_path, [{"trials": 1}], [v for side in sides for v in side])])
    one, other, whole = comparisons(paired(*of_models(judged, "a/a", "b/b")))
    assert one.p == other.p == pytest.approx(2 / 128)
    assert one.adjusted == pytest.approx(4 / 128)
    assert (whole.block.task, whole.pairs.n, whole.difference.clusters) == ("all", 16, 8)
    assert whole.p == pytest.approx(2 / 128)  # both modes of an instance flip together


def test_a_run_that_is_worse_beyond_chance_ends_the_gate_with_1(tmp_path: Path) -> None:
    runs = {
        name: run_of(tmp_path / name, answers("a/a", solved))
        for name, solved in {"before": "+" * 10, "worse": "-" * 6 + "+" * 4, "much the same": "-" + "+" * 9}.items()
    }
    before = str(runs["before"].path)
    worse = pegboard_says("diff", before, str(runs["worse"].path))
    assert worse.return_value == 1
    assert "worse: a/a t v enumerate" in worse.output
    assert "solved -> illegal_move (a/a-0)" in worse.output
    assert pegboard_says("diff", before, str(runs["much the same"].path)).return_value == 0
    assert pegboard_says("diff", before, before).return_value == 0
    assert pegboard_says("diff", str(runs["worse"].path), before).return_value == 0
    strict = json.loads(
        pegboard_says("diff", before, str(runs["worse"].path), "--level", "0.01", "--format", "json").output
    )
    assert (strict["worse"], strict["blocks"][0]["p"]) == (False, pytest.approx(1 / 64))


def test_the_gate_wants_run_folders(tmp_path: Path) -> None:
    failed = pegboard_says("diff", str(tmp_path / "one"), str(tmp_path / "two")).exception
    assert isinstance(failed, UsageError)
    assert "is no run folder" in str(failed)


def test_a_regression_speaks_of_these_instances_even_of_one(tmp_path: Path) -> None:
    sides = [
        run_of(tmp_path / name, [{**v, "seed": 0, "repeat": n} for n, v in enumerate(answers("a/a", ends))])
        for name, ends in (("before", "+" * 8), ("after", "-" * 8))
    ]
    (found,) = regressions(paired(*of_runs(*(frames.verdicts([run]) for run in sides))))
    assert found.p == pytest.approx(1 / 12870)
    assert (found.change.target, found.change.clusters) == ("these instances", 1)


def test_compare_tells_of_two_models_or_two_runs(tmp_path: Path) -> None:
    run = run_of(tmp_path / "one", answers("a/a", "+++-"), answers("b/b", "+--+"))
    models = pegboard_says("compare", "a/a", "b/b", str(run.path))
    assert models.exception is None
    assert "only a/a solved: 2" in models.output
    other = run_of(tmp_path / "two", answers("c/c", "++++"))
    single = run_of(tmp_path / "three", answers("a/a", "+-++"))
    told = json.loads(pegboard_says("compare", str(single.path), str(other.path), "--format", "json").stdout)
    assert told["blocks"][0]["difference"]["value"] == pytest.approx(-1 / 4)
    assert [flip["question"]["seed"] for flip in told["flips"]] == [1]
    assert pegboard_says("compare", "a/a", "b/b", str(run.path), "--format", "md").output.startswith("| task |")


def test_a_model_that_is_not_there_is_told_with_its_near_misses(tmp_path: Path) -> None:
    run = run_of(tmp_path, answers("a/alpha", "+"), answers("b/b", "+"))
    failed = pegboard_says("compare", "a/alpa", "b/b", str(run.path)).exception
    assert isinstance(failed, UsageError)
    assert "did you mean a/alpha?" in str(failed)


def test_what_was_asked_differently_is_told(tmp_path: Path) -> None:
    runs = [
        run_of(tmp_path / f"{limit}", answers("a/a", "+-", max_tokens=limit), max_tokens=limit) for limit in (100, 200)
    ]
    told = json.loads(pegboard_says("compare", *(str(run.path) for run in runs), "--format", "json").stdout)
    assert told["notes"] == ["Asked differently: max_tokens differs: 100 against 200."]


def test_the_least_detectable_difference_is_what_the_pairs_are_needed_for() -> None:
    found = minimum_detectable(155, 0.2)
    assert found is not None
    assert pairs_needed((0.2 + found) / 2, (0.2 - found) / 2) == pytest.approx(155, rel=1e-3)
    more = minimum_detectable(20, 0.0)
    assert more is not None
    assert pairs_needed(more, 0) == pytest.approx(20, rel=1e-3)
    assert minimum_detectable(2, 0.5) is None


def test_repeats_are_worth_less_than_instances() -> None:
    block: dict[str, Any] = {
        "task": "t",
        "variant": "v",
        "mode": "m",
        "sizes": 1,
        "attempts": 100,
        "spacing": 0.0,
        "correlation": 0.2,
    }
    few, many = Prospect(**block, instances=10), Prospect(**block, instances=100)
    assert [few.effective, many.effective] == pytest.approx([100 / 2.8, 100])
    assert few.width > many.width
    low, high = score_interval(0.5, 100, NORMAL)
    assert many.width == pytest.approx((high - low) / 2)
    assert few.shift(1) is None


def test_plan_says_what_a_suite_and_what_a_difference_takes() -> None:
    told = json.loads(pegboard_says("plan", "quickstart", "--json").output)
    assert {row["task"] for row in told["rows"]} == {"tower_of_hanoi", "river_crossing"}
    alone = pegboard_says("plan")
    assert alone.exception is None
    assert "234" in alone.output
    assert [round(need.paired) for need in needs([0.1])] == [233]

"""Success against memorization: published figures, the test's exactness and level, refusals, files, the page."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from functools import partial
from html.parser import HTMLParser
from itertools import permutations, product
from math import exp, log
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from harness.analysis.multiplicity import benjamini_hochberg, holm
from harness.cli import main
from harness.errors import PegboardError, RunFolderError, UsageError
from harness.memorization import correlation_page
from harness.memorization.correlation import (
    EXACT,
    Unit,
    associate,
    centred,
    contrast,
    detectable_correlation,
    empirical_logit,
    odds,
    partial_spearman,
    ranks,
    strata,
    views,
)
from harness.memorization.correlation_study import Settings, study
from harness.memorization.correlation_table import lines, rows
from harness.memorization.correlation_units import Asked, Text, counted, joined, joined_by_mode, scored
from harness.store import RunFolder

PEGBOARD = (sys.executable, "-c", "from harness.cli import main; main()")
NOTHING = np.empty((10, 0))


def made_up(
    seed: int, *, models: int = 4, puzzles: int = 4, ways: int = 3, slope: float = 0.0, noise: float = 1.0
) -> list[Unit]:
    """Units with effects of models, puzzles, both and variants, the larger the fewer are seen through them."""
    rng = np.random.default_rng(seed)
    units = []
    skill = rng.normal(0, 2, models)
    for puzzle in range(puzzles):
        both, easy = rng.normal(0, 2, (2, models)), rng.normal(0, 2, ways)
        score = both[0][:, None] + easy + rng.normal(0, 1, (models, ways))
        outcome = both[1][:, None] + skill[:, None] + easy + slope * score + rng.normal(0, noise, (models, ways))
        for (model, way), value in np.ndenumerate(score):
            named = {"model": f"m{model}", "structure": f"p{puzzle}", "variant": "k" if way == 0 else f"k.{way}"}
            units.append(Unit(**named, outcome=float(outcome[model, way]), score=float(value)))
    return units


def test_the_partial_rank_correlation_is_the_one_of_the_worked_example() -> None:
    x, y, z = (
        np.array(row, dtype=float)
        for row in (range(1, 11), [2, 1, 4, 3, 7, 8, 6, 10, 9, 5], [3, 1, 2, 5, 4, 9, 7, 6, 10, 8])
    )
    assert partial_spearman(x, y, NOTHING) == pytest.approx(0.74545455, abs=1e-8)
    assert partial_spearman(x, z, NOTHING) == pytest.approx(0.84242424, abs=1e-8)
    assert partial_spearman(y, z, NOTHING) == pytest.approx(0.72121212, abs=1e-8)
    assert partial_spearman(x, y, ranks(z)[:, None]) == pytest.approx(0.36943047, abs=1e-8)


def test_equal_values_share_a_rank_and_a_constant_has_no_correlation() -> None:
    assert ranks([3.0, 1.0, 3.0, 2.0]).tolist() == [3.5, 1.0, 3.5, 2.0]
    assert partial_spearman([1.0, 1.0, 1.0], [1.0, 2.0, 3.0], np.empty((3, 0))) is None


def test_the_kidney_stones_turn_round_when_they_are_stratified() -> None:
    """Charig et al. 1986: open surgery against the needle, for small stones and for large ones."""
    small, large = (81, 87 - 81, 234, 270 - 234), (192, 263 - 192, 55, 80 - 55)
    found = odds([small, large])
    assert found.pooled == pytest.approx(0.74834854, abs=1e-8)
    assert found.stratified == pytest.approx(1.44684662, abs=1e-8)
    assert found.reversed
    assert not odds([small]).reversed
    assert odds([]).pooled is None


def test_corrections_for_many_tests_are_the_published_ones() -> None:
    p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216]
    told = [0.01, 0.072, 0.312, 0.312, 0.312, 0.312, 0.312, 0.615, 0.615, 0.615]
    rates = [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.10571429, 0.216, 0.216, 0.216]
    assert holm(p) == pytest.approx(told, abs=1e-8)
    assert benjamini_hochberg(p) == pytest.approx(rates, abs=1e-8)
    assert holm(p[::-1]) == pytest.approx(told[::-1], abs=1e-8)
    assert benjamini_hochberg(p[::-1]) == pytest.approx(rates[::-1], abs=1e-8)
    assert holm([]) == benjamini_hochberg([]) == []


@pytest.mark.parametrize(("number", "r"), [(89, 0.3), (51, 0.4), (33, 0.5)])
def test_the_detectable_correlation_is_that_of_the_power_formula(number: int, r: float) -> None:
    found, with_one_less = detectable_correlation(number), detectable_correlation(number - 1)
    assert found is not None
    assert with_one_less is not None
    assert found <= r < with_one_less
    assert detectable_correlation(4) is None


def test_the_empirical_logit_is_finite_at_both_ends() -> None:
    assert empirical_logit(0, 10) == pytest.approx(log(0.5 / 10.5))
    assert empirical_logit(10, 10) == pytest.approx(-empirical_logit(0, 10))


def test_the_exact_p_value_is_that_of_going_through_every_arrangement_by_hand() -> None:
    """Least squares on dummies of model by puzzle and of variant, each time anew."""
    units = made_up(3, models=3, puzzles=2, ways=4)
    groups = [[f"{u.model}{u.structure}" for u in units], [f"{u.structure}{u.variant}" for u in units]]
    dummies = np.column_stack(
        [[float(one == name) for one in names] for names in groups for name in sorted(set(names))]
    )
    outcome = np.array([unit.outcome for unit in units])
    at = {(u.model, u.structure, u.variant): u.score for u in units}
    variants = sorted({u.variant for u in units})

    def slope(orders: dict[str, dict[str, str]]) -> float:
        score = [at[u.model, u.structure, orders[u.structure][u.variant]] for u in units]
        return float(np.linalg.lstsq(np.column_stack([score, dummies]), outcome, rcond=None)[0][0])

    every = [dict(zip(variants, order, strict=True)) for order in permutations(variants)]
    slopes = np.array([slope({"p0": one, "p1": other}) for one, other in product(every, every)])
    observed = slope({"p0": every[0], "p1": every[0]})
    found = associate(strata(units)[0])
    assert found.test.exact
    assert found.test.arrangements == len(slopes) == 576
    assert found.test.p == pytest.approx((np.abs(slopes) >= abs(observed) - 1e-9).mean())
    assert found.slope == pytest.approx(observed * found.spread)


def test_more_arrangements_than_can_be_gone_through_are_drawn_and_agree_with_the_exact_ones() -> None:
    units = made_up(5, puzzles=5, ways=3, slope=0.4)
    exact = associate(strata(units)[0])
    assert exact.test.exact
    drawn = associate([*strata(units)[0], *strata([replace(u, structure="flat", outcome=0) for u in units[:3]])[0]])
    assert drawn.test.p == exact.test.p  # a puzzle that tells nothing changes nothing
    many = associate(strata(made_up(5, puzzles=7, ways=3))[0], seed=1)
    assert not many.test.exact
    assert many.test.arrangements < EXACT < 6**7
    assert many == associate(strata(made_up(5, puzzles=7, ways=3))[0], seed=1)


def test_what_models_puzzles_and_variants_have_in_common_changes_nothing() -> None:
    units = made_up(11, slope=0.3)
    rng = np.random.default_rng(0)
    by_pair = {(u.model, u.structure): rng.normal(0, 50, 2) for u in units}
    by_variant = {(u.structure, u.variant): rng.normal(0, 50, 2) for u in units}
    shifted = [
        replace(
            u,
            outcome=u.outcome + by_pair[u.model, u.structure][0] + by_variant[u.structure, u.variant][0],
            score=u.score + by_pair[u.model, u.structure][1] + by_variant[u.structure, u.variant][1],
        )
        for u in units
    ]
    one, other = associate(strata(units)[0]), associate(strata(shifted)[0])
    assert one.test.p == other.test.p
    assert (one.slope, one.low, one.high) == pytest.approx((other.slope, other.low, other.high))


def test_under_the_null_five_percent_are_rejected_however_strongly_units_go_together() -> None:
    found = [associate(strata(made_up(seed, puzzles=6))[0], draws=199).test.p for seed in range(300)]
    rejected = sum(p is not None and p <= 0.05 for p in found) / len(found)
    assert 0.01 <= rejected <= 0.085  # three standard errors above the level


def test_an_effect_is_found_with_its_size_and_its_interval() -> None:
    found = associate(strata(made_up(1, models=8, puzzles=6, slope=0.8, noise=0.3))[0])
    assert found.slope is not None
    assert found.low is not None
    assert found.high is not None
    assert found.test.p is not None
    assert found.slope / found.spread == pytest.approx(0.8, abs=0.1)
    assert found.low < 0.8 * found.spread < found.high
    assert found.low > 0
    assert found.test.p < 0.001
    assert found.correlation is not None
    assert found.correlation > 0.8


def test_the_interval_holds_the_truth_in_most_studies() -> None:
    held = 0
    for seed in range(150):
        found = associate(strata(made_up(seed, models=5, puzzles=12, ways=2, slope=0.5))[0], draws=400)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 0.5 * found.spread <= found.high
    assert held / 150 >= 0.87


@pytest.mark.parametrize(
    ("units", "told"),
    [
        (made_up(0, puzzles=1, ways=3), "3 variants can carry one, 6 are needed"),
        (made_up(0, puzzles=3, ways=2), "6 variants could give none below 0.250"),
        (made_up(0, models=1, puzzles=6), "with one model"),
        ([], "0 variants can carry one, 6 are needed"),
        ([replace(unit, outcome=1.0) for unit in made_up(0)], "0 variants can carry one"),
        ([replace(unit, score=1.0) for unit in made_up(0)], "0 variants can carry one"),
    ],
)
def test_no_p_value_is_given_that_too_few_variants_would_carry(units: Sequence[Unit], told: str) -> None:
    found = associate(strata(units)[0])
    assert found.test.p is None
    assert told in (found.test.refused or "")


def test_what_can_be_detected_is_told_with_a_p_value_and_without_one() -> None:
    for units in (made_up(2, puzzles=6), made_up(2, puzzles=1)):
        assert associate(strata(units)[0]).detectable_slope


def test_puzzles_told_in_one_way_are_compared_with_one_another_but_not_by_one_model() -> None:
    units = made_up(4, models=5, puzzles=7, ways=1)
    (stratum,), lost = strata(units)
    assert len(stratum.variants) == 7
    assert not lost
    assert associate([stratum]).test.p is not None
    alone, lost = strata([unit for unit in units if unit.model == "m0"])
    assert not alone
    assert "one model cannot compare puzzles" in lost[0]


def test_a_hole_costs_the_row_or_the_column_that_has_most_of_them_and_is_told() -> None:
    units = made_up(4, models=4, puzzles=1, ways=4)
    without_one = [u for u in units if (u.model, u.variant) != ("m2", "k.1")]
    (stratum,), lost = strata(without_one)
    assert stratum.score.shape in {(3, 4), (4, 3)}
    assert len(lost) == 1
    poor = [u for u in units if u.model != "m2" or u.variant == "k"]
    (stratum,), lost = strata(poor)
    assert stratum.models == ("m0", "m1", "m3")
    assert lost == ["p0: m2 was not measured at every variant and is left out"]


def test_pooled_and_stratified_correlations_stand_side_by_side() -> None:
    """Easier puzzles are more memorized, and within each puzzle memorization hinders."""
    units = made_up(8, models=6, puzzles=6, slope=-1, noise=0.1)
    level = {f"p{i}": 40.0 * i for i in range(6)}
    tied = [replace(u, score=u.score + level[u.structure], outcome=u.outcome + 9 * level[u.structure]) for u in units]
    seen = {view.removed: view.correlation for view in views(tied)}
    assert (seen["nothing"] or 0) > 0.5
    assert (seen["as tested"] or 0) < 0


def test_a_group_s_mean_taken_away_is_the_group_held_fixed() -> None:
    units = made_up(9)
    dummies = np.column_stack([[float(u.model == f"m{i}") for u in units] for i in range(4)])
    x, y = [u.score for u in units], [u.outcome for u in units]
    seen = {view.removed: view.correlation for view in views(units)}
    assert seen["models"] == pytest.approx(partial_spearman(x, y, dummies))
    assert seen["nothing"] == pytest.approx(partial_spearman(x, y, np.empty((len(x), 0))))


def test_the_contrast_flips_whole_puzzles_and_passes_over_what_a_disguise_costs_all() -> None:
    units = made_up(6, puzzles=7, ways=3, slope=0.5)
    found = contrast(units)
    assert found is not None
    assert (found.structures, found.pairs, found.test.arrangements) == (7, 28, 2**7)
    products = []
    for puzzle in range(7):
        y, x = np.transpose(
            [
                [
                    np.mean([getattr(u, what) for u in of if u.canonical])
                    - np.mean([getattr(u, what) for u in of if not u.canonical])
                    for what in ("outcome", "score")
                ]
                for model in range(4)
                if (of := [u for u in units if (u.model, u.structure) == (f"m{model}", f"p{puzzle}")])
            ]
        )
        products.append(float((y - y.mean()) @ (x - x.mean())))
    sums = np.array([np.dot(signs, products) for signs in product((1, -1), repeat=7)])
    assert found.test.p == pytest.approx((np.abs(sums) >= abs(sum(products)) - 1e-9).mean())
    harder = contrast([replace(u, outcome=u.outcome - (0 if u.canonical else 5)) for u in units])
    assert harder is not None
    assert harder.test.p == found.test.p
    assert harder.outcome_gap == pytest.approx(found.outcome_gap + 5)
    assert contrast([u for u in units if u.canonical]) is None


def test_centring_leaves_no_mean_of_any_row_or_column() -> None:
    left = centred(np.random.default_rng(0).normal(size=(4, 5)))
    assert np.abs(left.mean(axis=0)).max() < 1e-12
    assert np.abs(left.mean(axis=1)).max() < 1e-12


def cell(variant: str, size: int, mode: str = "enumerate", model: str = "a/b") -> Asked:
    return Asked(model, "hanoi", variant, mode, size)


def text(variant: str, size: int | None, model: str = "a/b", **scores: float) -> Text:
    return Text(model, "hanoi", variant, size, "statement", scores)


def test_only_sizes_that_all_variants_of_a_puzzle_were_asked_in_count_and_each_alike() -> None:
    counts = {
        cell("tower", 3): (2, 2),
        cell("tower", 4): (0, 8),
        cell("tower", 9): (0, 50),
        cell("tower.symbols", 3): (1, 5),
        cell("tower.symbols", 4): (0, 5),
    }
    texts = [text("tower", size, mem_u=size) for size in (3, 4, 9)] + [
        text("tower.symbols", s, mem_u=1) for s in (3, 4)
    ]
    found = joined(counts, texts, "mem_u")
    bare, worn = found.units
    assert bare.outcome == pytest.approx(empirical_logit(5, 10))
    assert worn.outcome == pytest.approx(empirical_logit(1, 10))
    assert (bare.score, worn.score) == (3.5, 1)
    assert {asked.size for asked in found.counts} == {3, 4}


def test_a_variant_without_a_score_or_without_a_common_size_is_left_out_and_told() -> None:
    counts = {cell("tower", 3): (1, 2), cell("tower", 4): (1, 2), cell("tower.symbols", 9): (1, 2)}
    counts |= {cell("tower.depot", 3): (1, 2), cell("tower.mirrored", 3): (1, 2)}
    texts = [text(variant, 3, mem_u=1) for variant in ("tower", "tower.symbols", "tower.depot")]
    found = joined(counts, texts, "mem_u")
    assert [unit.variant for unit in found.units] == ["tower", "tower.depot"]
    assert found.left_out == [
        "hanoi tower, a/b: no mem_u of tower.mirrored",
        "hanoi tower, a/b: tower.symbols was asked in no mode and size that the others were asked in",
    ]


def test_a_program_s_text_has_no_size_and_counts_for_all() -> None:
    counts = {cell(variant, size): (1, 2) for variant in ("tower", "tower.symbols") for size in (3, 4)}
    texts = [text("tower", None, mem_u=2), text("tower.symbols", None, mem_u=1)]
    assert [unit.score for unit in joined(counts, texts, "mem_u").units] == [2, 1]


def test_the_mode_term_is_listing_less_programs_on_the_sizes_of_both() -> None:
    counts: dict[Asked, tuple[int, int]] = {}
    for variant in ("tower", "tower.symbols"):
        counts |= {cell(variant, 3): (4, 4), cell(variant, 4): (0, 4), cell(variant, 5): (0, 4)}
        counts |= {cell(variant, size, "function/python"): (1, 4) for size in (3, 4)}
    texts = [text(variant, size, mem_u=1) for variant in ("tower", "tower.symbols") for size in (3, 4, 5)]
    found = joined_by_mode(counts, texts, "mem_u")
    assert [u.outcome for u in found.units] == pytest.approx([empirical_logit(4, 8) - empirical_logit(2, 8)] * 2)
    assert {asked.size for asked in found.counts} == {3, 4}
    without = {asked: of for asked, of in counts.items() if asked.mode == "enumerate"}
    assert not joined_by_mode(without, texts, "mem_u").units


# Runs and scores as files


PUZZLES = [f"puzzle{i}" for i in range(6)]
VARIANTS = ("kind", "kind.symbols", "kind.story")
MODELS = ("a/one", "a/two", "a/three")
SAMPLING = {"max_tokens": 100, "temperature": None, "thinking_budget": None, "reasoning_effort": None}
SCORE = {"reference": "r", "version": 1, "seed": 0, "text_kind": "statement", "source": None, "bytes": 90, "tokens": 20}


def verdicts_of(model: str, chance: Callable[[str, str], float], modes: Sequence[str]) -> list[dict[str, Any]]:
    asked = [
        (p, v, mode, size, i) for p in PUZZLES for v in VARIANTS for mode in modes for size in (3, 4) for i in range(10)
    ]
    return [
        {
            "key": f"{model}{p}{v}{mode}{size}{i}",
            "model": model,
            "task": p,
            "variant": v,
            "mode": mode,
            "size": size,
            **SAMPLING,
            "version": 1,
            "base_url": None,
            "seed": 0,
            "infeasible": None,
            "detail": None,
            "optimal": None,
            "general": None,
            "strict_outcome": "solved",
            "outcome": "solved" if i < 10 * chance(p, v) else "illegal_move",
        }
        for p, v, mode, size, i in asked
    ]


def a_run(folder: Path, verdicts: Sequence[dict[str, Any]]) -> Path:
    RunFolder(folder).create({"suite": {}, "tasks": {}, "plugins": [], "planned": []})
    (folder / "verdicts.jsonl").write_text("".join(json.dumps(line) + "\n" for line in verdicts))
    return folder


def memorized(model: str, puzzle: str, variant: str) -> float:
    """Any number of its own for each."""
    place = MODELS.index(model) * 31 + PUZZLES.index(puzzle) * 17 + VARIANTS.index(variant) * 7
    return (place * place % 23) / 22


def some_scores(names: Sequence[str] = MODELS) -> list[dict[str, Any]]:
    return [
        {
            **SCORE,
            "key": f"{model}{p}{v}{size}",
            "model": name,
            "task": p,
            "variant": v,
            "size": size,
            "mem_u": 100 * memorized(model, p, v),
            "loss": -memorized(model, p, v),
            "zlib": 1.0,
            "min_k": None,
        }
        for model, name in zip(MODELS, names, strict=True)
        for p in PUZZLES
        for v in VARIANTS
        for size in (3, 4)
    ]


def a_file(path: Path, scores: Sequence[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in scores))
    return path


def rising(model: str, puzzle: str, variant: str) -> float:
    return 0.2 + 0.6 * memorized(model, puzzle, variant)


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """Runs in which success is 20 to 80 % as the memorization goes, in listing and not in programs."""
    for model in MODELS:
        listed = verdicts_of(model, partial(rising, model), ["enumerate"])
        a_run(tmp_path / model.partition("/")[2], [*listed, *verdicts_of(model, lambda *_: 0.5, ["function/python"])])
    a_file(tmp_path / "scores.jsonl", some_scores())
    return tmp_path


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def correlate(place: Path, *arguments: str) -> Done:
    """The command, in this process."""
    told, complained = io.StringIO(), io.StringIO()
    with chdir(place), redirect_stdout(told), redirect_stderr(complained), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["pegboard", "correlate", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
    assert isinstance(ended.value.code, int)
    return Done(ended.value.code, told.getvalue(), complained.getvalue())


def table(place: Path, *arguments: str) -> list[dict[str, str]]:
    done = correlate(place, *arguments, "--format", "csv")
    assert done.returncode == 0, done.stderr
    return [*csv.DictReader(io.StringIO(done.stdout))]


def test_a_planted_association_is_found_in_listing_and_not_in_programs(planted: Path) -> None:
    runs = ("one", "two", "three", "--memorization")
    (success, gaps) = table(planted, *runs, "scores.jsonl", "--mode", "enumerate")
    assert success["test"] == "success"
    assert success["score"] == "mem_u"
    assert float(success["p"]) < 0.001
    assert float(success["odds"]) > 1
    assert gaps["test"] == "contrast"
    (_, modes, _) = table(planted, *runs, ".")
    assert modes["test"] == "modes"
    assert float(modes["p"]) < 0.001
    (programs, _) = table(planted, *runs, ".", "--mode", "function/python")
    assert not programs["p"]
    assert "0 variants can carry one" in programs["refused"]


def test_several_scores_are_corrected_and_every_format_says_the_same(planted: Path) -> None:
    arguments = ["one", "two", "three", "--memorization", ".", "--mode", "enumerate"]
    arguments += ["--score", "mem_u", "--score", "loss"]
    found = [row for row in table(planted, *arguments) if row["test"] == "success"]
    p = [float(row["p"]) for row in found]
    assert [float(row["p_adjusted"]) for row in found] == pytest.approx(holm(p))
    as_json = json.loads(correlate(planted, *arguments, "--format", "json").stdout)
    assert [row["p"] for row in as_json["tests"] if row["test"] == "success"] == pytest.approx(p)
    assert as_json["seed"] == 0
    shown = correlate(planted, *arguments).stdout
    assert "corrected p" in shown
    assert "detectable" in shown
    assert f"{p[1]:.1e}" in shown


def test_a_model_scored_under_another_name_is_joined_by_an_alias(planted: Path) -> None:
    a_file(planted / "local.jsonl", some_scores(["hf/one", "hf/two", "hf/three"]))
    runs = ("one", "two", "three", "--memorization", "local.jsonl")
    refused = correlate(planted, *runs)
    assert refused.returncode == 2
    assert "no model was both asked and scored" in refused.stderr
    aliases = [part for name in ("one", "two", "three") for part in ("--alias", f"hf/{name}=a/{name}")]
    assert table(planted, *runs, *aliases) == table(planted, "one", "two", "three", "--memorization", "scores.jsonl")
    assert correlate(planted, *runs, "--alias", "nonsense").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--score", "mem_v"], "did you mean mem_u"),
        (["--score", "min_k"], "unknown score 'min_k'"),
        (["--text-kind", "moves"], "known: statement"),
        (["--mode", "enumerat"], "did you mean enumerate"),
        (["--memorization", "nowhere"], "there is no nowhere"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(planted: Path, arguments: list[str], told: str) -> None:
    done = correlate(planted, "one", "two", "--memorization", "scores.jsonl", *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ("[1]", "it is no JSON object"),
        ('{"model": "m"}', "it lacks task, variant, text_kind"),
        (json.dumps({**some_scores()[0], "variant": 3}), "its variant is 3, not text"),
        (json.dumps({**some_scores()[0], "model": None}), "its model is None, not text"),
        (json.dumps({**some_scores()[0], "size": "3"}), "its size is '3', not a whole number"),
        (json.dumps({**some_scores()[0], "mem_u": float("nan")}), "its mem_u is nan, which no score can be"),
        (json.dumps({**some_scores()[0], "mem_u": float("inf")}), "its mem_u is inf, which no score can be"),
        (json.dumps({**some_scores()[0], "mem_u": 10**400}), "which no score can be"),
    ],
)
def test_a_line_that_is_no_score_is_named(tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / "scores.jsonl").write_text(json.dumps(some_scores()[0]) + "\n" + line + "\n")
    with pytest.raises(RunFolderError) as caught:
        scored([tmp_path], {})
    assert "scores.jsonl:2 is no score" in caught.value.found
    assert told in caught.value.found


def test_scores_against_several_references_are_refused_and_texts_of_other_files_passed_over(tmp_path: Path) -> None:
    row = some_scores()[0]
    other = {**row, "key": "2", "task": None, "variant": None, "text_kind": "file"}
    assert len(scored([a_file(tmp_path / "a", [row, other])], {})) == 1
    without = {**row, "key": "3", "reference": None, "mem_u": None}
    assert len(scored([a_file(tmp_path / "d", [row, without])], {})) == 2
    with pytest.raises(UsageError, match="several references: r, s"):
        scored([a_file(tmp_path / "b", [row, {**row, "reference": "s"}])], {})
    with pytest.raises(UsageError, match="no text of a puzzle"):
        scored([a_file(tmp_path / "c", [other])], {})


def test_a_text_scored_again_counts_once_with_its_last_score(tmp_path: Path) -> None:
    row = some_scores()[0]
    (found,) = scored([a_file(tmp_path / "s", [row, {**row, "mem_u": 7}]), tmp_path / "s"], {})
    assert found.scores["mem_u"] == 7


def test_attempts_at_marked_cells_and_questions_of_solvability_are_not_counted(tmp_path: Path) -> None:
    row = verdicts_of("a/one", lambda *_: 1, ["enumerate"])[0]
    marked = [{**row, "key": f"{i}", "infeasible": mark} for i, mark in enumerate(["output budget", "unsolvable"])]
    asked = {**row, "key": "solvable", "mode": "solvable"}
    counts, warnings = counted([RunFolder(a_run(tmp_path / "run", [row, *marked, asked]))], [])
    assert [*counts.values()] == [(1, 1)]
    assert warnings == []
    warm = {**row, "key": "warm", "temperature": 1.0}
    counts, warnings = counted([RunFolder(a_run(tmp_path / "warm", [row, warm]))], [])
    assert warnings == ["attempts that differ in temperature are counted together"]
    with pytest.raises(PegboardError, match="no verdicts"):
        counted([RunFolder(a_run(tmp_path / "empty", []))], [])
    with pytest.raises(PegboardError, match="no feasible cell"):
        counted([RunFolder(a_run(tmp_path / "marked", marked))], [])


def test_oracles_all_or_nothing_tell_nothing_and_that_is_said(tmp_path: Path) -> None:
    """The whole way, from runs to the refusal."""
    for model in ("perfect", "none"):
        command = [*PEGBOARD, "run", "--task", "tower_of_hanoi", "--sizes", "2,3", "--mode", "enumerate"]
        command += ["--variant", "tower", "--variant", "tower.symbols", "--model", f"oracle/{model}", "--out", model]
        assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    scores = [
        {
            **SCORE,
            "key": f"{m}{v}{s}",
            "model": f"oracle/{m}",
            "task": "tower_of_hanoi",
            "variant": v,
            "size": s,
            "loss": x,
        }
        for x, (m, v, s) in enumerate(product(("perfect", "none"), ("tower", "tower.symbols"), (2, 3)))
    ]
    a_file(tmp_path / "scores.jsonl", scores)
    done = correlate(tmp_path, "perfect", "none", "--memorization", ".", "--html", "page.html")
    assert done.returncode == 0, done.stderr
    assert "loss of statement texts: 2 models, 1 puzzle, 2 variants" in done.stdout
    assert "no p-value: 0 variants can carry one, 6 are needed and 12 are better" in done.stdout
    assert "4 of 4 units have all or nothing solved" in done.stdout
    assert (tmp_path / "page.html").read_text().startswith("<!DOCTYPE html>")


# The page


HOSTILE = ["</title><script>alert(1)</script>", '"><img src=x onerror=alert(2)>', "a\x00\x1b[31m\u202e&amp;'\ud800"]


class Tags(HTMLParser):
    """Every element and attribute of a page; fails where elements do not close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def a_page(names: Sequence[str] = MODELS, puzzle: Callable[[str], str] = str) -> str:
    counts, texts = {}, []
    for model, name in zip(MODELS, names, strict=True):
        for p, v in product(PUZZLES, VARIANTS):
            counts[Asked(name, puzzle(p), v, "enumerate", 3)] = (round(2 + 6 * memorized(model, p, v)), 10)
            texts.append(Text(name, puzzle(p), v, 3, "statement", {"mem_u": memorized(model, p, v), "tokens": 7.0}))
    made = study(counts, texts, Settings(), [f"a warning of {names[0]}"])
    assert all(line.isprintable() for line in lines(made))
    return correlation_page.page(made)


def test_the_page_runs_no_script_and_asks_for_nothing_whatever_names_hold() -> None:
    page = a_page(HOSTILE, lambda puzzle: f"{puzzle}<b>&")
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    kinds = {tag for tag, _ in tags.found}
    assert not kinds & {"script", "img", "b", "iframe", "link", "object", "a"}
    attributes = {name for _, held in tags.found for name in held}
    assert not [name for name in attributes if name.startswith("on") or name in {"src", "href"}]
    assert all(character.isprintable() or character == "\n" for character in page)
    (policy,) = [held["content"] for tag, held in tags.found if held.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "url(" not in page
    assert "@import" not in page


def test_the_page_has_an_arrow_for_every_disguise_a_mark_for_every_unit_and_the_warnings() -> None:
    page = a_page()
    assert page.count('class="arrow"') == len(MODELS) * len(PUZZLES) * (len(VARIANTS) - 1)
    assert page.count("<title>a/one, puzzle0 kind, kind:") == 2  # as it is, and what is left
    assert "a warning of a/one" in page
    assert "prefers-color-scheme: dark" in page


def test_the_same_study_gives_the_same_bytes_in_another_process(planted: Path) -> None:
    arguments = ["correlate", "one", "two", "three", "--memorization", ".", "--html"]
    assert correlate(planted, *arguments[1:], "first").returncode == 0
    done = subprocess.run([*PEGBOARD, *arguments, "second"], cwd=planted, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (planted / "first").read_bytes() == (planted / "second").read_bytes()
    assert a_page() == a_page()


def test_a_page_of_nothing_is_a_page() -> None:
    texts = [text("tower", 3, mem_u=1)]
    made = study({cell("tower", 3): (1, 2)}, texts, Settings())
    tags = Tags()
    tags.feed(correlation_page.page(made))
    assert tags.open == []
    assert "no p-value" in "\n".join(lines(made))
    assert rows(made)[0]["odds"] is None


def test_odds_are_those_of_the_slope() -> None:
    counts, texts = {}, []
    for model, p, v in product(MODELS, PUZZLES, VARIANTS):
        counts[Asked(model, p, v, "enumerate", 3)] = (round(10 * memorized(model, p, v)), 10)
        texts.append(Text(model, p, v, 3, "statement", {"mem_u": memorized(model, p, v)}))
    row = rows(study(counts, texts, Settings()))[0]
    assert row["odds"] == pytest.approx(exp(row["slope"]))

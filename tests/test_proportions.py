"""Rates, differences, ranks and shares: the published and the cross-checked values."""

from __future__ import annotations

from itertools import product
from math import comb, inf, isnan

import numpy as np
import pytest

from harness.analysis.multiplicity import benjamini_hochberg, holm
from harness.analysis.paired import (
    Pairs,
    chance_of_better,
    chance_of_worse,
    difference,
    mcnemar,
    newcombe,
    pairs,
    sign_flip,
    tango,
)
from harness.analysis.pass_at_k import pass_at_k, pass_hat_k
from harness.analysis.power import attempts_per_arm, detectable_shift, pairs_needed, questions_needed
from harness.analysis.proportions import (
    clopper_pearson,
    clustered_mean,
    clustered_wilson,
    credible,
    independent_difference,
    noise,
    standard_error,
    success,
)
from harness.analysis.ranks import bootstrap_ranks, rank_intervals, tie_groups
from harness.analysis.rates import wilson
from harness.analysis.shares import exact, goodman, sison_glaz

CLUSTERED = np.array([[1, 1, 1, 0], [0, 0, 0, 0], [1, 1, 1, 1], [1, 0, 1, 0], [0, 0, 1, 0]])
INSTANCES = np.repeat(np.arange(5), 4)

HEARING = Pairs(1, 1, 7, 12)
"""Airway hyper-responsiveness before and after transplantation (Fagerland, Lydersen and Laake 2014)."""


@pytest.mark.parametrize(
    ("k", "n", "score", "exact", "jeffreys", "uniform"),
    [
        (0, 10, (0.0, 0.2775328), (0.0, 0.30849711), (4.789e-05, 0.21719627), (0.00229897, 0.28491415)),
        (1, 10, (0.01787621, 0.40415003), (0.00252858, 0.44501612), (0.01101167, 0.38131477), (0.0228312, 0.41277992)),
        (7, 10, (0.39677815, 0.89220873), (0.34754715, 0.93326049), (0.39418168, 0.90730541), (0.39025744, 0.89073656)),
        (10, 10, (0.7224672, 1.0), (0.69150289, 1.0), (0.78280373, 0.99995211), (0.71508585, 0.99770103)),
        (0, 30, (0.0, 0.11351339), (0.0, 0.11570331), (1.623e-05, 0.07967817), (0.00081637, 0.11218875)),
        (29, 30, (0.83329609, 0.99409141), (0.82783054, 0.99915643), (0.85458222, 0.99637954),
         (0.83297888, 0.99208902)),
        (50, 100, (0.40383153, 0.59616847), (0.39832113, 0.60167887), (0.40317395, 0.59682605),
         (0.40364307, 0.59635693)),
    ],
)  # fmt: skip
def test_intervals_of_one_rate_are_the_published_ones(
    k: int,
    n: int,
    score: tuple[float, float],
    exact: tuple[float, float],
    jeffreys: tuple[float, float],
    uniform: tuple[float, float],
) -> None:
    assert wilson(k, n) == pytest.approx(score, abs=1e-6)
    assert clopper_pearson(k, n) == pytest.approx(exact, abs=1e-6)
    assert credible(k, n, prior=0.5) == pytest.approx(jeffreys, abs=1e-6)
    assert credible(k, n) == pytest.approx(uniform, abs=1e-6)


def test_standard_errors_count_with_and_without_clusters() -> None:
    assert standard_error([1] * 7 + [0] * 3) == pytest.approx(0.152753, abs=1e-6)
    assert standard_error(CLUSTERED.ravel()) == pytest.approx(0.11470787, abs=1e-6)
    plain = clustered_mean(CLUSTERED.ravel(), INSTANCES, corrected=False)
    assert plain.standard_error == pytest.approx(0.15811388, abs=1e-6)
    found = clustered_mean(CLUSTERED.ravel(), INSTANCES)
    assert found.standard_error == pytest.approx(0.1767767, abs=1e-6)
    assert [found.design_effect, found.effective_n] == pytest.approx([2.5, 8.0])


def test_the_clustered_interval_is_korn_and_graubards() -> None:
    assert clustered_wilson(CLUSTERED.ravel(), INSTANCES) == pytest.approx((0.14974068, 0.85025932), abs=1e-6)
    estimate = success(CLUSTERED.ravel(), INSTANCES)
    assert (estimate.low, estimate.high) == pytest.approx((0.14974068, 0.85025932), abs=1e-6)
    assert (estimate.n, estimate.clusters, estimate.target) == (20, 5, "instances like these")


def test_sizes_are_laid_down_and_their_differences_are_no_noise() -> None:
    sizes = np.repeat([1, 1, 2, 2], 10)
    solved = np.repeat([1, 1, 0, 0], 10)
    instances = np.repeat([0, 1, 2, 3], 10)
    assert clustered_mean(solved, instances, sizes).standard_error == 0
    assert clustered_mean(solved, instances).standard_error > 0.25


def test_a_size_with_one_instance_is_joined_to_the_next() -> None:
    found = clustered_mean([1, 1, 0, 0, 1, 0], [0, 0, 1, 1, 2, 2], [3, 3, 4, 4, 5, 5])
    assert (found.clusters, found.freedom) == (3, 2)
    assert clustered_mean([1, 0], [0, 0], [3, 3]).freedom == 0


def test_a_single_instance_says_nothing_of_others() -> None:
    estimate = success([1, 1, 0], ["a", "a", "a"])
    assert estimate.target == "these instances"
    assert estimate.warnings
    estimate = success([1, 1, 0, 0], ["a", "a", "b", "b"], [3, 3, 4, 4])
    assert (estimate.target, estimate.method) == ("these instances", "Wilson")
    assert success([], []).value is None


def test_attempts_that_all_end_alike_count_as_their_instances() -> None:
    estimate = success([1] * 50, np.repeat(range(10), 5))
    assert estimate.low == pytest.approx(1 / (1 + 2.262157**2 / 10), abs=1e-6)
    assert clustered_wilson([1] * 50, np.repeat(range(10), 5))[0] == pytest.approx(1 / (1 + 2.262157**2 / 50), abs=1e-6)
    alike = difference([1] * 50, [1] * 50, np.repeat(range(10), 5))
    assert alike.high is not None
    assert alike.high > 0.25


def test_the_noise_of_answers_is_split_from_that_of_questions() -> None:
    found = noise([[1, 1, 0], [0, 0, 0], [1, 0, 0], [1, 1, 1]])
    assert found.prediction == pytest.approx(0.16666667, abs=1e-6)
    assert found.data == pytest.approx(0.12962963, abs=1e-6)
    assert found.standard_error == pytest.approx(0.21516574, abs=1e-6)
    assert found.prediction_error == pytest.approx(0.11785113, abs=1e-6)


@pytest.mark.parametrize(
    ("table", "newcombes", "tangos", "exact"),
    [
        (HEARING, (-0.5069, -0.0256), (-0.5172, -0.026), 0.0703125),
        (Pairs(4, 5, 0, 3), (0.0644, 0.643), (0.0731, 0.6805), 0.0625),
        (Pairs(20, 12, 2, 16), (0.0562, 0.3292), (0.0611, 0.3447), 0.01293945),
    ],
)
def test_paired_differences_are_the_published_ones(
    table: Pairs, newcombes: tuple[float, float], tangos: tuple[float, float], exact: float
) -> None:
    assert newcombe(table) == pytest.approx(newcombes, abs=5.1e-5)
    assert tango(table) == pytest.approx(tangos, abs=5.1e-5)
    assert mcnemar(table) == pytest.approx(exact, abs=1e-6)


def test_mid_p_and_the_bayesian_answer_are_exact() -> None:
    assert mcnemar(HEARING, mid=True) == pytest.approx(0.0390625, abs=1e-6)
    assert mcnemar(Pairs(4, 5, 0, 3), mid=True) == pytest.approx(0.03125, abs=1e-6)
    assert chance_of_better(Pairs(4, 5, 0, 3)) == pytest.approx(0.984375, abs=1e-6)
    assert mcnemar(Pairs(3, 0, 0, 4), mid=True) == mcnemar(Pairs(3, 2, 2, 4)) == 1


def test_pairing_narrows_the_error_of_a_difference() -> None:
    first, second = [1] * 9 + [0] * 3, [1] * 4 + [0] * 8
    assert pairs(first, second) == Pairs(4, 5, 0, 3)
    assert standard_error(np.subtract(first, second)) == pytest.approx(0.1486471, abs=1e-6)


@pytest.mark.parametrize("table", [Pairs(0, 6, 0, 0), Pairs(0, 0, 6, 0), Pairs(6, 0, 0, 0), Pairs(0, 0, 0, 6)])
def test_differences_at_the_edge_have_intervals(table: Pairs) -> None:
    for low, high in (newcombe(table), tango(table)):
        assert -1 <= low <= table.difference <= high <= 1
        assert high - low > 0.1


def test_the_sign_flip_is_mcnemars_test_where_every_pair_is_its_own_cluster() -> None:
    changes = [1] + [-1] * 7 + [0] * 13
    assert sign_flip(changes, range(21)) == pytest.approx(mcnemar(HEARING), abs=1e-12)
    assert sign_flip([0, 0], [0, 1]) == 1


def test_the_sign_flip_counts_every_flip_of_whole_clusters() -> None:
    changes, clusters = [1, 1, 0, 1, -1, 1], [0, 0, 0, 1, 1, 2]
    sums = [2, 0, 1]
    flips = [sum(sign * one for sign, one in zip(signs, sums, strict=True)) for signs in product((1, -1), repeat=3)]
    assert sign_flip(changes, clusters) == pytest.approx(sum(abs(each) >= 3 for each in flips) / 8)


def test_worse_at_these_instances_is_one_sided_and_exact() -> None:
    first, second = [1] * 8 + [0] * 13, [1] + [0] * 7 + [1] + [0] * 12
    assert chance_of_worse(first, second, range(21)) == pytest.approx(9 / 256)
    three, none = [1] * 3, [0] * 3
    assert chance_of_worse(three, none, [0] * 3) == pytest.approx(1 / comb(6, 3))
    assert chance_of_worse(none, three, [0] * 3) == 1


def test_a_difference_over_repeats_is_less_sure_than_over_instances() -> None:
    first = np.repeat([1, 1, 0, 1, 1, 1], 10)
    second = np.repeat([0, 1, 0, 1, 0, 1], 10)
    few = difference(first, second, np.repeat(range(6), 10))
    many = difference(first, second, range(60))
    assert few.value == many.value == pytest.approx(1 / 3)
    assert few.low is not None
    assert many.low is not None
    assert few.low < 0 < many.low
    assert (few.clusters, many.clusters) == (6, 60)


def test_an_independent_difference_is_newcombes() -> None:
    assert independent_difference(56, 70, 48, 80) == pytest.approx((0.05243147, 0.33387265), abs=1e-6)


@pytest.mark.parametrize(
    ("n", "c", "k", "any_of", "all_of"),
    [
        (10, 3, 1, 0.3, 0.3),
        (10, 3, 5, 0.9166666667, 0.0),
        (10, 8, 3, 1.0, 0.4666666667),
        (5, 5, 3, 1.0, 1.0),
        (8, 0, 4, 0.0, 0.0),
        (4, 2, 2, 0.8333333333, 0.1666666667),
        (200, 10, 100, 0.9992289739, 0.0),
    ],
)
def test_any_and_all_of_k_attempts(n: int, c: int, k: int, any_of: float, all_of: float) -> None:
    assert pass_at_k(n, c, k) == pytest.approx(any_of, abs=1e-9)
    assert pass_hat_k(n, c, k) == pytest.approx(all_of, abs=1e-9)
    assert isnan(pass_at_k(n, c, n + 1))
    assert isnan(pass_hat_k(n, c, n + 1))


def test_rank_intervals_are_arenas() -> None:
    found = rank_intervals([1190, 1180, 1178, 1140], [1210, 1212, 1189, 1160])
    assert found == [(1, 2), (1, 3), (2, 3), (4, 4)]


def test_ranks_over_all_resamples_are_exact() -> None:
    found = bootstrap_ranks([[1, 1, 0, 1], [1, 0, 0, 1], [0, 1, 0, 0]])
    assert found.first == pytest.approx([1.0, 0.31640625, 0.0625])
    assert found.mean == pytest.approx([1.0, 1.8671875, 2.5625])
    assert (found.draws, found.seed) == (256, None)


def test_drawn_ranks_are_near_the_exact_ones_and_the_same_for_a_seed() -> None:
    scores = [[1, 1, 0, 1], [1, 0, 0, 1], [0, 1, 0, 0]]
    drawn = bootstrap_ranks(scores, draws=200, seed=7)
    assert drawn == bootstrap_ranks(scores, draws=200, seed=7)
    assert drawn.first[1] == pytest.approx(0.31640625, abs=3 * (0.3164 * 0.6836 / 200) ** 0.5)


def test_a_group_ends_where_its_first_can_be_told_apart() -> None:
    values = {(0, 1): 0.5, (0, 2): 0.001, (1, 2): 0.2, (0, 3): 0.001, (1, 3): 0.001, (2, 3): 0.6}
    assert tie_groups(4, lambda one, other: values[one, other]) == [1, 1, 2, 2]
    assert tie_groups(1, lambda _one, _other: 0.0) == [1]


def test_many_tests_are_adjusted_as_published() -> None:
    p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216]
    told = [0.01, 0.072, 0.312, 0.312, 0.312, 0.312, 0.312, 0.615, 0.615, 0.615]
    assert holm(p) == pytest.approx(told)
    assert holm(p[::-1]) == pytest.approx(told[::-1])
    assert benjamini_hochberg(p) == pytest.approx(
        [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.10571429, 0.216, 0.216, 0.216], abs=1e-6
    )
    by = [0.02928968, 0.11715873, 0.24603333, 0.24603333, 0.24603333, 0.29289683, 0.30963379, 0.63265714]
    assert benjamini_hochberg(p, dependent=True)[:8] == pytest.approx(by, abs=1e-6)
    assert holm([]) == []


def test_simultaneous_shares_are_the_published_ones() -> None:
    counts = [56, 72, 73, 59, 62, 87, 58]
    glaz = [(0.0792, 0.1644), (0.1135, 0.1986), (0.1156, 0.2008), (0.0857, 0.1708), (0.0921, 0.1772),
            (0.1456, 0.2307), (0.0835, 0.1686)]  # fmt: skip
    goodmans = [(0.0852, 0.1663), (0.1145, 0.2044), (0.1164, 0.2067), (0.0906, 0.1735), (0.0961, 0.1807),
                (0.1427, 0.2394), (0.0888, 0.1711)]  # fmt: skip
    for found, told in zip(sison_glaz(counts), glaz, strict=True):
        assert found == pytest.approx(told, abs=5.1e-5)
    for found, told in zip(goodman(counts), goodmans, strict=True):
        assert found == pytest.approx(told, abs=5.1e-5)


def test_exact_shares_are_clopper_and_pearsons_at_bonferronis_level() -> None:
    assert exact([7, 3]) == [clopper_pearson(7, 10, 0.975), clopper_pearson(3, 10, 0.975)]


@pytest.mark.parametrize("counts", [[5, 0, 0], [1, 0], [0, 0], [3, 4, 0, 1]])
def test_shares_of_few_attempts_stay_between_0_and_1(counts: list[int]) -> None:
    for low, high in (*sison_glaz(counts), *goodman(counts), *exact(counts)):
        assert 0 <= low <= high <= 1


def test_sample_sizes_are_those_of_the_formulas() -> None:
    for first, second, told in [(0.9, 0.7, 61.6), (0.7, 0.5, 93.0), (0.6, 0.5, 387.34)]:
        assert attempts_per_arm(first, second) == pytest.approx(told, abs=0.051)
    for first, second, told in [
        (0.2, 0.05, 84.81), (0.15, 0.05, 154.6), (0.1, 0.05, 468.57), (0.25, 0.05, 56.45), (0.2, 0.1, 233.09),
        (0.3, 0.2, 390.08),
    ]:  # fmt: skip
        assert pairs_needed(first, second) == pytest.approx(told, abs=0.051)
    for repeats, told in [(1, 3875.99), (10, 1259.7), (inf, 968.997)]:
        found = questions_needed(0.03, 1 / 9, (1 / 6, 1 / 6), (repeats, repeats))
        assert found == pytest.approx(told, abs=0.0051)
    assert attempts_per_arm(0.5, 0.5) == inf


@pytest.mark.parametrize(("attempts", "slope", "shift"), [(16, 1, 1), (5.5, 3, 1), (63, 1, 0.5), (21, 3, 0.5)])
def test_a_shift_of_n50_is_detected_as_the_rule_says(attempts: float, slope: float, shift: float) -> None:
    assert detectable_shift(1, attempts, slope) == pytest.approx(shift, rel=0.03)

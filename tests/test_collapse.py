"""The size at which success collapses, against published figures and figures computed independently."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.analysis import glm, isotonic
from harness.analysis.collapse import check_falling, check_parity, collapse
from harness.analysis.crossing import in_moves, in_size, mean_threshold, shown, spearman_karber, without_shape
from harness.analysis.curve import Curve, Instance, Point

SIZES = [3, 4, 5, 6, 7, 8, 9, 10]
FALLING = [10, 10, 9, 7, 4, 1, 0, 0]
SEPARATED = [10, 10, 10, 10, 0, 0, 0, 0]
BEETLE_DOSES = [1.6907, 1.7242, 1.7552, 1.7842, 1.8113, 1.8369, 1.861, 1.8839]
BEETLES = [59, 60, 62, 56, 63, 59, 62, 60]
KILLED = [6, 13, 18, 28, 52, 53, 61, 60]


def points(
    solved: Sequence[int], sizes: Sequence[int] = SIZES, attempts: int = 10, cut: Sequence[int] = ()
) -> list[Point]:
    """One instance a size, which takes as many moves as the Tower of Hanoi."""
    truncated = [*cut, *[0] * (len(sizes) - len(cut))]
    return [
        Point(size, (Instance(solved=k, attempts=attempts, truncated=t, moves=2**size - 1),))
        for size, k, t in zip(sizes, solved, truncated, strict=True)
    ]


def curve(solved: Sequence[int], sizes: Sequence[int] = SIZES, attempts: int = 10) -> Curve:
    return Curve.of(points(solved, sizes, attempts))


def within(value: float) -> object:
    return pytest.approx(value, abs=1e-6)


def test_a_logistic_fit_of_the_beetles_is_the_published_one() -> None:
    fit = glm.binomial(glm.line(np.array(BEETLE_DOSES)), KILLED, BEETLES)
    assert fit.coefficients == pytest.approx([-60.7175, 34.2703], abs=5e-5)
    assert fit.deviance == pytest.approx(11.2322, abs=5e-5)
    assert glm.crossing(fit) == pytest.approx((1.771721, 0.003858), abs=1e-6)
    assert glm.fieller(fit) == pytest.approx((1.763858, 1.779200), abs=1e-6)
    assert glm.profile(BEETLE_DOSES, KILLED, BEETLES, "logit") == pytest.approx((1.763982, 1.779187), abs=1e-6)


@pytest.mark.parametrize(
    ("link", "coefficients", "deviance", "half", "predictor"),
    [
        ("probit", [-34.9353, 19.7279], 10.1198, 1.770852, 0.0),
        ("cloglog", [-39.5723, 22.0412], 3.4464, 1.778753, log(log(2))),
    ],
)
def test_other_links_of_the_beetles_are_the_published_ones(
    link: glm.Link, coefficients: list[float], deviance: float, half: float, predictor: float
) -> None:
    fit = glm.binomial(glm.line(np.array(BEETLE_DOSES)), KILLED, BEETLES, link)
    assert fit.coefficients == pytest.approx(coefficients, abs=5e-5)
    assert fit.deviance == pytest.approx(deviance, abs=5e-5)
    at, error = glm.crossing(fit, predictor)
    assert at == within(half)
    if link == "cloglog":
        assert error == pytest.approx(0.004007, abs=1e-6)


def test_a_probit_of_rotenone_is_finneys() -> None:
    doses = np.array([0.41, 0.58, 0.71, 0.89, 1.01])
    fit = glm.binomial(glm.line(doses), [6, 16, 24, 42, 44], [50, 48, 46, 49, 50], "probit")
    assert 10 ** glm.crossing(fit)[0] == within(4.851143)


def test_spearman_karber_is_that_of_the_package_tsk() -> None:
    mean, error, padded = spearman_karber(
        np.log10([1, 10, 100, 1000]), np.array([0, 3, 17, 20]) / 20, np.full(4, 20.0), 1
    )
    assert 10**mean == pytest.approx(31.62278, abs=1e-5)
    assert 10**error == within(1.296928)
    assert [10 ** (mean + side * 1.959964 * error) for side in (-1, 1)] == pytest.approx([18.99717, 52.63942], abs=1e-5)
    assert not padded


def test_isotonic_rates_pool_what_rises() -> None:
    rates = [1, 0.9, 1, 0.6, 0.7, 0.1, 0, 0]
    assert isotonic.falling(rates, 1) == pytest.approx([1, 0.95, 0.95, 0.65, 0.65, 0.1, 0, 0])


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 50)), min_size=1, max_size=12))
@settings(deadline=None, max_examples=100)
def test_isotonic_rates_are_those_of_scipy(cells: list[tuple[float, int]]) -> None:
    from scipy.optimize import isotonic_regression

    rates, weights = map(np.array, zip(*cells, strict=True))
    expected = isotonic_regression(rates, weights=weights.astype(float), increasing=False).x
    assert isotonic.falling(rates, weights) == pytest.approx(expected, abs=1e-9)


def test_a_curve_that_falls_crosses_where_all_methods_say() -> None:
    found = collapse(points(FALLING), draws=1000)
    assert found.n50.estimate.value == within(6.66666667)
    assert found.firth50.estimate.value == within(6.600132)
    assert found.spearman_karber.estimate.value == within(6.6)
    fit = glm.binomial(glm.line(np.array(SIZES, dtype=float)), FALLING, [10] * 8)
    assert fit.coefficients == pytest.approx([10.831724, -1.6411], abs=1e-6)
    assert glm.crossing(fit) == pytest.approx((6.600281, 0.247195), abs=1e-6)
    assert glm.crossing(fit, log(4))[0] == within(5.755547)
    corrected = glm.firth(glm.line(np.array(SIZES, dtype=float)), FALLING, [10] * 8)
    assert corrected.coefficients == pytest.approx([9.841315, -1.491079], abs=1e-6)
    lost = 1 - np.array(FALLING) / 10
    assert spearman_karber(np.array(SIZES, dtype=float), lost, np.full(8, 10.0), 1)[1] == within(0.250998)
    assert found.shape_dependent is False
    low, high = found.n50.estimate.low, found.n50.estimate.high
    assert low is not None
    assert high is not None
    assert 5.5 < low < 6.2
    assert 7.0 < high < 7.6


def test_separated_data_have_a_gap_and_no_infinite_slope() -> None:
    found = collapse(points(SEPARATED), draws=1000)
    assert found.gap == (6, 7)
    assert found.n50.estimate.value == 6.5
    assert (found.n50.estimate.low, found.n50.estimate.high) == (6, 7)
    assert found.firth50.estimate.value == within(6.5)
    fit = glm.firth(glm.line(np.array(SIZES, dtype=float)), SEPARATED, [10] * 8)
    assert fit.coefficients[1] == pytest.approx(-6.0475, abs=5e-5)
    assert found.spearman_karber.estimate.value == within(6.5)
    assert not glm.binomial(glm.line(np.array(SIZES, dtype=float)), SEPARATED, [10] * 8).converged
    assert found.aic_size is None
    assert found.moves50.relation == "unknown"
    assert any("ask sizes in between" in warning for warning in found.warnings)


@pytest.mark.parametrize(("solved", "told", "bound"), [([10] * 8, "> 10", 10.0), ([0] * 8, "< 3", 3.0)])
def test_off_the_grid_there_is_an_inequality_and_nothing_is_extrapolated(
    solved: list[int], told: str, bound: float
) -> None:
    found = collapse(points(solved), draws=200)
    assert found.n50.estimate.value is None
    assert found.n50.bound == bound
    assert shown(found.n50).startswith(told)
    for crossing in (found.firth50, found.moves50):
        assert crossing.estimate.value is None


def test_a_curve_that_has_only_begun_to_fall_is_not_extrapolated_by_any_fit() -> None:
    begun = curve([10, 10, 10, 10, 10, 9, 8, 7])
    for found in (without_shape(begun, 0.5, draws=200), in_size(begun, 0.5), in_moves(begun, 0.5)):
        assert found.relation == ">"
        assert found.estimate.value is None
        assert found.estimate.high == inf


def test_inequalities_sort_beyond_every_value() -> None:
    curves = {"never": [0] * 8, "some": FALLING, "always": [10] * 8}
    order = sorted(curves, key=lambda name: without_shape(curve(curves[name]), 0.5, draws=50).order)
    assert order == ["never", "some", "always"]


def test_success_that_does_not_fall_is_noticed_and_its_p_value_is_that_of_two_hundred_thousand_draws() -> None:
    sizes = list(range(1, 11))
    rising = check_falling(curve([10, 10, 10, 8, 10, 2, 7, 0, 1, 0], sizes))
    assert rising.statistic == pytest.approx(9.7344, abs=5e-5)
    assert rising.p_value == pytest.approx(0.0041, abs=3 * (0.0041 / 10_000) ** 0.5)
    harmless = check_falling(curve([10, 10, 9, 10, 7, 8, 4, 2, 0, 0], sizes))
    assert harmless.statistic == pytest.approx(1.707, abs=5e-4)
    assert harmless.p_value == pytest.approx(0.2536, abs=3 * (0.2536 * 0.7464 / 10_000) ** 0.5)


def test_odd_and_even_sizes_are_told_apart() -> None:
    sizes, solved = list(range(1, 11)), [10, 10, 10, 8, 10, 2, 7, 0, 1, 0]
    parity = check_parity(curve(solved, sizes))
    assert parity is not None
    assert parity.check.statistic == pytest.approx(21.7145, abs=5e-5)
    assert parity.odd == pytest.approx(7.592, abs=5e-4)
    assert parity.even == pytest.approx(4.9993, abs=5e-5)
    fit = glm.binomial(glm.line(np.array(sizes, dtype=float)), solved, [10] * 10)
    assert glm.crossing(fit)[0] == pytest.approx(6.3094, abs=5e-5)
    assert any("odd and even" in warning for warning in collapse(points(solved, sizes), draws=500).warnings)


def test_instances_are_what_is_drawn_where_there_are_several_at_every_size() -> None:
    alike = [
        Point(size, tuple(Instance(solved=5 * (place < right), attempts=5) for place in range(10)))
        for size, right in zip(SIZES, FALLING, strict=True)
    ]
    clustered = without_shape(Curve.of(alike), 0.5).estimate
    single = without_shape(curve([5 * k for k in FALLING], attempts=50), 0.5).estimate
    assert (clustered.target, clustered.clusters, clustered.n) == ("instances like these", 80, 400)
    assert (single.target, single.clusters) == ("these instances", None)
    assert single.low is not None and single.high is not None  # noqa: PT018
    assert clustered.low is not None and clustered.high is not None  # noqa: PT018
    assert clustered.high - clustered.low > 1.5 * (single.high - single.low)


def test_answers_that_were_cut_bound_the_size_from_above() -> None:
    found = collapse(points(FALLING, cut=[0, 0, 1, 3, 6, 9, 10, 10]), draws=200)
    assert found.if_cut_were_right.relation == ">"
    assert any("had they been right, N50 would be > 10" in warning for warning in found.warnings)


def test_a_cliff_in_moves_and_a_slope_in_size_disagree_and_it_is_said() -> None:
    found = collapse(points([30, 24, 22, 20, 17, 14, 2, 0], attempts=30), draws=200)
    assert found.shape_dependent is True
    assert any(warning.startswith("shape-dependent") for warning in found.warnings)


def test_sizes_that_do_not_take_more_moves_have_no_curve_in_moves() -> None:
    crossings = [
        Point(size, (Instance(solved=k, attempts=10, moves=moves),))
        for size, k, moves in zip([2, 3, 4, 5], [9, 6, 7, 1], [5, 11, 9, 11], strict=True)
    ]
    found = in_moves(Curve.of(crossings), 0.5)
    assert found.relation == "unknown"
    assert found.estimate.warnings == ("larger sizes do not take more moves",)


def test_one_size_alone_gives_a_side_and_no_slope() -> None:
    found = collapse(points([9], [3]), draws=100)
    assert shown(found.n50).startswith("> 3")
    assert found.firth50.relation == "unknown"
    assert mean_threshold(curve([9], [3])).estimate.warnings

"""Bounds, description lengths, and curves over time and size."""

from __future__ import annotations

from itertools import pairwise
from math import inf, log, log2, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.memorization.curves import (
    continual_capacity_bits,
    continual_limit_bits,
    critical_capacity_bits,
    fit_grokking,
    grokking,
    scaling_loss,
)
from harness.memorization.emergence import emergence_params, emerges, task_information_bits
from harness.memorization.generalization import occam, pac_bayes, rademacher, xu_raginsky
from harness.memorization.mdl import Description, bic_model_bits, shortest


def test_the_bounds_have_their_known_values() -> None:
    assert occam(100, 10_000).value == pytest.approx(0.060129, abs=5e-7)
    assert pac_bayes(100, 10_000).value == pytest.approx(0.062293, abs=5e-7)
    assert xu_raginsky(100, 10_000).value == pytest.approx(0.058871, abs=5e-7)
    assert rademacher(100, 10_000).value == pytest.approx(0.117741, abs=5e-7)
    assert not occam(100, 10_000).vacuous


def test_every_bound_is_vacuous_for_a_language_model() -> None:
    bits, samples = 3.6 * 124e6, 10_000_000
    assert all(
        bound.vacuous
        for bound in (
            occam(bits, samples),
            pac_bayes(bits, samples),
            xu_raginsky(bits, samples),
            rademacher(bits, samples),
        )
    )


@given(samples=st.integers(1, 10**9))
def test_a_bound_is_vacuous_from_2n_nats_on(samples: int) -> None:
    assert xu_raginsky(2.001 * samples / log(2), samples).vacuous
    assert not xu_raginsky(1.999 * samples / log(2), samples).vacuous


@given(bits=st.floats(0, 1e9), more=st.floats(0, 1e9), samples=st.integers(1, 10**9), delta=st.floats(1e-9, 0.999))
def test_bounds_rise_with_bits_and_fall_with_samples(bits: float, more: float, samples: int, delta: float) -> None:
    assert (
        xu_raginsky(bits, samples).value <= occam(bits, samples, delta).value <= pac_bayes(bits, samples, delta).value
    )
    assert rademacher(bits, samples).value == pytest.approx(2 * xu_raginsky(bits, samples).value)
    for bound in (occam, pac_bayes, xu_raginsky, rademacher):
        assert bound(bits, samples).value <= bound(bits + more, samples).value
        assert bound(bits, samples * 4).value < bound(bits, samples).value + 1e-12


def test_a_probability_outside_0_to_1_is_refused() -> None:
    with pytest.raises(UsageError, match="delta must be between 0 and 1"):
        occam(1, 1, delta=1)


def test_bic_charges_half_the_log_of_the_samples_for_each_parameter() -> None:
    assert bic_model_bits(2, 1024) == 10


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=1, max_size=6), st.integers(0, 99))
def test_the_shortest_description_stays_so_when_all_grow_by_the_same(rows: list[tuple[int, int]], more: int) -> None:
    plain = {str(place): Description(model, data) for place, (model, data) in enumerate(rows)}
    grown = {name: Description(one.model + more, one.data) for name, one in plain.items()}
    assert shortest(plain) == shortest(grown)
    assert plain[shortest(plain)].total == min(model + data for model, data in rows)


def test_there_must_be_a_description_to_choose() -> None:
    with pytest.raises(UsageError, match="no descriptions"):
        shortest({})


@given(time=st.floats(-1e6, 1e6), rate=st.floats(1e-3, 10), onset=st.floats(-1e3, 1e3), capacity=st.floats(1, 1e9))
def test_both_parts_of_a_grokking_capacity_sum_to_it(time: float, rate: float, onset: float, capacity: float) -> None:
    found = grokking(time, rate=rate, onset=onset, capacity=capacity)
    assert found.generalizing + found.memorizing == pytest.approx(capacity)
    assert grokking(time + 1, rate=rate, onset=onset, capacity=capacity).generalizing >= found.generalizing


def test_at_the_onset_half_generalizes_before_it_little_and_after_it_almost_all() -> None:
    at, before, after = (grokking(time, rate=1, onset=50, capacity=10) for time in (50, 20, 80))
    assert (at.generalizing, at.memorizing) == (5, 5)
    assert before.generalizing < 1e-9
    assert after.memorizing < 1e-9


def test_a_fit_finds_an_exact_curve_again() -> None:
    times = [100.0 * step for step in range(60)]
    seen = [grokking(time, rate=0.004, onset=3100, capacity=1).generalizing for time in times]
    found = fit_grokking(times, seen)
    assert (found.rate, found.onset) == pytest.approx((0.004, 3100), rel=1e-6)
    assert found.residual == pytest.approx(0, abs=1e-9)


def test_intervals_of_noisy_fits_hold_the_truth_about_as_often_as_they_say() -> None:
    import numpy as np

    draw = np.random.default_rng(0)
    times = list(range(40))
    truth = np.array([grokking(time, rate=0.4, onset=18, capacity=100).generalizing for time in times])
    held = []
    for _ in range(120):
        found = fit_grokking(times, list(truth + draw.normal(0, 5, len(times))), capacity=100)
        held.append(
            (
                found.rate_interval[0] <= 0.4 <= found.rate_interval[1],
                found.onset_interval[0] <= 18 <= found.onset_interval[1],
            )
        )
    assert np.mean(held, axis=0) == pytest.approx(0.95, abs=0.06)


def test_students_quantile_of_few_measurements_widens_the_interval() -> None:
    """3 degrees of freedom: 3.182 standard errors, not 1.96."""
    from harness.memorization.curves import _student

    assert [_student(0.95, freedom) for freedom in (3, 5, 10, 1000)] == pytest.approx(
        [3.182446, 2.570582, 2.228139, 1.962339], rel=1e-2
    )


@pytest.mark.parametrize("seen", [[0.5] * 8, [0, 0, 0, 0, 1, 1, 1, 1], [1, 0.9, 0.8, 0.5, 0.2, 0.1, 0, 0]])
def test_measurements_without_a_rise_that_is_seen_are_not_fitted(seen: list[float]) -> None:
    with pytest.raises(UsageError, match="no rise"):
        fit_grokking(list(range(8)), seen)


def test_a_curve_of_four_points_is_refused() -> None:
    with pytest.raises(UsageError, match="at least 5"):
        fit_grokking([1, 2, 3, 4], [0, 0, 1, 1])


def test_continual_learning_settles_where_as_much_is_lost_as_comes() -> None:
    used = continual_capacity_bits(200, information=1, forgetting=0.1, capacity=1e9)
    assert used[-1] == pytest.approx(10)
    assert continual_limit_bits(information=1, forgetting=0.1) == pytest.approx(10)


def test_without_forgetting_the_capacity_fills_in_a_straight_line() -> None:
    assert continual_capacity_bits(5, information=2, forgetting=0, capacity=7) == [0, 2, 4, 6, 7, 7]
    assert continual_limit_bits(information=2, forgetting=0, capacity=7) == 7
    assert continual_limit_bits(information=2, forgetting=0) == inf


@given(information=st.floats(0, 100), forgetting=st.floats(0.05, 1), capacity=st.floats(0, 1000))
def test_capacity_in_use_rises_to_its_limit(information: float, forgetting: float, capacity: float) -> None:
    used = continual_capacity_bits(600, information=information, forgetting=forgetting, capacity=capacity)
    limit = continual_limit_bits(information=information, forgetting=forgetting, capacity=capacity)
    assert all(before <= after + 1e-9 for before, after in pairwise(used))
    assert used[-1] == pytest.approx(limit, abs=1e-6)


def test_kaplans_constant_in_bits() -> None:
    assert critical_capacity_bits() == pytest.approx(3.168e14)


@given(params=st.floats(1e3, 1e13), alpha=st.floats(1, 8))
def test_at_its_own_alpha_the_scaling_law_is_kaplans(params: float, alpha: float) -> None:
    assert scaling_loss(params, alpha=alpha) == pytest.approx((8.8e13 / params) ** 0.076)
    assert scaling_loss(params * 2, alpha=alpha) < scaling_loss(params, alpha=alpha)
    assert scaling_loss(params, alpha=alpha, least=1.5) == pytest.approx(scaling_loss(params, alpha=alpha) + 1.5)


def test_a_path_is_told_by_its_choices() -> None:
    assert task_information_bits(10, 3) == pytest.approx(15.85, abs=5e-3)
    assert task_information_bits(2**10 - 1, 3) == pytest.approx(1621.4, abs=0.05)
    assert task_information_bits(4, sqrt(2)) == pytest.approx(2)


@given(task=st.floats(1, 1e9), pattern=st.floats(0, 1e9))
def test_a_task_emerges_above_its_threshold_and_not_below(task: float, pattern: float) -> None:
    threshold = emergence_params(task, pattern)
    assert threshold * 3.6 == pytest.approx(task + pattern)
    assert emerges(threshold * 1.01, task, pattern)
    assert not emerges(threshold * 0.99, task, pattern)


@given(steps=st.integers(0, 10**6), branching=st.floats(1, 100))
def test_longer_paths_hold_more_bits(steps: int, branching: float) -> None:
    assert task_information_bits(steps + 1, branching) >= task_information_bits(steps, branching) >= 0
    assert task_information_bits(steps, 2) == steps * log2(2)

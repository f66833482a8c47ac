"""Errors per move: what is censored, what is counted, and the cliff that a token limit would make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, log

import numpy as np
import pytest

from harness.analysis.estimate import Estimate
from harness.analysis.hazard import (
    Walk,
    by_position,
    constant_from_attempts,
    cut_as_failures,
    from_attempts,
    garwood,
    half_life,
    hazard,
    logranks,
    per_move,
    predict,
    survival,
    weibull,
)

MOVES = [7, 15, 31, 63, 127, 255, 511, 1023]
TWENTY = [20] * 8


def walks(
    rng: np.random.Generator, rate: float, *, cap: int = 10**9, attempts: int = 20, sizes: Sequence[int] = range(1, 11)
) -> list[Walk]:
    """Tower of Hanoi at a constant error rate per move, the output cut after ``cap`` moves."""

    def one(size: int, first_error: int) -> Walk:
        needed = 2**size - 1
        if first_error <= min(needed, cap):
            return Walk(moves=first_error, ending="erred", size=size, needed=needed)
        return Walk(moves=min(needed, cap), ending="finished" if needed <= cap else "cut", size=size, needed=needed)

    return [one(size, int(first)) for size in sizes for first in rng.geometric(rate, attempts)]


def known(value: float | None) -> float:
    assert value is not None
    return value


def test_successes_that_fit_a_constant_rate_give_it() -> None:
    solved = [20, 20, 19, 17, 15, 10, 5, 1]
    rate, error = constant_from_attempts(MOVES, solved, TWENTY)
    assert rate == pytest.approx(0.0025772756, abs=1e-9)
    assert exp(-rate) == pytest.approx(0.9974260427, abs=1e-9)
    assert log(2) / rate == pytest.approx(268.9457, abs=1e-4)
    assert error == pytest.approx(0.15094524, abs=1e-6)
    shape = from_attempts(MOVES, solved, TWENTY)
    assert shape is not None
    assert shape.k.value == pytest.approx(1.165107, abs=1e-6)
    assert (known(shape.k.high) - known(shape.k.low)) / 2 / 1.959964 == pytest.approx(0.161751, abs=2e-6)
    assert (shape.statistic, shape.p_value) == pytest.approx((1.153077, 0.282906), abs=1e-6)
    assert (shape.aic_constant, shape.aic_weibull) == pytest.approx((21.392024, 22.238947), abs=1e-6)


def test_a_sharp_collapse_has_a_shape_far_above_one() -> None:
    shape = from_attempts(MOVES, [20, 20, 20, 20, 19, 14, 2, 0], TWENTY)
    assert shape is not None
    assert shape.k.value == pytest.approx(2.801821, abs=1e-6)
    assert (known(shape.k.high) - known(shape.k.low)) / 2 / 1.959964 == pytest.approx(0.526229, abs=2e-6)
    assert shape.statistic == pytest.approx(26.875089, abs=1e-6)
    assert shape.p_value == pytest.approx(2.1704e-7, abs=1e-11)


def test_the_rate_per_move_is_errors_over_moves_at_risk() -> None:
    assert garwood(12, 18_450) == pytest.approx((0.000336074532, 0.001136129271), abs=1e-12)
    one_size = [Walk(moves=1000, ending="erred", size=11, needed=2047) for _ in range(12)]
    rest = [Walk(moves=1290, ending="cut", size=11, needed=2047) for _ in range(5)]
    rate = per_move([*one_size, *rest])
    assert rate.value == pytest.approx(0.0006504065, abs=1e-10)
    assert (known(rate.low), known(rate.high)) == pytest.approx((0.000336074532, 0.001136129271), abs=1e-12)


def test_every_move_right_with_a_small_chance_of_error_is_lawsens_arithmetic() -> None:
    (percent,) = predict([*_with_rate(0.0001), Walk(moves=1, ending="erred", size=15, needed=10_000)], 5)
    assert percent.predicted == pytest.approx(0.367861, abs=1e-6)
    (ten,) = predict([*_with_rate(0.001), Walk(moves=1, ending="erred", size=10, needed=1023)], 5)
    assert ten.predicted == pytest.approx(0.3593308, abs=1e-7)
    (fifteen,) = predict([*_with_rate(0.0001), Walk(moves=1, ending="erred", size=15, needed=32_767)], 5)
    assert fifteen.predicted == pytest.approx(0.0377465, abs=1e-7)
    (long,) = predict([*_with_rate(0.001), Walk(moves=1, ending="erred", size=15, needed=10_000)], 5)
    assert long.predicted == pytest.approx(4.5173346e-5, abs=1e-11)


def _with_rate(rate: float) -> Iterator[Walk]:
    """One error in as many moves as make the rate."""
    yield Walk(moves=round(1 / rate), ending="erred", size=5, needed=31)


def test_cut_answers_counted_as_failures_make_a_cliff_that_censoring_does_not() -> None:
    """The rate halves success every 800 moves; output is cut after 300; 20 attempts a size."""
    naive, censored, shapes, cliffs, departures = [], [], [], 0, 0
    for seed in range(40):
        asked = walks(np.random.default_rng(seed), 1 - 0.5 ** (1 / 800), cap=300)
        failing, right = cut_as_failures(asked), weibull(asked)
        assert failing is not None
        assert right is not None
        naive.append((failing.half_life, known(failing.k.value)))
        censored.append(known(half_life(per_move(asked)).value))
        shapes.append(known(right.k.value))
        cliffs += failing.p_value < 0.05
        departures += right.p_value < 0.05
    life, shape = np.median(naive, axis=0)
    assert life == pytest.approx(287, abs=12)
    assert shape == pytest.approx(2.31, abs=0.25)
    assert np.median(censored) == pytest.approx(825, abs=130)
    assert np.median(shapes) == pytest.approx(1, abs=0.15)
    assert cliffs >= 38
    assert departures <= 6


def test_the_false_cliff_is_said_to_be_one() -> None:
    found = hazard(walks(np.random.default_rng(1), 1 - 0.5 ** (1 / 800), cap=300))
    assert any("a cliff that the token limit made" in warning for warning in found.warnings)
    assert found.endings["cut"] > 20


def test_a_real_collapse_is_found_from_move_lists_even_where_answers_are_cut() -> None:
    rng = np.random.default_rng(2)
    sharp = [
        Walk(moves=min(first, 300), ending="erred" if first <= 300 else "cut", size=10, needed=1023)
        for first in np.ceil(250 * rng.weibull(3, 60)).astype(int).tolist()
    ]
    found = hazard(sharp)
    assert found.shape is not None
    assert found.shape.k.value == pytest.approx(3, abs=0.8)
    assert found.shape.p_value < 1e-6
    assert any("a collapse" in warning for warning in found.warnings)


def test_the_first_move_is_told_apart_from_the_rest() -> None:
    rng = np.random.default_rng(3)
    lost = [Walk(moves=1, ending="erred", size=8, needed=255) for _ in range(30)]
    found = hazard([*lost, *walks(rng, 0.001, sizes=[8], attempts=70)])
    assert found.first_move.value == pytest.approx(0.3, abs=0.02)
    assert known(found.after_first.low) < 0.001 < known(found.after_first.high)
    assert known(found.per_move.value) > 2 * known(found.after_first.value)
    assert any("declining hazard, or instances of mixed difficulty" in warning for warning in found.warnings)


def test_errors_by_position_add_up_to_all_errors_and_all_moves() -> None:
    asked = walks(np.random.default_rng(4), 0.01, attempts=5)
    bins = list(by_position(asked))
    assert [first for first, _, _ in bins] == [2**power for power in range(len(bins))]
    exposure = sum(sum(min(w.moves, last) - first + 1 for w in asked if w.moves >= first) for first, last, _ in bins)
    assert exposure == sum(walk.moves for walk in asked)


def test_survival_without_censoring_is_the_share_that_is_left() -> None:
    found = survival([Walk(moves=at, ending="erred", size=3, needed=7) for at in (1, 2, 2, 5)])
    assert found is not None
    assert (found.moves, found.at_risk) == ((1, 2, 5), (4, 3, 1))
    assert found.share == pytest.approx((0.75, 0.25, 0.0))


def test_survival_with_censoring_is_kaplan_and_meiers() -> None:
    ends = [(1, True), (2, False), (3, True), (4, False)]
    found = survival([Walk(moves=at, ending="erred" if bad else "cut", size=3, needed=7) for at, bad in ends])
    assert found is not None
    assert found.share == pytest.approx((0.75, 0.75, 0.375, 0.375))
    assert all(low <= share <= high for low, share, high in zip(found.low, found.share, found.high, strict=True))


def test_two_models_are_compared_at_the_sizes_of_both_and_corrected_for_the_number_of_pairs() -> None:
    rng = np.random.default_rng(5)
    asked = {"good": walks(rng, 0.001), "alike": walks(rng, 0.001), "bad": walks(rng, 0.02, sizes=[4, 5, 6, 7])}
    pairs = {(one, other): (p, adjusted) for one, other, p, adjusted in logranks(asked)}
    assert pairs["good", "bad"][1] < 0.001
    assert pairs["good", "alike"][0] > 0.05
    assert all(adjusted >= p for p, adjusted in pairs.values())


def test_independent_slips_are_predicted_and_a_collapse_lies_below_the_prediction() -> None:
    small = walks(np.random.default_rng(6), 0.002, attempts=40, sizes=range(1, 8))
    steady = [*small, *walks(np.random.default_rng(7), 0.002, attempts=40, sizes=[8])]
    broken = [*small, *(Walk(moves=130, ending="erred", size=8, needed=255) for _ in range(40))]
    cut = [*small, *(Walk(moves=130, ending="cut", size=8, needed=255) for _ in range(40))]
    assert [one.verdict for one in predict(steady, 7)] == ["as predicted"]
    assert [one.verdict for one in predict(broken, 7)] == ["below"]
    assert [one.verdict for one in predict(cut, 7)] == ["as predicted"]


def test_instances_that_differ_widen_the_interval() -> None:
    def instance(number: int, first: int) -> Iterator[Walk]:
        for _ in range(5):
            ending = "erred" if first <= 255 else "finished"
            yield Walk(moves=min(first, 255), ending=ending, size=8, needed=255, instance=number)  # type: ignore[arg-type]

    asked = [walk for number, first in enumerate([20, 300, 30, 300, 300, 25]) for walk in instance(number, first)]
    found = per_move(asked)
    assert (found.target, found.clusters) == ("instances like these", 6)
    alone = per_move([Walk(moves=w.moves, ending=w.ending, size=w.size, needed=w.needed) for w in asked])
    assert known(found.high) - known(found.low) > 1.5 * (known(alone.high) - known(alone.low))


def test_without_an_error_there_is_an_upper_bound_and_no_half_life() -> None:
    clean = [Walk(moves=7, ending="finished", size=3, needed=7)] * 20
    found = hazard(clean, up_to=3)
    assert (found.per_move.value, found.per_move.low) == (0, 0)
    assert known(found.per_move.high) == pytest.approx(3.688879 / 140, abs=1e-6)
    assert found.half_life.value is None
    assert known(found.half_life.low) == pytest.approx(log(0.5) / log(1 - 3.688879 / 140), abs=1e-3)
    assert found.shape is None


def test_of_nothing_nothing_is_said() -> None:
    found = hazard([Walk(moves=0, ending="stopped", size=3, needed=7)], up_to=2)
    assert found.per_move == Estimate(
        value=None, method="errors / moves at risk, Garwood", n=0, warnings=("there is no move at risk",)
    )
    assert (found.shape, found.survival, found.predictions) == (None, None, ())

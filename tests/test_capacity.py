"""Capacity, data, sizes and the interpolation threshold, against the published numbers."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.memorization.capacity import (
    ALPHA_BY_PRECISION,
    ALPHA_OF_EXPECTED,
    bits_per_parameter,
    capacity_bits,
    dataset_entropy_bits,
    expected_memorization_bits,
    gpt2_params,
    multimodal_capacity_bits,
    transfer_capacity_bits,
)
from harness.memorization.double_descent import capacity_ratio, regime, tokens_per_param_at_threshold
from harness.memorization.formula import of
from harness.memorization.sizing import size

COUNTS = {
    32: (80_352, 93_056, 118_464, 169_280),
    64: (185_280, 235_264, 335_232, 535_168),
    128: (468_864, 667_136, 1_063_680, 1_856_768),
    256: (1_330_944, 2_120_704, 3_700_224, 6_859_264),
}

some_params = st.floats(1e3, 1e12)
some_bits = st.floats(1, 1e15)


@pytest.mark.parametrize(
    ("width", "layers", "params"),
    [(width, 2**power, params) for width, row in COUNTS.items() for power, params in enumerate(row)],
)
def test_the_16_shapes_of_the_grid_have_their_parameter_counts(width: int, layers: int, params: int) -> None:
    assert gpt2_params(vocabulary=2048, context=64, layers=layers, width=width) == params


@pytest.mark.parametrize(("layers", "width", "params"), [(48, 1600, 1_556_075_200), (12, 768, 123_702_528)])
def test_gpt2_xl_and_small_have_the_papers_counts(layers: int, width: int, params: int) -> None:
    assert gpt2_params(vocabulary=50257, context=64, layers=layers, width=width) == params


@pytest.mark.parametrize(
    ("layers", "width", "params", "fp32", "bf16", "alpha_fp32", "alpha_bf16"),
    [
        (1, 32, 8.04e4, 3.39e5, 3.16e5, 4.23, 3.93),
        (1, 128, 4.69e5, 1.71e6, 1.69e6, 3.65, 3.61),
        (2, 128, 6.67e5, 2.66e6, 2.60e6, 3.99, 3.89),
        (4, 256, 3.70e6, 1.36e7, 1.30e7, 3.68, 3.51),
        (8, 256, 6.86e6, 2.71e7, 2.51e7, 3.96, 3.65),
    ],
)
def test_measured_capacities_give_the_printed_bits_a_parameter(
    layers: int, width: int, params: float, fp32: float, bf16: float, alpha_fp32: float, alpha_bf16: float
) -> None:
    assert gpt2_params(vocabulary=2048, context=64, layers=layers, width=width) == pytest.approx(params, rel=1e-2)
    assert bits_per_parameter(fp32, params) == pytest.approx(alpha_fp32, rel=1e-2)
    assert bits_per_parameter(bf16, params) == pytest.approx(alpha_bf16, rel=1e-2)


def test_the_means_by_precision_are_those_of_the_papers_16_models() -> None:
    assert ALPHA_BY_PRECISION["fp32"] == round(3.82625, 2)
    assert ALPHA_BY_PRECISION["bf16"] == round(3.5125, 2)


@pytest.mark.parametrize(
    ("length", "vocabulary", "expected"),
    [
        *((4, 2048, 180_224), (8, 2048, 360_448), (16, 2048, 720_896), (32, 2048, 1_441_792), (64, 2048, 2_361_661)),
        *((128, 2048, 2_390_661), (256, 2048, 2_448_660)),
        *((64, 128, 1_491_671), (64, 512, 1_665_669), (64, 1024, 1_897_667), (64, 2048, 2_361_661)),
        (64, 4096, 3_145_728),
    ],
)
def test_the_12_rows_of_expected_memorization_come_out(length: int, vocabulary: int, expected: int) -> None:
    params = gpt2_params(vocabulary=vocabulary, context=length, layers=2, width=128)
    data = dataset_entropy_bits(samples=4096, length=length, vocabulary=vocabulary)
    assert round(expected_memorization_bits(params, data, ALPHA_OF_EXPECTED)) == expected


@pytest.mark.parametrize(("length", "printed"), [(64, 2.36e6), (128, 2.39e6), (256, 2.45e6)])
def test_the_printed_alpha_does_not_give_the_papers_expected_values(length: int, printed: float) -> None:
    params = gpt2_params(vocabulary=2048, context=length, layers=2, width=128)
    data = dataset_entropy_bits(samples=4096, length=length, vocabulary=2048)
    assert expected_memorization_bits(params, data, 3.642) > printed * 1.025


def test_data_and_capacity_in_bits() -> None:
    assert dataset_entropy_bits(samples=4096, length=64, vocabulary=2048) == 2_883_584
    assert dataset_entropy_bits(samples=1, length=64, vocabulary=2048) == 704
    assert [capacity_bits(params) / 8 for params in (1.5e9, 8e9, 70e9)] == pytest.approx([675e6, 3.6e9, 31.5e9])


def test_the_threshold_is_at_the_tokens_a_parameter_of_the_reference() -> None:
    assert tokens_per_param_at_threshold(2048, alpha=3.64) == pytest.approx(0.3309, abs=5e-5)
    assert tokens_per_param_at_threshold(50257) == pytest.approx(0.2305, abs=5e-5)


@given(params=some_params, vocabulary=st.integers(2, 300_000))
def test_at_the_threshold_the_ratio_is_1(params: float, vocabulary: int) -> None:
    tokens = params * tokens_per_param_at_threshold(vocabulary)
    data = dataset_entropy_bits(samples=tokens, length=1, vocabulary=vocabulary)
    assert capacity_ratio(data, params) == pytest.approx(1)


@given(params=some_params, data=some_bits, more=st.floats(1, 10))
def test_memorization_is_capped_by_data_and_capacity_and_never_falls(params: float, data: float, more: float) -> None:
    expected = expected_memorization_bits(params, data)
    assert expected <= min(data, capacity_bits(params))
    assert expected <= expected_memorization_bits(params * more, data)
    assert expected <= expected_memorization_bits(params, data * more)
    assert (expected == data) == (capacity_ratio(data, params) <= 1)


@given(params=some_params, alpha=st.floats(0.5, 8))
def test_bits_a_parameter_undoes_capacity(params: float, alpha: float) -> None:
    assert bits_per_parameter(capacity_bits(params, alpha), params) == pytest.approx(alpha)


@pytest.mark.parametrize(
    ("ratio", "label", "article"),
    [
        (0.2, "over-parameterized, interpolating", "under-parameterized"),
        (1.0, "interpolation threshold", "critical"),
        (5.0, "under-parameterized", "over-parameterized"),
    ],
)
def test_regimes_have_the_right_labels_and_the_articles_swapped_ones_beside(
    ratio: float, label: str, article: str
) -> None:
    found = regime(ratio)
    assert (found.label, found.article_label) == (label, article)
    assert found.octaves == log2(ratio)
    assert "swaps" in of(regime).note


def test_below_the_threshold_more_data_raises_the_test_loss_and_more_parameters_lower_it() -> None:
    below, above = regime(0.2), regime(5)
    assert "raises" in below.more_data
    assert "lower" in below.more_params
    assert "lowers" in above.more_data


@given(data=some_bits, tokens=st.floats(1, 1e15), safety=st.floats(1, 4), each=st.floats(0.01, 1000))
def test_sizing_is_an_interval_and_says_when_it_is_empty(
    data: float, tokens: float, safety: float, each: float
) -> None:
    found = size(data, tokens, safety=safety, tokens_per_param=each)
    assert capacity_bits(found.lowest) == pytest.approx(safety * data)
    assert tokens / found.highest == pytest.approx(each)
    assert found.empty == (found.lowest > found.highest)
    assert found.told.startswith("no size") == found.empty


def test_more_tokens_a_parameter_lower_the_upper_bound_and_leave_the_lower_one() -> None:
    few, many = (size(1e9, 1e9, tokens_per_param=each) for each in (1, 20))
    assert many.highest < few.highest
    assert many.lowest == few.lowest
    assert not few.empty
    assert many.empty


def test_whether_sizes_are_empty_does_not_depend_on_how_much_data_there_are() -> None:
    assert [size(15 * n, n, tokens_per_param=1).empty for n in (1e3, 1e9)] == [True, True]
    assert [size(15 * n, n, tokens_per_param=0.1).empty for n in (1e3, 1e9)] == [False, False]


@given(params=some_params)
def test_one_modality_has_the_capacity_of_text(params: float) -> None:
    assert multimodal_capacity_bits({"text": params}, {}) == capacity_bits(params)


def test_modalities_add_up_and_shared_parameters_count_once() -> None:
    found = multimodal_capacity_bits({"text": 10, "image": 20}, {"image": 2}, shared_params=5, shared_alpha=4)
    assert found == pytest.approx(36 + 40 + 20)


@given(capacity=some_bits, retained=some_bits, shared=some_bits)
def test_transfer_leaves_nothing_below_0_and_nothing_above_the_capacity(
    capacity: float, retained: float, shared: float
) -> None:
    assert 0 <= transfer_capacity_bits(capacity, retained, shared) <= capacity
    assert transfer_capacity_bits(10, 4, 1) == 7


@pytest.mark.parametrize("params", [0, -3, float("nan"), float("inf")])
def test_a_number_that_cannot_be_is_named(params: float) -> None:
    with pytest.raises(UsageError, match="params must be above 0"):
        capacity_bits(params)

"""The membership law, privacy thresholds, and excess extraction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.memorization.excess import excess_extraction
from harness.memorization.formula import Status, of
from harness.memorization.membership import (
    membership,
    membership_f1,
    membership_f1_as_printed,
    membership_samples,
    uninformative_f1,
)
from harness.memorization.privacy import data_bits_per_param, privacy_band, private_tokens_per_param

XL, SMALL = 1_556_075_200, 123_702_528

ROWS = [
    (XL, 170_654_583, 0.10967, 0.55, 0.5505, 54.61),
    (XL, 76_795_021, 0.04935, 0.75, 0.7516, 71.08),
    (XL, 18_851_574, 0.01211, 0.95, 0.9514, 95.85),
    (SMALL, 13_566_442, 0.10967, 0.55, 0.5505, 53.44),
    (SMALL, 6_104_935, 0.04935, 0.75, 0.7516, 65.69),
    (SMALL, 1_498_634, 0.01211, 0.95, 0.9514, 97.98),
]
"""Parameters, samples, their ratio, the paper's target, the re-derived law's F1, and the observed F1 in percent."""

PRINTED = {0.55: (0.8368, 0.9647), 0.75: (0.6376, 0.9072), 0.95: (0.5001, 0.6053)}
"""By target: the law as printed, with capacity in bits and in parameters."""


@pytest.mark.parametrize(("params", "samples", "ratio", "target", "expected", "_observed"), ROWS)
def test_the_rederived_law_gives_all_6_rows(
    params: int, samples: int, ratio: float, target: float, expected: float, _observed: float
) -> None:
    assert samples / params == pytest.approx(ratio, abs=5e-6)
    assert membership_f1(samples, params) == pytest.approx(expected, abs=5e-5)
    assert membership_f1(samples, params) == pytest.approx(target, abs=2e-3)


@pytest.mark.parametrize(("params", "samples", "_ratio", "target", "_expected", "_observed"), ROWS)
def test_the_law_as_printed_gives_none_of_the_6_rows(
    params: int, samples: int, _ratio: float, target: float, _expected: float, _observed: float
) -> None:
    found = membership(samples, params)
    in_bits, in_params = PRINTED[target]
    assert found.printed_f1_bits == pytest.approx(in_bits, abs=1e-4)
    assert found.printed_f1_params == pytest.approx(in_params, abs=1e-4)
    assert min(abs(found.printed_f1_bits - target), abs(found.printed_f1_params - target)) > 0.1
    assert of(membership_f1_as_printed).status is Status.CONTRADICTED


def test_the_papers_rows_miss_their_targets_by_what_the_note_says() -> None:
    missed = [abs(observed - 100 * target) for *_, target, _, observed in ROWS]
    assert sum(miss > 1.5 for miss in missed) == 4
    assert max(missed) == pytest.approx(9.31)
    assert "4 of the 6" in of(membership_f1).note
    assert "9.31" in of(membership_f1).note


def test_the_law_as_printed_tends_to_more_than_1() -> None:
    assert membership_f1_as_printed(1, 0) == pytest.approx(1.006011, abs=5e-7)


@given(capacity=st.floats(1e6, 1e12), samples=st.floats(1e4, 1e12), more=st.floats(1, 100))
def test_the_law_as_printed_rises_with_data(capacity: float, samples: float, more: float) -> None:
    assert membership_f1_as_printed(samples * more, capacity) >= membership_f1_as_printed(samples, capacity)


@given(params=st.floats(5e5, 1.5e9), ratio=st.floats(0, 10), more=st.floats(0, 10))
def test_the_rederived_law_falls_from_1_to_one_half(params: float, ratio: float, more: float) -> None:
    f1 = membership_f1(ratio * params, params)
    assert 0.5 <= membership_f1((ratio + more) * params, params) <= f1 <= 1
    assert membership_f1(0, params) == 1
    assert membership_f1(1000 * params, params) == 0.5


@pytest.mark.parametrize(
    ("each", "f1"),
    [(1, 0.93396), (2, 0.85025), (5, 0.62604), (7, 0.55092), (10, 0.51146), (20, 0.50007), (50, 0.5), (100, 0.5)],
)
def test_f1_by_tokens_a_parameter(each: float, f1: float) -> None:
    assert membership(each * XL / 64, XL).f1 == pytest.approx(f1, abs=5e-6)
    assert membership(each * XL / 64, XL).tokens_per_param == pytest.approx(each)


@pytest.mark.parametrize(("f1", "each"), [(0.55, 7.04), (0.60, 5.54), (0.75, 3.18), (0.90, 1.42)])
def test_tokens_a_parameter_by_f1(f1: float, each: float) -> None:
    assert membership_samples(f1, XL) * 64 / XL == pytest.approx(each, abs=5e-3)


@given(params=st.floats(5e5, 1.5e9), f1=st.floats(0.501, 0.9999))
def test_the_inverse_undoes_the_law(params: float, f1: float) -> None:
    assert membership_f1(membership_samples(f1, params), params) == pytest.approx(f1)


@pytest.mark.parametrize("f1", [0.5, 0.2, 1.01])
def test_no_amount_of_data_gives_an_f1_that_the_law_does_not_reach(f1: float) -> None:
    with pytest.raises(UsageError, match="f1 must be"):
        membership_samples(f1, XL)


def test_the_law_warns_outside_what_it_was_fitted_to() -> None:
    assert membership(1e6, XL).warnings == ()
    assert "outside" in membership(1e6, 7e9).warnings[0]
    (warning,) = membership(1e6, XL, length=128).warnings
    assert "not 128" in warning
    assert membership(1e6, XL, length=128).f1 == membership(2e6, XL).f1


@pytest.mark.parametrize(("called", "f1"), [(0, 0), (0.5, 0.5), (1, 2 / 3)])
def test_a_rule_that_knows_nothing_has_an_f1_all_the_same(called: float, f1: float) -> None:
    assert uninformative_f1(called) == pytest.approx(f1)


@pytest.mark.parametrize(("vocabulary", "each"), [(50257, 64.0), (2048, 90.9), (128_256, 58.9)])
def test_a_thousand_bits_a_parameter_in_tokens(vocabulary: int, each: float) -> None:
    assert private_tokens_per_param(vocabulary) == pytest.approx(each, abs=0.05)
    assert data_bits_per_param(each * 1e6, vocabulary, 1e6) == pytest.approx(1000, rel=1e-3)


@given(params=st.floats(1e3, 1e12), vocabulary=st.integers(2, 300_000), bits=st.floats(1, 1e5))
def test_tokens_a_parameter_undo_bits_a_parameter(params: float, vocabulary: int, bits: float) -> None:
    tokens = private_tokens_per_param(vocabulary, bits) * params
    assert data_bits_per_param(tokens, vocabulary, params) == pytest.approx(bits)


def test_privacy_bands_are_told_as_heuristic() -> None:
    bands = [privacy_band(each) for each in (0, 99.9, 100, 999, 1000, 1e6)]
    assert bands == ["at risk", "at risk", "private on average", "private on average", "strong", "strong"]
    assert of(privacy_band).status is Status.HEURISTIC


def test_excess_extraction_has_newcombes_interval() -> None:
    found = excess_extraction(300, 1000, 100, 1000)
    assert found.difference == pytest.approx(0.2)
    assert found.normalized == pytest.approx(0.2222, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((0.16583, 0.23377), abs=5e-6)


def test_newcombes_published_example_comes_out() -> None:
    found = excess_extraction(56, 70, 48, 80)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@given(texts=st.integers(1, 5000), data=st.data())
def test_equal_rates_are_no_excess_and_exchanging_the_sets_turns_the_sign(texts: int, data: st.DataObject) -> None:
    extracted, other = (data.draw(st.integers(0, texts)) for _ in range(2))
    same = excess_extraction(extracted, texts, extracted, texts)
    assert same.difference == 0
    assert same.low <= 0 <= same.high
    one, two = excess_extraction(extracted, texts, other, texts), excess_extraction(other, texts, extracted, texts)
    assert (one.difference, one.low, one.high) == pytest.approx((-two.difference, -two.high, -two.low))
    assert -1 - 1e-9 <= one.low <= one.difference + 1e-9 <= one.high + 2e-9 <= 1 + 3e-9


def test_where_every_unseen_text_is_extracted_nothing_is_left_to_normalize_by() -> None:
    assert excess_extraction(10, 10, 10, 10).normalized is None


@pytest.mark.parametrize("counts", [(1, 0, 0, 1), (5, 4, 0, 1), (0, 1, -1, 1)])
def test_counts_that_are_no_rate_are_refused(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(UsageError, match="is no rate"):
        excess_extraction(*counts)

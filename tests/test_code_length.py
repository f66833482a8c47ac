"""Code lengths and mem_U: the formulas' own numbers, and the traps that others fell into."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import PegboardError
from harness.memorization.code_length import (
    bits_per_byte,
    code_length_bits,
    mem_mixture_bits,
    mem_signed_bits,
    mem_u_bits,
    mem_u_dataset,
    same_string,
    scored_nats,
    zlib_bytes,
)
from harness.providers.scoring import Scored

nats = st.floats(-2000, 0)


def scored(logprobs: Sequence[float | None], ids: Sequence[int] | None = None, *, bos: bool = False) -> Scored:
    return Scored(token_ids=ids or range(len(logprobs)), logprobs=logprobs, bos=bos)


def test_a_code_length_is_in_bits_where_models_speak_nats() -> None:
    assert code_length_bits([log(0.7), log(0.25), log(0.05)]) == pytest.approx(6.836501, abs=1e-6)
    assert code_length_bits([]) == 0


def test_a_bos_decides_whether_the_first_token_counts() -> None:
    """64 tokens of 2,048 that are all alike: 704 bits as the paper counts, 693 where nothing precedes the first."""
    step = -log(2048)
    assert code_length_bits(scored_nats(scored([None, *[step] * 64], bos=True))) == pytest.approx(704)
    assert code_length_bits(scored_nats(scored([None, *[step] * 63]))) == pytest.approx(693)


@pytest.mark.parametrize(
    ("target", "reference", "mem_u", "mixture"), [(-50, -60, 14.426950, 13.427016), (-60, -50, 0.0, -0.999934)]
)
def test_mem_u_is_what_the_better_model_saves(target: float, reference: float, mem_u: float, mixture: float) -> None:
    assert mem_u_bits(target, reference) == pytest.approx(mem_u, abs=1e-6)
    assert mem_mixture_bits(target, reference) == pytest.approx(mixture, abs=1e-6)


def test_the_better_model_is_taken_for_a_whole_text_never_by_token() -> None:
    """The trap: of (.9, .1) and (.1, .9) neither text is better known, and token by token 3.169925 bits come out."""
    target, reference = [log(0.9), log(0.1)], [log(0.1), log(0.9)]
    assert mem_u_bits(sum(target), sum(reference)) == pytest.approx(0.0, abs=1e-12)
    by_token = sum(mem_u_bits(one, other) for one, other in zip(target, reference, strict=True))
    assert by_token == pytest.approx(3.169925, abs=1e-6)


@given(nats, nats)
def test_three_forms_of_mem_agree_on_their_bounds(target: float, reference: float) -> None:
    mem_u, signed = mem_u_bits(target, reference), mem_signed_bits(target, reference)
    assert mem_u == max(0.0, signed)
    assert mem_u_bits(reference, target) == max(0.0, -signed)
    assert mem_u - 1 - 1e-9 <= mem_mixture_bits(target, reference) <= mem_u + 1e-9


def test_texts_far_apart_neither_overflow_nor_vanish() -> None:
    assert mem_mixture_bits(-1e5, -9e5) == pytest.approx(8e5 / log(2) - 1)
    assert mem_mixture_bits(-9e5, -1e5) == pytest.approx(-1)


def test_a_dataset_holds_at_least_the_sum_over_its_texts() -> None:
    found = mem_u_dataset([(-50, -60), (-60, -50), (-50, -60)])
    assert found.per_text == pytest.approx([14.426950, 0.0, 14.426950], abs=1e-6)
    assert found.at_least_bits == pytest.approx(28.853901, abs=1e-6)


def test_bits_per_byte_count_bytes_not_characters() -> None:
    assert bits_per_byte(24.0, "数") == 8.0
    assert bits_per_byte(0.0, "") is None


def test_both_models_are_scored_on_the_same_part_of_the_text() -> None:
    whole, rest = scored([None, -1.0, -2.0, -3.0], [9, 1, 2, 3], bos=True), scored([None, -4.0, -5.0], [1, 2, 3])
    assert same_string(whole, rest) == ([-2.0, -3.0], [-4.0, -5.0])
    assert same_string(rest, whole) == ([-4.0, -5.0], [-2.0, -3.0])
    assert same_string(rest, rest) == ([-4.0, -5.0], [-4.0, -5.0])
    assert same_string(whole, scored([None, -7.0], [8, 4], bos=True)) == ([-1.0, -2.0, -3.0], [-7.0])
    assert same_string(rest, scored([None, -4.0], [4, 5])) is None  # their first tokens are not the same string
    assert same_string(scored([None]), scored([None])) == ([], [])


def test_a_number_that_is_missing_inside_a_text_is_an_error() -> None:
    with pytest.raises(PegboardError, match="token 3 of 4 has no log-probability"):
        scored_nats(scored([None, -1.0, None, -1.0]))


@pytest.mark.parametrize(
    ("text", "size"), [("a" * 100, 12), ("", 8), ("The quick brown fox jumps over the lazy dog", 50)]
)
def test_zlib_sizes_are_the_known_ones(text: str, size: int) -> None:
    assert abs(zlib_bytes(text) - size) <= 2  # builds of zlib differ


def test_an_impossible_text_costs_infinitely_many_bits() -> None:
    assert code_length_bits([-1.0, -inf]) == inf

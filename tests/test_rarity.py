"""Rarity, compressibility, and which documents get the capacity."""

from __future__ import annotations

from itertools import product
from math import log
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import UnknownName, UsageError
from harness.memorization.allocation import Ticket, frequency_competition, knapsack, priority, winning_ticket
from harness.memorization.compressibility import CODECS, compressibility
from harness.memorization.rarity import (
    Collection,
    collect,
    rarity_memorization,
    tfidf_morris,
    tfidf_standard,
    word_information_bits,
    words,
)

TOY = [["a", "b"], ["a"], ["c"], ["c", "c"]]
scores = st.floats(-50, 50)
often = st.floats(1e-3, 1e6)


def test_the_toy_collection_gives_the_papers_form() -> None:
    assert tfidf_morris(["a", "b"], collect(TOY)) == pytest.approx(1.039721, abs=5e-7)


def test_the_papers_form_counts_occurrences_and_may_be_negative_the_standard_one_counts_documents() -> None:
    collection = collect([["x"] * 9, ["x", "y"]])
    assert tfidf_morris(["x"], collection) == pytest.approx(log(2 / 10))
    assert tfidf_standard(["x"], collection) == 0
    assert tfidf_standard(["y"], collection) == pytest.approx(log(2))


@given(st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=8), min_size=1, max_size=8))
def test_the_standard_form_is_never_negative_nor_below_the_papers(documents: list[list[str]]) -> None:
    collection = collect(documents)
    for document in documents:
        standard = tfidf_standard(document, collection)
        assert standard >= 0
        assert standard >= tfidf_morris(document, collection)


def test_a_word_of_another_collection_and_a_text_without_words_are_refused() -> None:
    with pytest.raises(UsageError, match="'z' is not in the collection"):
        tfidf_morris(["z"], collect(TOY))
    with pytest.raises(UsageError, match="without words"):
        tfidf_standard([], Collection(0, {}, {}))


def test_a_words_information_is_in_bits() -> None:
    assert [word_information_bits(count, 8) for count in (1, 4, 8)] == [3, 1, 0]


def test_words_are_those_of_any_language() -> None:
    assert words("The Cat's 3 Straßen, 数独!") == ["the", "cat", "s", "3", "strassen", "数独"]


def test_rare_texts_that_are_remembered_more_correlate_perfectly() -> None:
    found = rarity_memorization([1, 2, 3, 4, 5, 6], [0, 0, 1, 2, 3, 4])
    assert found.remembered.rho == pytest.approx(1)
    assert found.remembered.texts == 4
    assert found.every.texts == 6
    assert found.every.rho == pytest.approx(0.985611, abs=5e-7)  # two of six tied: 34 / sqrt(35 * 34) of the ranks


def test_the_bootstrap_interval_holds_the_estimate_and_is_the_same_every_time() -> None:
    import numpy as np

    draw = np.random.default_rng(1)
    rarity = draw.normal(size=60)
    mem_u = rarity + draw.normal(size=60)
    first, second = (rarity_memorization(list(rarity), list(mem_u), resamples=300) for _ in range(2))
    assert first == second
    assert first.every.rho is not None
    assert first.every.low is not None
    assert first.every.high is not None
    assert 0 < first.every.low < first.every.rho < first.every.high < 1


def test_a_correlation_of_too_few_texts_or_of_one_value_is_not_told() -> None:
    found = rarity_memorization([1, 2, 3, 4, 5], [0, 0, 0, 0, 0])
    assert found.remembered.texts == 0
    assert found.every.rho is None
    with pytest.raises(UsageError, match="found 1 of rarity, 2 of mem u"):
        rarity_memorization([1], [1, 2])


@pytest.mark.parametrize(("text", "size"), [("a" * 100, 12), ("The quick brown fox jumps over the lazy dog", 50)])
def test_zlib_sizes_are_the_known_ones_give_or_take_a_build(text: str, size: int) -> None:
    found = compressibility(text)
    assert found.compressed == pytest.approx(size, abs=2)
    assert found.overhead == pytest.approx(8, abs=2)
    assert (found.ratio > 1) == (len(text) == 43)
    assert found.net_ratio < 1


@pytest.mark.parametrize("codec", CODECS)
def test_what_repeats_compresses_better_than_what_does_not(codec: str) -> None:
    varied = " ".join(str(number**3) for number in range(200))
    assert compressibility("ab" * 500, codec).net_ratio < compressibility(varied, codec).net_ratio


def test_an_unknown_codec_a_wrong_level_and_an_empty_text_are_told() -> None:
    with pytest.raises(UnknownName, match="unknown codec 'zip'"):
        compressibility("a", "zip")
    with pytest.raises(UsageError, match="level must be from 1 to 9"):
        compressibility("a", level=10)
    with pytest.raises(UsageError, match="empty"):
        compressibility("")


@given(st.lists(st.tuples(scores, st.floats(0, 2), often), min_size=1, max_size=20))
def test_priorities_sum_to_1(rows: list[tuple[float, float, float]]) -> None:
    assert sum(priority(*(list(column) for column in zip(*rows, strict=True)))) == pytest.approx(1)


def test_without_weights_every_document_has_the_same_priority() -> None:
    assert priority([1, 2, 3, 4], [0, 1, 0, 1], [1, 5, 9, 2], alpha=0, beta=0, gamma=0) == [0.25] * 4


@given(rare=st.floats(0, 10), more=st.floats(0.01, 5), frequency=st.floats(1, 100))
def test_priority_rises_with_rarity_and_frequency_and_falls_with_compressed_size(
    rare: float, more: float, frequency: float
) -> None:
    rarer = priority([rare, rare + more], [1, 1], [1, 1])
    oftener = priority([rare, rare], [1, 1], [frequency, frequency + more])
    longer = priority([rare, rare], [1, 1 + more], [1, 1])
    assert rarer[1] > rarer[0]
    assert oftener[1] > oftener[0]
    assert longer[1] < longer[0]


def test_frequency_competition_goes_from_uniform_to_shares_of_the_data() -> None:
    assert frequency_competition([1, 3], gamma=0) == [0.5, 0.5]
    assert frequency_competition([1, 3], gamma=1) == pytest.approx([0.25, 0.75])


@given(st.lists(often, min_size=1, max_size=20), st.floats(-3, 3))
def test_competing_shares_sum_to_1(frequency: list[float], gamma: float) -> None:
    assert sum(frequency_competition(frequency, gamma)) == pytest.approx(1)


def test_a_document_that_never_occurs_has_no_frequency() -> None:
    with pytest.raises(UsageError, match="frequency must be above 0"):
        frequency_competition([1, 0])


def test_the_textbook_knapsack_takes_the_second_and_third() -> None:
    found = knapsack([60, 100, 120], [10, 20, 30], 50)
    assert (found.value, found.cost, found.chosen) == (220, 50, (1, 2))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=9), st.integers(0, 200))
def test_no_choice_that_fits_is_worth_more_than_the_plan(rows: list[tuple[int, int]], capacity: int) -> None:
    found = knapsack([value for value, _ in rows], [cost for _, cost in rows], capacity)
    taken = [rows[document] for document in found.chosen]
    assert (found.value, found.cost) == (sum(row[0] for row in taken), sum(row[1] for row in taken))
    assert found.cost <= capacity
    choices: list[tuple[Any, ...]] = [choice for choice in product((0, 1), repeat=len(rows)) if any(choice)]
    for choice in choices:
        if sum(keep * row[1] for keep, row in zip(choice, rows, strict=True)) <= capacity:
            assert sum(keep * row[0] for keep, row in zip(choice, rows, strict=True)) <= found.value


def test_a_plan_that_would_take_minutes_is_refused() -> None:
    powers = [float(2**power) for power in range(30)]
    with pytest.raises(UsageError, match="too many documents"):
        knapsack(powers, powers, sum(powers))


def test_the_winning_ticket_is_the_smallest_that_does_as_well() -> None:
    tickets = [Ticket(1000, 0.91), Ticket(100, 0.90), Ticket(10, 0.5)]
    assert winning_ticket(tickets, dense=0.91) == tickets[0]
    assert winning_ticket(tickets, dense=0.91, epsilon=0.02) == tickets[1]
    assert winning_ticket(tickets, dense=0.99) is None

"""Memorization in what models write, and the baselines that need no model: worked numbers and the definitions."""

from __future__ import annotations

from fractions import Fraction
from math import exp, inf, log, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.memorization.baselines import auc, bag_of_words, blind_aucs, latest_year, tpr_at_fpr
from harness.memorization.sampling import (
    CDD_XI,
    attempts_needed,
    canary_rank,
    chance_of_extraction,
    decoding_logprobs,
    edit_distance,
    exposure,
    peak,
    perturbation_gap,
    sampled_exposure,
    verbatim,
)


@pytest.mark.parametrize(("hit", "chance", "attempts"), [(0.01, 0.5, 69), (0.001, 0.9, 2302)])
def test_attempts_that_extraction_needs(hit: float, chance: float, attempts: int) -> None:
    assert attempts_needed([log(hit)], chance) == attempts
    assert chance_of_extraction([log(hit)], attempts) >= chance > chance_of_extraction([log(hit)], attempts - 1)


def test_the_worked_chances_of_extraction() -> None:
    assert chance_of_extraction([log(0.01)], 69) == pytest.approx(0.500163, abs=1e-6)
    assert chance_of_extraction([log(0.1), log(0.1)], 68) == pytest.approx(0.495114, abs=1e-6)


def test_extraction_is_right_for_suffixes_that_are_all_but_impossible() -> None:
    assert attempts_needed([-log(2)] * 50, 0.5) == pytest.approx(7.804e14, rel=1e-3)
    assert chance_of_extraction([-200.0], 1000) == pytest.approx(1000 * exp(-200), rel=1e-9)
    assert chance_of_extraction([-1e4], 10**9) == 0
    assert attempts_needed([-1e4], 0.5) == inf


def test_a_certain_suffix_needs_one_attempt_and_an_impossible_one_is_never_extracted() -> None:
    assert attempts_needed([0.0], 0.999) == 1
    assert chance_of_extraction([0.0], 1) == 1
    assert chance_of_extraction([-inf], 10**6) == 0
    assert chance_of_extraction([-1.0], 0) == 0


@given(st.floats(1e-6, 0.999), st.floats(0.001, 0.999))
def test_no_fewer_attempts_would_do(hit: float, chance: float) -> None:
    needed = int(attempts_needed([log(hit)], chance))
    assert chance_of_extraction([log(hit)], needed) >= chance - 1e-9
    assert needed == 1 or chance_of_extraction([log(hit)], needed - 1) <= chance + 1e-9


def test_extraction_is_from_what_is_decoded_not_from_the_raw_distribution() -> None:
    raw = [log(0.5), log(0.3), log(0.2)]
    assert decoding_logprobs(raw) == pytest.approx(raw)
    assert decoding_logprobs(raw, top_k=2) == pytest.approx([log(0.625), log(0.375), -inf])
    assert decoding_logprobs(raw, temperature=0.5) == pytest.approx([log(p / 0.38) for p in (0.25, 0.09, 0.04)])
    assert decoding_logprobs(raw, temperature=0) == [0.0, -inf, -inf]


def test_verbatim_completion_counts_from_the_start_and_in_blocks() -> None:
    sat, lay = ["the", "cat", "sat", "down"], ["the", "cat", "lay", "down"]
    found = verbatim(sat, lay)
    assert (found.prefix, found.prefix_share, found.block_share, found.exact) == (2, 0.5, 0.75, False)
    assert verbatim("abcd and more", "abcd").exact
    assert verbatim("", "abcd").block_share == 0
    assert verbatim(sat, lay, shortest_block=2).block_share == 0.5


def test_a_truth_of_nothing_is_no_test() -> None:
    with pytest.raises(UsageError, match="no tokens"):
        verbatim("anything", "")


@given(st.lists(st.sampled_from("ab"), min_size=1, max_size=12), st.lists(st.sampled_from("ab"), max_size=12))
def test_blocks_cover_the_common_prefix_and_no_more_than_the_truth(truth: list[str], completion: list[str]) -> None:
    found = verbatim(completion, truth)
    assert 0 <= found.prefix_share <= 1
    assert 0 <= found.block_share <= 1
    assert found.exact == (completion[: len(truth)] == truth)
    assert found.block_share * len(truth) >= min(found.prefix, 1)


def test_the_worked_exposures() -> None:
    assert exposure(1, 10**6) == pytest.approx(19.9316, abs=1e-4)
    assert exposure(5 * 10**5, 10**6) == pytest.approx(1.0)


def test_a_canary_that_is_the_likeliest_is_as_exposed_as_the_draws_can_tell() -> None:
    others = [-10.0 - place for place in range(1023)]
    assert canary_rank(-5.0, others) == 1
    assert sampled_exposure(-5.0, others) == pytest.approx(10)
    assert sampled_exposure(-5000.0, others) == 0
    assert canary_rank(-10.0, others) == 2  # a tie counts against it
    assert sampled_exposure(-10.0 - 511, others) == pytest.approx(-log2(513 / 1024))


def test_cdd_counts_samples_that_are_the_greedy_answer_over_all_samples() -> None:
    """One of 50: .02, above the threshold. An implementation that does not divide by the number would say 1."""
    greedy, other = ["move", "the", "disk"], ["take", "another", "peg"]
    found = peak(greedy, [greedy] + [other] * 49)
    assert found == pytest.approx(0.02)
    assert found > CDD_XI
    assert peak(greedy, [other] * 50) == 0


def test_cdd_is_the_original_definition_in_every_point() -> None:
    twenty = list(range(20))
    near = [*twenty[:19], 99]
    assert peak(twenty, [near]) == 1  # .05 of 20 tokens: one edit
    assert peak(twenty[:19], [[*twenty[:18], 99]]) == 0  # below 20 tokens none
    assert peak(twenty[:19], [[*twenty[:19], 99]]) == 1  # the greatest length counts, not the least
    assert peak(twenty, [near, near], alpha=0) == 0
    assert peak(list(range(150)), [[*range(100), *[7] * 50]]) == 1  # only the first 100 tokens
    assert peak([0] * 20, [[1] * 20, [1] * 20]) == 0  # samples alike, and far from the greedy answer


def test_edit_distance_is_levenshteins() -> None:
    assert edit_distance("kitten", "sitting") == 3
    assert edit_distance("", "abc") == edit_distance("abc", "") == 3


def test_a_perturbation_gap_is_paired_by_puzzle() -> None:
    found = perturbation_gap([(1.0, [0.5, 0.3])] * 6)
    assert found.gap == pytest.approx(0.6)
    assert found.p == pytest.approx(2 / 64)
    assert (found.low, found.high) == pytest.approx((0.6, 0.6))


def test_with_few_puzzles_no_gap_is_significant_and_no_interval_is_made_up() -> None:
    found = perturbation_gap([(1.0, [0.0])] * 5)
    assert (found.low, found.high, found.p, found.puzzles) == (-inf, inf, 2 / 32, 5)


@given(st.lists(st.floats(-1, 1).map(lambda x: round(x, 3)), min_size=1, max_size=9))
def test_interval_and_test_of_a_gap_agree(gaps: list[float]) -> None:
    found = perturbation_gap([(gap, [0.0]) for gap in gaps])
    assert found.low <= found.gap + 1e-9
    assert found.gap <= found.high + 1e-9
    if found.low > 0 or found.high < 0:
        assert found.p <= 0.05
    elif found.low < 0 < found.high:
        assert found.p > 0.05


def test_a_gap_of_one_puzzle_by_hand() -> None:
    """Subsets of (1, 2, -0.5): means 1, 2, -.5, 1.5, .25, .75, .8333; one of seven at most 0."""
    assert perturbation_gap([(1.0, [0.0]), (2.0, [0.0]), (0.0, [0.5])]).p == pytest.approx(2 * 2 / 8)


def test_many_puzzles_are_tested_by_drawn_subsets_the_same_each_time() -> None:
    puzzles = [(1.0 + place % 3, [0.5, 1.0]) for place in range(40)]
    assert perturbation_gap(puzzles) == perturbation_gap(puzzles)
    found = perturbation_gap(puzzles)
    assert found.p < 0.001
    assert 0 < found.low < found.gap < found.high


def test_a_gap_without_isomorphs_is_refused() -> None:
    with pytest.raises(UsageError, match="each with a result in a disguise"):
        perturbation_gap([])
    with pytest.raises(UsageError, match="each with a result in a disguise"):
        perturbation_gap([(1.0, [])])


def test_the_latest_year_is_found_among_numbers() -> None:
    assert latest_year("Founded in 1897, moved 2014; 12345 items and 3021 more") == 2014
    assert latest_year("no year at all, 99") is None


def test_a_bag_of_words_finds_classes_by_their_words_and_nothing_where_there_is_nothing() -> None:
    members = [True, False] * 20
    telling = [f"{'pegs and disks' if member else 'boats and guards'} {place}" for place, member in enumerate(members)]
    assert auc(bag_of_words(telling, members), members) == 1
    same = ["pegs and disks"] * 40
    assert auc(bag_of_words(same, members), members) == 0.5


def test_a_bag_of_words_never_sees_the_text_that_it_judges() -> None:
    """Each text has a word of its own: seen in training, it would give every label away."""
    members = [place % 2 == 0 for place in range(40)]
    assert set(bag_of_words([f"only{place}" for place in range(40)], members)) == {0.0}


def test_blind_baselines_are_of_texts_alone() -> None:
    texts = [f"It was in {1990 + place}, said so {'often ' * (place % 5)}" for place in range(30)]
    aucs = blind_aucs(texts, [place < 15 for place in range(30)])
    assert set(aucs) == {"bytes", "zlib_bytes", "earliness", "bag_of_words"}
    assert aucs["earliness"] == 1
    assert aucs["bytes"] == pytest.approx(0.5, abs=0.1)


def test_a_bag_of_words_needs_two_texts_of_each_class() -> None:
    with pytest.raises(UsageError, match="two texts of each class; one has 1"):
        bag_of_words(["a", "b", "c"], [True, False, False])


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=20))
def test_auc_is_the_share_of_pairs_in_order(pairs: list[tuple[int, bool]]) -> None:
    scores, members = [score for score, _ in pairs], [member for _, member in pairs]
    inside = [score for score, member in pairs if member]
    outside = [score for score, member in pairs if not member]
    if not inside or not outside:
        with pytest.raises(UsageError, match="members and non-members"):
            auc(scores, members)
        return
    won = [Fraction(1 if one > other else 0) + Fraction(one == other, 2) for one in inside for other in outside]
    assert auc(scores, members) == pytest.approx(float(sum(won) / len(won)))


def test_tpr_at_fpr_lets_no_more_non_members_pass_than_said() -> None:
    scores = [5.0, 4.0, 3.0, 2.0, 4.5, 1.0, 0.0, -1.0]
    members = [True] * 4 + [False] * 4
    assert tpr_at_fpr(scores, members, 0.01) == 0.25
    assert tpr_at_fpr(scores, members, 0.25) == 1.0
    assert tpr_at_fpr([1.0, 1.0], [True, False], 0.01) == 0.0  # a tie passes both or none
    assert tpr_at_fpr(scores, members, 1.0) == 1.0

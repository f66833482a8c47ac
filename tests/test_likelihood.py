"""Scores on log-probabilities: the papers' formulas on worked numbers, one sign for all, and who can serve which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha512
from math import exp, log

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from harness.errors import UnknownName, UsageError
from harness.memorization import likelihood
from harness.memorization.methods import METHODS, Evidence, Method, Tier, available, choose, find
from harness.providers.scoring import Scored

STEPS, TOKENS = [(0.7, 0.1, 0.1, 0.1), (0.25,) * 4, (0.5, 0.3, 0.15, 0.05)], [0, 1, 3]
NATS = [log(step[token]) for step, token in zip(STEPS, TOKENS, strict=True)]
MOMENTS = [(-0.940448, 0.891728), (-1.386294, 0.0), (-1.142120, 0.599361)]
"""Of STEPS, worked out by hand: the tests of the transformers backend hold it to the first two."""


def test_the_worked_example() -> None:
    assert pytest.approx([-0.356675, -1.386294, -2.995732], abs=1e-6) == NATS
    assert likelihood.loss(NATS) == pytest.approx(-1.579567, abs=1e-6)
    assert likelihood.perplexity(NATS) == pytest.approx(-exp(1.579567), abs=1e-5)
    assert likelihood.min_k(NATS) == pytest.approx(-2.995732, abs=1e-6)
    assert likelihood.min_k_plus_plus(NATS, MOMENTS) == pytest.approx(-3.092647, abs=1e-5)


def test_the_worked_moments_are_those_of_its_steps() -> None:
    for step, (mu, spread) in zip(STEPS, MOMENTS, strict=True):
        assert sum(p * log(p) for p in step) == pytest.approx(mu, abs=1e-6)
        assert sum(p * (log(p) - mu) ** 2 for p in step) ** 0.5 == pytest.approx(spread, abs=1e-6)


def test_a_step_of_alike_tokens_has_no_z_score() -> None:
    """Left out, not divided by zero: of the two that are left the mean is taken if all are asked for."""
    assert likelihood.min_k_plus_plus(NATS, MOMENTS, share=1.0) == pytest.approx((0.654654 - 3.092647) / 2, abs=1e-5)
    assert likelihood.min_k_plus_plus([-1.386294], [(-1.386294, 1.9e-6)]) is None  # what float32 makes of 0


@pytest.mark.parametrize(("tokens", "lowest"), [(1, 1), (4, 1), (5, 1), (9, 1), (10, 2), (100, 20)])
def test_min_k_takes_a_fifth_of_the_tokens_and_one_at_least(tokens: int, lowest: int) -> None:
    nats = [-float(place) for place in range(tokens)]
    assert likelihood.min_k(nats) == pytest.approx(sum(sorted(nats)[:lowest]) / lowest)


def test_recall_divides_by_what_the_text_costs_alone() -> None:
    assert likelihood.recall([-2.0, -2.0], [-2.6, -2.6]) == pytest.approx(1.3)


def test_zlib_divides_totals_so_that_a_text_twice_as_long_is_not_half_as_known() -> None:
    text = sha512(b"no zlib shortens this").hexdigest() + sha512(b"nor this").hexdigest()
    once, twice = likelihood.zlib([-1.0] * 128, text[:128]), likelihood.zlib([-1.0] * 256, text)
    assert once is not None
    assert twice is not None
    assert 0.8 < twice / once < 1.25
    assert likelihood.zlib([-8 * 12 * log(2)], "a" * 100) == pytest.approx(-1.0, rel=0.2)  # as many bits as zlib's


def test_a_reference_with_other_tokens_is_compared_on_totals() -> None:
    assert likelihood.reference([-1.0, -1.0], [-2.0, -2.0]) == pytest.approx(1.0)
    assert likelihood.reference([-1.0, -1.0], [-4.0]) == pytest.approx(1.0)


def text_of(logprobs: Sequence[float], **more: Sequence[tuple[float, float] | None]) -> Scored:
    return Scored(token_ids=[0, *range(1, 1 + len(logprobs))], logprobs=[None, *logprobs], bos=True, **more)


logprob = st.floats(-20, -0.001)


@st.composite
def evidences(draw: st.DrawFn) -> Evidence:
    tokens = draw(st.integers(1, 12))
    line = st.lists(logprob, min_size=tokens, max_size=tokens)
    moment = st.tuples(st.floats(-10, 0), st.one_of(st.just(0.0), st.floats(0.01, 5)))
    moments = [None, *draw(st.lists(moment, min_size=tokens, max_size=tokens))]
    prefixed = Scored(token_ids=[0, 50, *range(1, 1 + tokens)], logprobs=[None, *draw(line), draw(logprob)], bos=True)
    return Evidence(
        text=draw(st.text(max_size=40)),
        target=text_of(draw(line), moments=moments),
        reference=text_of(draw(line)),
        lowercase=text_of(draw(line)),
        prefixed=prefixed,
        prefix_tokens=2,
    )


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
@given(evidences(), st.data())
def test_higher_is_more_memorized_in_every_method(method: Method, evidence: Evidence, data: st.DataObject) -> None:
    """Any of the text's tokens made likelier under the target, all else as it was: no score falls."""
    before = method.score(evidence)
    assume(before is not None)
    nats = [value for value in evidence.target.logprobs if value is not None]
    raised = [data.draw(st.floats(value, -0.0005)) for value in nats]
    after = method.score(replace(evidence, target=replace(evidence.target, logprobs=[None, *raised])))
    assert before is not None
    assert after is not None
    assert after >= before - 1e-9 * max(1.0, abs(before))


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_every_method_tells_a_text_known_by_heart_from_one_that_is_not(method: Method) -> None:
    """The property above would hold of a constant."""
    likely, unlikely = (
        Evidence(
            text="To be, or not to be",
            target=text_of([value] * 6, moments=[None, *[(-2.0, 1.0)] * 6]),
            reference=text_of([-3.0] * 6),
            lowercase=text_of([-3.0] * 6),
            prefixed=Scored(token_ids=[0, 50, *range(1, 7)], logprobs=[None, *[-3.0] * 7], bos=True),
            prefix_tokens=2,
        )
        for value in (-0.1, -2.5)
    )
    scores = method.score(likely), method.score(unlikely)
    assert scores[0] is not None
    assert scores[1] is not None
    assert scores[0] > scores[1]


def test_a_method_without_its_evidence_gives_nothing() -> None:
    bare = Evidence(text="To be", target=text_of([-1.0, -2.0]))
    given = {name for name, method in METHODS.items() if method.score(bare) is not None}
    assert given == {"loss", "perplexity", "zlib", "min_k"}


def test_a_text_of_one_token_without_bos_has_no_score() -> None:
    lone = Scored(token_ids=[7], logprobs=[None], bos=False, moments=[None])
    evidence = Evidence(
        text="x", target=lone, reference=lone, lowercase=lone, prefixed=text_of([-1.0]), prefix_tokens=1
    )
    assert {method.score(evidence) for method in METHODS.values()} == {None}


def test_recall_is_refused_where_the_prefix_changed_how_the_text_is_split() -> None:
    merged = Scored(token_ids=[0, 60, 2], logprobs=[None, -1.0, -1.0], bos=True)
    evidence = Evidence(text="To be", target=text_of([-1.0, -2.0]), prefixed=merged, prefix_tokens=1)
    assert find("recall").score(evidence) is None


def test_recall_leaves_out_the_first_token_where_it_is_unscored_alone() -> None:
    alone = Scored(token_ids=[1, 2, 3], logprobs=[None, -2.0, -2.0], bos=False)
    prefixed = Scored(token_ids=[8, 9, 1, 2, 3], logprobs=[None, -5.0, -9.0, -2.6, -2.6], bos=False)
    evidence = Evidence(text="To be", target=alone, prefixed=prefixed, prefix_tokens=2)
    assert find("recall").score(evidence) == pytest.approx(1.3)


@pytest.mark.parametrize(
    ("tier", "given", "names"),
    [
        (Tier.FULL_LOGITS, ["reference", "lowercase", "prefix"], set(METHODS)),
        (Tier.PROMPT_LOGPROBS, ["reference", "lowercase", "prefix"], set(METHODS) - {"min_k_plus_plus"}),
        (Tier.PROMPT_LOGPROBS, [], {"loss", "perplexity", "zlib", "min_k"}),
        (Tier.FULL_LOGITS, ["lowercase"], {"loss", "perplexity", "zlib", "min_k", "min_k_plus_plus", "lowercase"}),
        (Tier.GENERATED_LOGPROBS, ["reference"], set()),
        (Tier.TEXT, [], set()),
    ],
)
def test_a_backend_serves_what_it_lets_be_seen(tier: Tier, given: list[str], names: set[str]) -> None:
    assert {method.name for method in available(tier, given)} == names


def test_what_cannot_be_served_is_told_with_what_is_missing_and_what_can_be() -> None:
    with pytest.raises(UsageError) as error:
        choose(["loss", "min_k_plus_plus"], "vllm/tiny", Tier.PROMPT_LOGPROBS)
    assert "min_k_plus_plus needs a backend that shows the whole distribution at each token" in str(error.value)
    assert "vllm/tiny shows the log-probability of each token of a given text" in str(error.value)
    assert "choose of: loss, perplexity, zlib, min_k" in str(error.value)
    with pytest.raises(UsageError, match="mem_u needs a reference model"):
        choose(["mem_u"], "vllm/tiny", Tier.PROMPT_LOGPROBS)
    with pytest.raises(UsageError, match="on text alone there are: verbatim completion, CDD, perturbation gap"):
        choose(["loss"], "anthropic/some", Tier.TEXT)
    assert [method.name for method in choose(["mem_u"], "vllm/tiny", Tier.PROMPT_LOGPROBS, ["reference"])] == ["mem_u"]


def test_a_method_that_does_not_exist_is_told_with_its_near_misses() -> None:
    with pytest.raises(UnknownName, match="did you mean min_k"):
        find("min-k")

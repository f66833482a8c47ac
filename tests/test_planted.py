"""Ground truth for scores of memorization: strings planted in a tiny model's training text, and others."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from planted import LENGTH, REPEATS, Planted, planted

from harness.memorization.baselines import auc
from harness.memorization.methods import METHODS, Evidence
from harness.memorization.sampling import verbatim
from harness.providers.scoring import Scored
from harness.providers.transformers_model import TransformersModel

pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # of libraries that are not ours
    pytest.mark.skipif(
        find_spec("torch") is None or find_spec("transformers") is None,
        reason="torch or transformers not installed: .ci/vllm runs these tests",
    ),
]

NEVER_SEEN = "def close(self):\n"
"""A prefix of nothing that was planted."""

SHOWN = 8
"""Characters of a string that are given to be continued."""


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    return planted(tmp_path_factory.mktemp("planted"))


@pytest.fixture(scope="module")
def evidence(models: Planted) -> dict[int | None, list[Evidence]]:
    """What the models say of each string, by how often it was planted; None: of the control."""
    groups: list[tuple[int | None, list[str]]] = [(None, models.control), *models.strings.items()]
    texts = [text for _, group in groups for text in group]
    variants = [*texts, *(text.lower() for text in texts), *(NEVER_SEEN + text for text in texts)]
    scored = _scores(models.target, variants)
    plain, lowered, prefixed = (scored[start : start + len(texts)] for start in range(0, len(scored), len(texts)))
    reference = _scores(models.reference, texts)
    found = iter(zip(texts, plain, reference, lowered, prefixed, strict=True))
    return {count: [_evidence(*next(found)) for _ in group] for count, group in groups}


def _scores(folder: Path, texts: Sequence[str]) -> list[Scored]:
    return asyncio.run(TransformersModel(str(folder)).score(texts))


def _evidence(text: str, target: Scored, reference: Scored, lowercase: Scored, prefixed: Scored) -> Evidence:
    return Evidence(
        text=text,
        target=target,
        reference=reference,
        lowercase=lowercase,
        prefixed=prefixed,
        prefix_tokens=len(prefixed.token_ids) - len(text),
    )


def scores(name: str, texts: Sequence[Evidence]) -> list[float]:
    found = [METHODS[name].score(each) for each in texts]
    assert None not in found
    return [each for each in found if each is not None]


def aucs(name: str, evidence: dict[int | None, list[Evidence]]) -> dict[int, float]:
    """By how often strings were planted: the chance that one of them scores above one of the control."""
    control = scores(name, evidence[None])
    groups = {count: scores(name, evidence[count]) for count in REPEATS}
    return {
        count: auc([*group, *control], [True] * len(group) + [False] * len(control)) for count, group in groups.items()
    }


@pytest.mark.parametrize("name", METHODS)
def test_a_score_tells_strings_read_20_times_and_cannot_tell_those_never_read(
    name: str, evidence: dict[int | None, list[Evidence]]
) -> None:
    found = aucs(name, evidence)
    assert 0.3 < found[0] < 0.7
    assert found[20] > 0.95
    assert found[0] < found[20] >= found[5] > found[1] - 0.05


def test_every_byte_is_a_token_and_the_first_is_scored(evidence: dict[int | None, list[Evidence]]) -> None:
    one = evidence[20][0]
    assert one.target.bos
    assert list(one.target.token_ids) == [0, *one.text.encode()]
    assert [logprob is None for logprob in one.target.logprobs] == [True] + [False] * LENGTH


@pytest.mark.parametrize("name", ["mem_u", "mem_signed", "mem_mixture"])
def test_memorized_bits_rise_with_repeats(name: str, evidence: dict[int | None, list[Evidence]]) -> None:
    never, once, *often = [mean(scores(name, evidence[count])) for count in REPEATS]
    assert never <= once < often[0] < often[1]
    assert 100 < often[1] < 160  # of the 143 random bits that a string has


def test_strings_never_read_give_no_memorized_bits(evidence: dict[int | None, list[Evidence]]) -> None:
    assert mean(scores("mem_u", evidence[0])) < 1
    assert mean(scores("mem_signed", evidence[0])) < 1


def test_what_is_memorized_can_be_extracted_and_what_is_not_cannot(models: Planted) -> None:
    shares = {count: mean(_extracted(models.target, models.strings[count])) for count in REPEATS}
    assert shares[0] == 0.0
    assert shares[20] > 0.9
    assert [*shares.values()] == sorted(shares.values())
    assert mean(_extracted(models.reference, models.strings[20])) == 0.0


def _extracted(folder: Path, texts: Sequence[str]) -> list[bool]:
    """Whether the likeliest continuation of each text's beginning is the rest of it."""
    import torch
    from transformers import AutoTokenizer, GPT2LMHeadModel

    tokenizer: Any = AutoTokenizer.from_pretrained(folder)
    model: Any = GPT2LMHeadModel.from_pretrained(folder)
    shown = torch.tensor([tokenizer.encode(text[:SHOWN]) for text in texts])
    made = model.generate(shown, do_sample=False, max_new_tokens=LENGTH - SHOWN, min_new_tokens=LENGTH - SHOWN)
    rests = [tokenizer.decode(row[shown.shape[1] :]) for row in made]
    return [verbatim(rest, text[SHOWN:]).exact for rest, text in zip(rests, texts, strict=True)]

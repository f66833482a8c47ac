"""Scorers agree on the same text and weights; one that is off by one is found out."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from tiny_model import tiny_model

from harness.providers.scoring import Scored, Scorer
from harness.providers.transformers_model import TransformersModel

torch = pytest.importorskip("torch", reason="torch is not installed: .ci/vllm makes an environment that has it")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

pytestmark = pytest.mark.filterwarnings("ignore")  # of torch and of what is built on it, about themselves

TEXTS = ["To be, or not to be, that is the question.", "x = [1, 0, 2]\n" * 40, "é 中 ∑", "a", ""]
NATS = 0.01
"""How far apart two engines may be at a token, in the same precision."""


@pytest.fixture(scope="module", params=[("qwen3", False), ("llama", True)], ids=["qwen3", "llama with a BOS"])
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    architecture, bos = request.param
    return tiny_model(tmp_path_factory.mktemp(architecture), architecture, bos=bos)


def by_hand(model: Path, text: str) -> Scored:
    """The definition, one text at a time: the log-softmax at each place, taken at the token that follows."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(model)
    ids = tokenizer.encode(text)
    bos = tokenizer.bos_token_id is not None and ids[:1] == [tokenizer.bos_token_id]
    if not text:
        return Scored(token_ids=ids, logprobs=[None] * len(ids), bos=bos)
    with torch.no_grad():
        weights = transformers.AutoModelForCausalLM.from_pretrained(model, dtype=torch.float32)
        logits = weights(torch.tensor([ids])).logits
    rows = torch.log_softmax(logits[0], dim=-1)
    following = [float(rows[place - 1, ids[place]]) for place in range(1, len(ids))]
    return Scored(token_ids=ids, logprobs=[None, *following], bos=bos)


def differences(scorer: Scorer, model: Path) -> list[str]:
    """Where a scorer's numbers are not those of the definition."""
    found = []
    for text, scored in zip(TEXTS, asyncio.run(scorer.score(TEXTS)), strict=True):
        right = by_hand(model, text)
        if list(scored.token_ids) != list(right.token_ids) or scored.bos != right.bos:
            found.append(f"{text[:20]!r}: other tokens")
            continue
        for place, (one, other) in enumerate(zip(scored.logprobs, right.logprobs, strict=True)):
            if (one is None) != (other is None) or (one is not None and other is not None and abs(one - other) > NATS):
                found.append(f"{text[:20]!r}, token {place}: {one} where {other} is right")
    return found


def test_transformers_scores_as_the_definition_says(model: Path) -> None:
    assert differences(TransformersModel(str(model)), model) == []


class _Planted:
    """A scorer with a fault: what it gives for each text is changed."""

    def __init__(self, model: Path, fault: str) -> None:
        self._honest = TransformersModel(str(model))
        self._fault = fault

    async def score(self, texts: Sequence[str]) -> list[Scored]:
        return [self._changed(scored) for scored in await self._honest.score(texts)]

    def _changed(self, scored: Scored) -> Scored:
        logprobs = list(scored.logprobs)
        match self._fault:
            case "one early":
                logprobs = [*logprobs[1:], None][: len(logprobs)]
            case "one late":
                logprobs = [None, *logprobs][: len(logprobs)]
            case "bits":
                logprobs = [one and one * 1.4427 for one in logprobs]
        return Scored(token_ids=scored.token_ids, logprobs=logprobs, bos=scored.bos)

    async def close(self) -> None:
        await self._honest.close()


@pytest.mark.parametrize("fault", ["one early", "one late", "bits"])
def test_a_scorer_that_is_off_is_found_out(model: Path, fault: str) -> None:
    assert differences(_Planted(model, fault), model)

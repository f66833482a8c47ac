"""Every scorer, held to the same numbers: the same text and the same weights, whatever engine computes them.

What is right is said by the definition itself: a pass over nothing but the tokens before each one.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Generator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from tiny_model import as_gguf

from harness.errors import UsageError
from harness.memorization.methods import METHODS, Evidence
from harness.models import connect_scorer
from harness.providers.scoring import Scored, Scorer
from harness.providers.tokens import encoded
from harness.providers.transformers_model import TransformersModel
from harness.suite import Model

pytestmark = pytest.mark.filterwarnings("ignore")  # of libraries that are not ours

TEXTS = [
    "To be, or not to be, that is the question:",
    "def solve(disks, start, goal):\n    return [[1, 0, 2]]\n",
    "x",
    "Whether 'tis nobler in the mind to suffer the slings and arrows of outrageous fortune. " * 4,
    "Ünïcödé, 数, and a newline\n",
]
SAME_PRECISION = 0.01
"""Nats a token by which engines may differ that compute in float32."""

SMALL: dict[str, bool | int | float | str] = {
    "dtype": "float32",
    "enforce_eager": True,
    "gpu_memory_utilization": 0.1,
    "kv_cache_memory_bytes": 1 << 28,
}
needs_vllm = pytest.mark.skipif(find_spec("vllm") is None, reason="vllm not installed: .ci/vllm runs these tests")


def scores(scorer: Scorer, texts: Sequence[str]) -> list[Scored]:
    async def once() -> list[Scored]:
        try:
            return await scorer.score(texts)
        finally:
            await scorer.close()

    return asyncio.run(once())


def apart(found: Sequence[Scored], right: Sequence[Scored]) -> float:
    """Most nats between two engines' numbers of one token; they must be of the same tokens."""
    assert [(list(one.token_ids), one.bos) for one in found] == [(list(one.token_ids), one.bos) for one in right]
    most = 0.0
    for one, other in zip(found, right, strict=True):
        assert len(one.logprobs) == len(one.token_ids)
        for number, expected in zip(one.logprobs, other.logprobs, strict=True):
            assert (number is None) == (expected is None)
            most = max(most, abs((number or 0.0) - (expected or 0.0)))
    return most


@pytest.fixture(scope="module", params=["plain", "bos"])
def folder(request: pytest.FixtureRequest, tiny_models: dict[str, Path]) -> Path:
    return tiny_models[request.param]


@pytest.fixture(scope="module")
def plain(tiny_models: dict[str, Path]) -> Path:
    return tiny_models["plain"]


def by_definition(folder: Path, texts: Sequence[str]) -> list[Scored]:
    """A token at a time, each from a pass of its own that sees nothing but what precedes it."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)

    def scored(text: str) -> Scored:
        ids = tokenizer(text).input_ids
        logprobs: list[float | None] = [None]
        moments: list[tuple[float, float] | None] = [None]
        for place in range(1, len(ids)):
            with torch.inference_mode():
                last = model(input_ids=torch.tensor([ids[:place]])).logits[0, -1].double()
            of_all = torch.log_softmax(last, -1)
            logprobs.append(float(of_all[ids[place]]))
            mean = float((of_all.exp() * of_all).sum())
            moments.append((mean, float((of_all.exp() * of_all**2).sum() - mean**2) ** 0.5))
        return Scored(token_ids=ids, logprobs=logprobs, bos=ids[0] == tokenizer.bos_token_id, moments=moments)

    return [scored(text) for text in texts]


def test_transformers_gives_each_token_its_probability_after_those_before_it(folder: Path) -> None:
    right = by_definition(folder, TEXTS)
    assert apart(scores(TransformersModel(str(folder)), TEXTS), right) < 0.001
    assert {one.bos for one in right} == {folder.name == "bos"}
    assert min(value for one in right for value in one.logprobs if value is not None) < -5  # far from all alike


def test_transformers_gives_each_step_its_mean_and_spread(folder: Path) -> None:
    """Min-K%++'s mu and sigma, by their definition in double precision, and through the method itself."""
    found, right = scores(TransformersModel(str(folder)), TEXTS), by_definition(folder, TEXTS)
    for text, one, other in zip(TEXTS, found, right, strict=True):
        assert [pair is None for pair in one.moments or ()] == [value is None for value in one.logprobs]
        for pair, expected in zip(one.moments or (), other.moments or (), strict=True):
            assert pair == (expected and pytest.approx(expected, abs=0.001))
        scored = [METHODS["min_k_plus_plus"].score(Evidence(text=text, target=side)) for side in (one, other)]
        assert scored[0] == (scored[1] and pytest.approx(scored[1], abs=0.01))
    assert max(pair[1] for one in right for pair in one.moments or () if pair) > 1  # far from all alike


def test_tokens_that_a_model_rules_out_leave_the_moments_as_they_were(plain: Path) -> None:
    import torch

    from harness.providers.transformers_model import _Loaded

    logprobs = torch.tensor([[[0.7, 0.1, 0.1, 0.1], [0.25] * 4]]).log()
    barred = torch.cat([logprobs, torch.tensor([[[-torch.inf, torch.finfo(torch.float32).min]] * 2])], -1)
    ((first, second),) = _Loaded(str(plain))._moments(barred)
    assert first == pytest.approx((-0.940448, 0.891728), abs=1e-5)
    assert second == pytest.approx((-1.386294, 0.0), abs=1e-5)


@pytest.mark.parametrize(
    "fault", [lambda found: [None, *found[2:], -8.0], lambda found: [None, -8.0, *found[1:-1]]], ids=["front", "back"]
)
def test_numbers_that_are_their_neighbours_are_found_out(fault: Callable[[Any], Any], plain: Path) -> None:
    """The planted case: were a scorer off by one, the comparison that every engine here passes would fail."""
    right = scores(TransformersModel(str(plain)), TEXTS[:1])
    shifted = [Scored(token_ids=one.token_ids, logprobs=fault(one.logprobs), bos=one.bos) for one in right]
    assert apart(shifted, right) > 100 * SAME_PRECISION


def test_texts_are_scored_alike_alone_and_beside_longer_ones(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    together = scores(TransformersModel(str(plain)), TEXTS)
    monkeypatch.setattr("harness.providers.transformers_model.LOGITS", 1)
    assert apart(scores(TransformersModel(str(plain)), TEXTS), together) < 0.001


def test_a_text_of_nothing_has_a_bos_or_no_token_at_all(folder: Path) -> None:
    (found,) = scores(TransformersModel(str(folder)), [""])
    assert list(found.logprobs) == ([None] if folder.name == "bos" else [])


def test_a_text_that_does_not_fit_is_the_users_to_shorten(plain: Path) -> None:
    with pytest.raises(UsageError, match="does not fit into the 2,048"):
        scores(TransformersModel(str(plain)), ["x y " * 2000])


@needs_vllm
def test_vllm_gives_the_same_numbers(folder: Path) -> None:
    texts = [*TEXTS, ""]
    right = scores(TransformersModel(str(folder)), texts)
    found = scores(connect_scorer(Model(name=f"vllm/{folder}", engine=SMALL)), texts)
    assert apart(found, right) < SAME_PRECISION


@needs_vllm
def test_a_served_vllm_gives_the_same_numbers(plain: Path) -> None:
    right = scores(TransformersModel(str(plain)), TEXTS)
    with_server = served(plain)
    address = next(with_server)
    try:
        found = scores(connect_scorer(Model(name="openai/tiny", base_url=f"{address}/v1")), TEXTS)
    finally:
        with_server.close()
    assert apart(found, right) < SAME_PRECISION


def served(folder: Path) -> Generator[str, None, None]:
    """A vLLM server of its own, at an address; ended when the iterator is closed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    flags = {"model": folder, "served-model-name": "tiny", "host": "127.0.0.1", "port": port, "dtype": "float32"}
    flags |= {"gpu-memory-utilization": 0.1, "kv-cache-memory-bytes": 1 << 28}
    command = [sys.executable, "-m", "vllm.entrypoints.openai.api_server", "--enforce-eager"]
    command += [word for flag, value in flags.items() for word in (f"--{flag}", str(value))]
    environment = {**os.environ, "VLLM_LOGGING_LEVEL": "ERROR", "HF_HUB_OFFLINE": "1", "VLLM_NO_USAGE_STATS": "1"}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/health", timeout=5).close()
                break
            except OSError:
                assert server.poll() is None, "the server ended"
                time.sleep(1)
        yield address
    finally:
        server.terminate()
        server.wait(60)


@pytest.mark.skipif(
    find_spec("xllamacpp") is None or find_spec("gguf") is None, reason="xllamacpp or gguf not installed: .ci/vllm"
)
def test_llama_cpp_gives_the_same_numbers(plain: Path, tmp_path: Path) -> None:
    """From the same weights in float32, written into its own format; it holds what it attends to in half precision."""
    right = scores(TransformersModel(str(plain)), TEXTS)
    file = as_gguf(plain, tmp_path / "tiny.gguf")
    assert apart(scores(connect_scorer(Model(name=f"local/{file}")), TEXTS), right) < 0.05


class Words:
    """A tokenizer of words, as far as ``encoded`` asks one; it ends texts, and may begin them."""

    def __init__(self, bos_token_id: int | None, *, adds: bool) -> None:
        self.bos_token_id, self._adds = bos_token_id, adds

    def encode(self, text: str, *, add_special_tokens: bool) -> list[int]:
        words = [10 + len(word) for word in text.split()]
        return [*([self.bos_token_id or 0] if self._adds else []), *words, 2] if add_special_tokens else words


@pytest.mark.parametrize(
    ("tokenizer", "family", "expected"),
    [
        (Words(None, adds=False), "qwen3", ([12, 13], False)),
        (Words(1, adds=False), "qwen3", ([12, 13], False)),
        (Words(1, adds=True), "llama", ([1, 12, 13], True)),
        (Words(1, adds=False), "gemma3_text", ([1, 12, 13], True)),  # forgotten by a conversion
        (Words(1, adds=True), "gemma3_text", ([1, 12, 13], True)),
    ],
)
def test_a_bos_stands_where_the_model_was_trained_with_one(
    tokenizer: Words, family: str, expected: tuple[list[int], bool]
) -> None:
    assert encoded(tokenizer, "be not", family) == expected

"""``transformers/MODEL``: a model's plain forward pass, on any device: exact scores, and answers one at a time.

In float32 on a CPU it is what the other engines' log-probabilities are compared with.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from harness.completion import Completion, Stop, Usage
from harness.errors import UsageError
from harness.providers.failures import one_line
from harness.providers.protocol import ProviderFailure
from harness.providers.scoring import Scored
from harness.providers.tokens import encoded, refuse_longer
from harness.trial import Sampling, Trial

LOGITS = 1 << 28
"""Most numbers in a batch's logits (tokens times vocabulary): 1 GiB in float32. A longer text is a batch by itself."""

PART = 1 << 20
"""Numbers of the logits whose moments are taken at a time: 4 MiB in float32, which stays in a processor's cache."""

LEAST = -1e4
"""Nats. Tokens that a model rules out may stand lower, at -inf even, and would make moments of nothing out of 0."""


class TransformersModel:
    """Loaded when it is first used. Raises UsageError where transformers or torch is not installed."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._loaded: _Loaded | None = None
        self._busy = asyncio.Lock()
        _import(name)

    async def complete(self, trial: Trial) -> Completion:
        """See ``Provider.complete``. Trials wait for one another."""
        async with self._busy:
            return await asyncio.to_thread(self._answer, trial)

    async def score(self, texts: Sequence[str]) -> list[Scored]:
        """See ``Scorer.score``."""
        async with self._busy:
            return await asyncio.to_thread(self._score, texts)

    async def close(self) -> None:
        """Let go of the weights."""
        self._loaded = None

    def _load(self) -> _Loaded:
        if self._loaded is None:
            self._loaded = _Loaded(self._name)
        return self._loaded

    def _answer(self, trial: Trial) -> Completion:
        try:
            loaded = self._load()
        except UsageError as error:
            raise ProviderFailure(error.found, fatal=True) from error
        return loaded.answer(trial)

    def _score(self, texts: Sequence[str]) -> list[Scored]:
        return self._load().score(texts)


class _Loaded:
    """Weights and tokenizer on a device. Raises UsageError for what cannot be loaded."""

    def __init__(self, name: str) -> None:
        torch, transformers = _import(name)
        self._name = name
        self._torch = torch
        self._device = torch.accelerator.current_accelerator() or torch.device("cpu")
        try:
            self._tokenizer = transformers.AutoTokenizer.from_pretrained(name)
            self._model = transformers.AutoModelForCausalLM.from_pretrained(
                name, dtype=torch.float32 if self._device.type == "cpu" else "auto"
            )
            self._model.to(self._device).eval()
        except Exception as error:  # files that are missing or wrong, memory that is not there
            raise UsageError(
                f"transformers cannot load {name}: {one_line(str(error)) or type(error).__name__}",
                "name a folder with config.json, weights and tokenizer, or a model of the hub",
            ) from error

    def answer(self, trial: Trial) -> Completion:
        prompt = self._prompt(trial)
        with self._torch.inference_mode():
            made = self._model.generate(**prompt, **_generation(trial.sampling))[0, prompt["input_ids"].shape[1] :]
        ids = made.tolist()
        ended = bool(ids) and ids[-1] in self._ends()
        return Completion(
            text=self._tokenizer.decode(ids, skip_special_tokens=True),
            stop=Stop.END if ended else Stop.LENGTH,
            finish_reason="stop" if ended else "length",
            usage=Usage(input_tokens=prompt["input_ids"].shape[1], output_tokens=len(ids)),
            model=self._name,
            raw={"token_ids": ids},
        )

    def score(self, texts: Sequence[str]) -> list[Scored]:
        config = self._model.config.get_text_config()
        inputs = [encoded(self._tokenizer, text, config.model_type) for text in texts]
        for ids, _ in inputs:
            refuse_longer(ids, config.max_position_embeddings, f"transformers/{self._name}")
        scores: dict[int, Scored] = {}
        for batch in _batches([len(ids) for ids, _ in inputs], LOGITS // config.vocab_size):
            found = self._scored([inputs[place] for place in batch])
            scores.update(zip(batch, found, strict=True))
        nothing = Scored(token_ids=[], logprobs=[], bos=False, moments=[])
        return [scores.get(place, nothing) for place in range(len(inputs))]

    def _scored(self, inputs: Sequence[tuple[list[int], bool]]) -> list[Scored]:
        """Of each token but the first, after those before it. Padding stands behind, where no token looks."""
        rows = [ids for ids, _ in inputs]
        torch, longest = self._torch, max(map(len, rows))
        padded = torch.tensor([row + [0] * (longest - len(row)) for row in rows], device=self._device)
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows], device=self._device)
        with torch.inference_mode():
            logits = self._model(input_ids=padded, attention_mask=mask, use_cache=False).logits.float()
            for part in self._parts(logits):  # in place: there is no room for a second copy, nor time to make one
                part.sub_(part.logsumexp(-1, keepdim=True))
            taken = logits[:, :-1].gather(-1, padded[:, 1:, None])[..., 0].tolist()
            moments = self._moments(logits)
        return [
            Scored(
                token_ids=ids, bos=bos, logprobs=[None, *own[: len(ids) - 1]], moments=[None, *pairs[: len(ids) - 1]]
            )
            for (ids, bos), own, pairs in zip(inputs, taken, moments, strict=True)
        ]

    def _parts(self, logits: Any) -> Any:
        """Of all rows' tokens, a few at a time; what is done to a part is done to the whole."""
        rows, tokens, vocabulary = logits.shape
        return logits.view(rows * tokens, vocabulary).split(max(1, PART // vocabulary))

    def _moments(self, logprobs: Any) -> list[list[tuple[float, float]]]:
        """Mean and standard deviation of ln p under p, of each row's tokens.

        A part of the tokens at a time, so that the copies are small beside the logits; a tenth of the time of a small
        model's pass. Two sums, as the difference of one's squares would lose most digits in float32.
        """
        torch, (rows, tokens, _) = self._torch, logprobs.shape
        means, spreads = [], []
        for part in self._parts(logprobs):
            chances, values = part.exp(), part.clamp(min=LEAST)
            means.append(torch.linalg.vecdot(chances, values))
            values -= means[-1][:, None]
            spreads.append(torch.linalg.vecdot(chances, values.square_()).sqrt())
        pairs = [*zip(torch.cat(means).tolist(), torch.cat(spreads).tolist(), strict=True)]
        return [pairs[row * tokens : (row + 1) * tokens] for row in range(rows)]

    def _prompt(self, trial: Trial) -> Mapping[str, Any]:
        if not self._tokenizer.chat_template:
            raise ProviderFailure(
                f"{self._name} has no chat template, so it cannot be asked; it can be scored", fatal=True
            )
        prompt: Any = self._tokenizer.apply_chat_template(
            [{"role": "user", "content": trial.prompt}],
            add_generation_prompt=True,
            return_dict=True,
            return_tensors="pt",
        )
        return prompt.to(self._device)  # type: ignore[no-any-return]

    def _ends(self) -> Sequence[int]:
        ends = self._model.generation_config.eos_token_id
        return ends if isinstance(ends, list) else [ends]


def _generation(sampling: Sampling) -> dict[str, Any]:
    """What ``generate`` is told; the model's own ``generation_config.json`` holds for all else."""
    told: dict[str, Any] = {"max_new_tokens": sampling.max_tokens}
    if sampling.temperature == 0:
        told["do_sample"] = False
    elif sampling.temperature is not None:
        told |= {"do_sample": True, "temperature": sampling.temperature}
    return told


def _batches(lengths: Sequence[int], tokens: int) -> Iterator[list[int]]:
    """Places of texts of similar length, together at most ``tokens`` long with padding; empty texts are in none."""
    batch: list[int] = []
    for place in sorted((place for place, length in enumerate(lengths) if length), key=lambda place: lengths[place]):
        if batch and lengths[place] * (len(batch) + 1) > tokens:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _import(name: str) -> tuple[Any, Any]:
    try:
        import torch
        import transformers
    except Exception as error:  # missing, or built for another device, which fails in its own ways
        raise UsageError(
            f"transformers/{name} needs transformers and torch: {one_line(str(error))}",
            'pip install "pegboard[transformers]"',
        ) from error
    return torch, transformers

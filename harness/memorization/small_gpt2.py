"""Small GPT-2-shaped models: trained from scratch, and asked how many bits each sequence costs.

Before the first token of a sequence there may be a BOS. It shares the embedding of token 0, from which its position
tells it apart, so that the model has the parameters of ``capacity.gpt2_params`` to the last one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, inf, log, pi
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.errors import UsageError

if TYPE_CHECKING:
    from torch import Tensor

WARM_UP = 50
"""Steps in which the learning rate rises to its height, before it falls along half a cosine to 0."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    vocabulary: int
    context: int
    """S: tokens in a sequence, and positions of the model."""
    layers: int
    width: int
    heads: int

    def __str__(self) -> str:
        return f"V={self.vocabulary} S={self.context} L={self.layers} d={self.width}"


@dataclass(frozen=True, kw_only=True)
class Training:
    """Adam without weight decay, the gradient's norm clipped to 1."""

    steps: int
    batch: int
    """Sequences a step, at most; all of a smaller data set."""
    rate: float
    """The learning rate's height."""
    bos: bool = True
    """Whether a BOS comes first, so that all S tokens of a sequence are scored; without it S - 1 are."""
    precision: str = "float32"
    """Or "bfloat16": of the multiplications; weights and losses are kept in float32."""


@dataclass(frozen=True, kw_only=True)
class Trained:
    model: Any
    loss: float
    """Bits a token, the mean over the last tenth of the steps."""
    loss_before: float
    """The same over the tenth before it: how far it has still moved."""


def scored_tokens(shape: Shape, training: Training) -> int:
    """How many tokens of a sequence are scored: S, or S - 1 where nothing comes before the first."""
    return shape.context if training.bos else shape.context - 1


def new_model(shape: Shape, seed: int) -> Any:
    """A GPT-2 with random weights and a tied head. Raises UsageError where torch or transformers is not installed."""
    torch, transformers = libraries()
    torch.manual_seed(seed)
    config = transformers.GPT2Config(
        vocab_size=shape.vocabulary,
        n_positions=shape.context,
        n_embd=shape.width,
        n_layer=shape.layers,
        n_head=shape.heads,
        activation_function="gelu_pytorch_tanh",  # GPT-2's own, in one kernel
        resid_pdrop=0.0,
        embd_pdrop=0.0,
        attn_pdrop=0.0,
        bos_token_id=0,
        eos_token_id=0,
        use_cache=False,
    )
    return transformers.GPT2LMHeadModel(config).to(device())


def train(model: Any, sequences: Tensor, training: Training, seed: int) -> Trained:
    """Train the model, in place, on the rows of ``sequences``."""
    torch, _ = libraries()
    optimizer = torch.optim.AdamW(model.parameters(), lr=training.rate, betas=(0.9, 0.99), weight_decay=0.0, fused=True)
    batches = _batches(len(sequences), training.batch, seed)
    losses: list[float] = []
    tenth = max(1, training.steps // 10)
    for step in range(training.steps):
        for group in optimizer.param_groups:
            group["lr"] = _rate(step, training)
        loss = _nats(model, sequences[next(batches)].to(model.device), training).mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.detach())
    return Trained(
        model=model,
        loss=_mean_bits(losses[-tenth:]),
        loss_before=_mean_bits(losses[-2 * tenth : -tenth]),
    )


def code_lengths(model: Any, sequences: Tensor, training: Training) -> Tensor:
    """-log2 p of each row, in bits, over its scored tokens; float64, on the CPU."""
    torch, _ = libraries()
    with torch.inference_mode():
        rows = [
            _nats(model, rows.to(model.device), training).double().sum(1).cpu()
            for rows in sequences.split(training.batch)
        ]
    return torch.cat(rows) / log(2)


def save(model: Any, file: Path) -> None:
    torch, _ = libraries()
    torch.save(model.state_dict(), file)


def load(shape: Shape, file: Path) -> Any:
    """A model that was saved."""
    torch, _ = libraries()
    model = new_model(shape, seed=0)
    model.load_state_dict(torch.load(file, map_location=device(), weights_only=True))
    return model


def device() -> Any:
    torch, _ = libraries()
    return torch.accelerator.current_accelerator() or torch.device("cpu")


def libraries() -> tuple[Any, Any]:
    """torch and transformers. Raises UsageError where they are not installed."""
    try:
        import torch
        import transformers
    except ImportError as error:
        raise UsageError(
            f"training small models needs torch and transformers: {error}", 'pip install "pegboard[transformers]"'
        ) from error
    return torch, transformers


def _nats(model: Any, rows: Tensor, training: Training) -> Tensor:
    """-ln p of each scored token of each row."""
    torch, _ = libraries()
    bos = torch.zeros_like(rows[:, :1])
    inputs, targets = (torch.cat([bos, rows[:, :-1]], 1), rows) if training.bos else (rows[:, :-1], rows[:, 1:])
    with torch.autocast(model.device.type, torch.bfloat16, enabled=training.precision == "bfloat16"):
        logits = model(input_ids=inputs, use_cache=False).logits
    nats = torch.nn.functional.cross_entropy(logits.float().flatten(0, 1), targets.flatten(), reduction="none")
    return nats.view(targets.shape)


def _rate(step: int, training: Training) -> float:
    return training.rate * min(1.0, (step + 1) / WARM_UP) * (1 + cos(pi * step / training.steps)) / 2


def _batches(rows: int, size: int, seed: int) -> Iterator[Tensor]:
    """Places of rows, for ever: in a new random order each time that all have been seen. A short rest is left out."""
    torch, _ = libraries()
    order = torch.Generator().manual_seed(seed)
    while True:
        yield from torch.randperm(rows, generator=order)[: rows - rows % size or rows].split(size)


def _mean_bits(losses: list[Any]) -> float:
    torch, _ = libraries()
    return torch.stack(losses).mean().item() / log(2) if losses else inf

"""Measuring how many bits small models memorize (Morris et al. 2025, arXiv 2505.24832, capacity experiments).

    cells(setting, corpus) -> Cell -> measured(cell, folder) -> a row of cells.jsonl
    rows -> plateaus -> slope: the fitted bits per parameter

A cell is one model trained on one data set. A data set of uniform random tokens has N S log2 V bits, and what is left
of them under the trained model is not memorized. Of text, whose entropy nobody knows, what counts as memorized is what
the model saves against a reference: one of the same shape, trained on all the text there is.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import time
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from math import inf, log2
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness import journal
from harness.errors import UnknownName
from harness.memorization import small_gpt2, training_data
from harness.memorization.capacity import capacity_bits, dataset_entropy_bits, gpt2_params
from harness.memorization.small_gpt2 import Shape, Trained, Training

if TYPE_CHECKING:
    from torch import Tensor

UNIFORM, TEXT = "uniform", "text"

CELLS = "cells.jsonl"

SETTLED = 0.01
"""Of what is memorized: less than this share of it was gained in the last tenth of the steps."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One model, trained on one data set."""

    data: str
    """UNIFORM or TEXT."""
    shape: Shape
    samples: int | None
    """N, in sequences of S tokens; None for all the text there is: the reference."""
    seed: int
    """Of the model's first weights, of the data and of their order."""
    training: Training
    corpus: str = ""
    """The text's fingerprint."""

    @property
    def key(self) -> str:
        """A hash of all that makes the cell what it is."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]

    @property
    def params(self) -> int:
        return _params(self.shape)

    def __str__(self) -> str:
        samples = "all" if self.samples is None else f"{self.samples:,}"
        return f"{self.data} {self.shape} N={samples} seed {self.seed}"


def _params(shape: Shape) -> int:
    return gpt2_params(vocabulary=shape.vocabulary, context=shape.context, layers=shape.layers, width=shape.width)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A grid of cells."""

    about: str
    uniform: Mapping[Shape, Sequence[int]]
    """Data set sizes by shape, in sequences."""
    text: Mapping[Shape, Sequence[int]]
    seeds: Sequence[int]
    uniform_training: Training
    text_training: Training


def _shape(layers: int, width: int, heads: int, vocabulary: int = 64, context: int = 16) -> Shape:
    return Shape(vocabulary=vocabulary, context=context, layers=layers, width=width, heads=heads)


def _around_capacity(shape: Shape) -> tuple[int, ...]:
    """Powers of two, from a quarter of the data that the paper expects a model to hold whole to 32 times as much."""
    entropy = shape.context * log2(shape.vocabulary)
    middle = int(log2(capacity_bits(_params(shape)) / entropy))
    return tuple(2**power for power in range(middle - 2, middle + 6))


SETTINGS: Mapping[str, Setting] = {
    "laptop": Setting(
        about="models of 1,500 to 4,600 parameters, on a CPU",
        uniform={
            _shape(1, 8, 2): (16, 32, 48, 64, 128, 512),
            _shape(1, 12, 3): (32, 64, 96, 128, 256, 1024),
            _shape(1, 16, 4): (48, 96, 144, 192, 384, 1536),
        },
        text={_shape(1, 16, 4, training_data.ASCII, 32): (32, 64, 128, 256, 512, 1024, 4096, 16384)},
        seeds=(0, 1),
        uniform_training=Training(steps=2500, batch=256, rate=0.03),
        text_training=Training(steps=1500, batch=64, rate=0.03),
    ),
    "paper": Setting(
        about="the paper's shapes, on one GPU, with a fiftieth of its 1,000,000 steps, of half its batch",
        uniform={
            shape: _around_capacity(shape)
            for width in (32, 64, 128, 256)
            for layers in (1, 2, 4, 8)
            for shape in [_shape(layers, width, max(1, width // 64), 2048, 64)]
        },
        text={
            _shape(4, 128, 2, training_data.ASCII, 64): tuple(2**power for power in range(8, 16)),
        },
        seeds=(0,),
        uniform_training=Training(steps=20_000, batch=1024, rate=0.001, precision="bfloat16"),
        text_training=Training(steps=20_000, batch=1024, rate=0.001, precision="bfloat16"),
    ),
}


def find(name: str, *, bos: bool = True) -> Setting:
    """Raises UnknownName. bos: see ``Training``."""
    if name not in SETTINGS:
        raise UnknownName("setting", name, SETTINGS)
    found = SETTINGS[name]
    return replace(
        found,
        uniform_training=replace(found.uniform_training, bos=bos),
        text_training=replace(found.text_training, bos=bos),
    )


def cells(setting: Setting, corpus: bytes) -> tuple[list[Cell], list[Cell]]:
    """(cells that need no other, among them the references; cells that need a reference), the cheapest first."""
    text = training_data.fingerprint(corpus)
    alone = [
        Cell(data=UNIFORM, shape=shape, samples=samples, seed=seed, training=setting.uniform_training)
        for shape, sizes in setting.uniform.items()
        for samples in sizes
        for seed in setting.seeds
    ]
    against = [
        Cell(data=TEXT, shape=shape, samples=samples, seed=seed, training=setting.text_training, corpus=text)
        for shape, sizes in setting.text.items()
        for samples in sizes
        for seed in setting.seeds
    ]
    references = list(dict.fromkeys(map(_reference, against)))
    return [*references, *sorted(alone, key=_cost)], sorted(against, key=_cost)


def _reference(cell: Cell) -> Cell:
    return Cell(data=TEXT, shape=cell.shape, samples=None, seed=0, training=cell.training, corpus=cell.corpus)


def _cost(cell: Cell) -> float:
    return cell.params * min(cell.samples or inf, cell.training.batch) * cell.training.steps


def measured(cell: Cell, folder: Path, corpus: bytes) -> dict[str, Any]:
    """Train the cell's model and measure it: a row of ``cells.jsonl``. A reference is kept in the folder."""
    cpu, wall = time.process_time(), time.monotonic()
    rows, tested = _data(cell, corpus)
    model = small_gpt2.new_model(cell.shape, cell.seed)
    trained = small_gpt2.train(model, rows, cell.training, cell.seed)
    bits = small_gpt2.code_lengths(model, rows, cell.training)
    scored = small_gpt2.scored_tokens(cell.shape, cell.training)
    row = _settings(cell, len(rows)) | {
        "tokens_scored": len(rows) * scored,
        "code_length_bits": float(bits.sum()),
        **(_of_uniform(cell, bits) if cell.data == UNIFORM else _of_text(cell, folder, model, rows, tested)),
        "epochs": cell.training.steps * min(cell.training.batch, len(rows)) / len(rows),
        "train_bits_per_token": trained.loss,
        "train_bits_per_token_before": None if trained.loss_before == inf else trained.loss_before,
        "test_bits_per_token": float(small_gpt2.code_lengths(model, tested, cell.training).mean()) / scored,
    }
    if cell.samples is None:
        small_gpt2.save(model, _weights(folder, cell))
    return row | {
        "settled": _settled(cell, trained),
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "wall_seconds": round(time.monotonic() - wall, 2),
        **_machine(),
    }


def _settled(cell: Cell, trained: Trained) -> bool:
    """Whether the last tenth of the steps gained next to nothing. That more steps would not help, it does not say: a
    learning rate that has fallen to 0 settles anything."""
    held = log2(cell.shape.vocabulary) - trained.loss
    return trained.loss_before - trained.loss < SETTLED * held


def _data(cell: Cell, corpus: bytes) -> tuple[Tensor, Tensor]:
    if cell.data == UNIFORM:
        return training_data.uniform(cell.shape, cell.samples or 0, cell.seed)
    return training_data.windows(corpus, cell.shape, cell.samples, cell.seed)


def _of_uniform(cell: Cell, bits: Tensor) -> dict[str, float]:
    """Total memorization, H(X) - H(X | model) (paper, section 2), and H(X) by both counts of tokens, S and S - 1.

    It cannot be all of H(X): a model does not know which of the N sequences comes next, and pays log2 N bits of each to
    say so. Without a BOS most of that is in the first token, which then is not counted.
    """
    context, vocabulary = cell.shape.context, cell.shape.vocabulary
    scored = small_gpt2.scored_tokens(cell.shape, cell.training)
    entropy, of_all, of_rest = (
        dataset_entropy_bits(samples=len(bits), length=length, vocabulary=vocabulary)
        for length in (scored, context, context - 1)
    )
    memorized = entropy - float(bits.sum())
    return {
        "dataset_bits": entropy,
        "dataset_bits_s": of_all,
        "dataset_bits_s_minus_1": of_rest,
        "memorized_bits": memorized,
        "memorized_bits_per_param": memorized / cell.params,
    }


def _of_text(cell: Cell, folder: Path, model: Any, rows: Tensor, tested: Tensor) -> dict[str, float]:
    """Unintended memorization, the sum over sequences of max(0, H_ref - H_target), and the signed difference.

    Two models differ on every text a little, also on those that neither was trained on, and the sum counts the half of
    them on which the target happens to be better. So beside it stands what as many untrained sequences would give.
    """
    reference = model if cell.samples is None else small_gpt2.load(cell.shape, _weights(folder, _reference(cell)))

    def saved(sequences: Tensor) -> Tensor:
        ours, theirs = (small_gpt2.code_lengths(each, sequences, cell.training) for each in (model, reference))
        return theirs - ours

    gained = saved(rows)
    unintended = float(gained.clamp(min=0).sum())
    return {
        "reference_bits": float(small_gpt2.code_lengths(reference, rows, cell.training).sum()),
        "unintended_bits": unintended,
        "unintended_bits_per_param": unintended / cell.params,
        "unintended_bits_if_untrained": float(saved(tested).clamp(min=0).mean()) * len(rows),
        "signed_bits": float(gained.sum()),
    }


def _weights(folder: Path, reference: Cell) -> Path:
    return folder / f"reference-{reference.key}.pt"


def _settings(cell: Cell, samples: int) -> dict[str, Any]:
    reference = cell.samples is None
    said = {"key": cell.key, "data": cell.data, "params": cell.params, **asdict(cell.shape), "samples": samples}
    return said | {"reference": reference, "seed": cell.seed, "corpus": cell.corpus or None, **asdict(cell.training)}


def _machine() -> dict[str, str]:
    torch, transformers = small_gpt2.libraries()
    return {
        "device": small_gpt2.device().type,
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def run(
    setting: Setting, folder: Path, corpus: bytes, *, seconds: float = inf, workers: int | None = None
) -> Generator[tuple[int, int, dict[str, Any]], None, None]:
    """Measure the cells that ``folder`` does not hold yet: (cells done, cells of the setting, the newest row).

    Every row is in ``cells.jsonl`` before it is yielded, so that a run which was ended goes on where it was.
    seconds: no cell is begun later. workers: processes, of one thread each; as many as there are cores, one on a GPU.
    """
    small_gpt2.libraries()
    folder.mkdir(parents=True, exist_ok=True)
    stages = cells(setting, corpus)
    done = {cell.key for cell in _measured(folder, stages) if not _lost(cell, folder)}
    total = sum(map(len, stages))
    task = partial(_in_time, folder=folder, corpus=corpus, deadline=time.time() + seconds)
    context = multiprocessing.get_context("spawn")
    with (
        journal.Journal(folder / CELLS) as kept,
        context.Pool(workers or _workers(), initializer=_begin_worker) as pool,
    ):
        for stage in stages:
            waiting = [cell for cell in stage if cell.key not in done]
            for row in filter(None, pool.imap_unordered(task, waiting)):
                kept.append(row)
                done.add(row["key"])
                yield len(done), total, row
        pool.close()
        pool.join()


def _in_time(cell: Cell, folder: Path, corpus: bytes, deadline: float) -> dict[str, Any] | None:
    """None where it is too late to begin, or where the reference was too late."""
    late = time.time() > deadline
    orphan = cell.data == TEXT and cell.samples is not None and _lost(_reference(cell), folder)
    return None if late or orphan else measured(cell, folder, corpus)


def _workers() -> int:
    if small_gpt2.device().type != "cpu":
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin_worker() -> None:
    """An interrupt is the parent's to hear: it ends the workers. Small models gain nothing from a second thread."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    torch, _ = small_gpt2.libraries()
    torch.set_num_threads(1)


def rows(setting: Setting, folder: Path, corpus: bytes) -> list[dict[str, Any]]:
    """What ``folder`` holds of the setting, in the order of its cells; rows of other settings are passed over."""
    return list(_measured(folder, cells(setting, corpus)).values())


def _measured(folder: Path, stages: Iterable[Sequence[Cell]]) -> dict[Cell, dict[str, Any]]:
    kept = {row["key"]: row for row in journal.read(folder / CELLS)}
    return {cell: kept[cell.key] for stage in stages for cell in stage if cell.key in kept}


def _lost(cell: Cell, folder: Path) -> bool:
    """Whether it is a reference whose weights are gone."""
    return cell.samples is None and not _weights(folder, cell).exists()

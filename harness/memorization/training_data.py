"""What small models are trained on: uniform random tokens, or text cut into windows."""

from __future__ import annotations

import sysconfig
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from harness.errors import UsageError
from harness.memorization.small_gpt2 import Shape, libraries

if TYPE_CHECKING:
    from torch import Tensor

TESTED = 2048
"""Sequences that no model is trained on."""

ASCII = 128
"""Vocabulary of text: one token a byte. A text's bytes are never 0, which stands for the BOS."""


def uniform(shape: Shape, samples: int, seed: int) -> tuple[Tensor, Tensor]:
    """(training, test) sequences, each token drawn from the whole vocabulary alike: S log2 V bits a sequence."""
    torch, _ = libraries()
    drawn = torch.Generator().manual_seed(seed)
    rows = torch.randint(shape.vocabulary, (TESTED + samples, shape.context), generator=drawn)
    return rows[TESTED:], rows[:TESTED]


def windows(corpus: bytes, shape: Shape, samples: int | None, seed: int) -> tuple[Tensor, Tensor]:
    """(training, test) windows of the corpus, which do not overlap. The test windows are the same for every seed.

    samples: how many to train on; None for all that are not test windows. Raises UsageError where there are fewer.
    """
    torch, _ = libraries()
    count = len(corpus) // shape.context
    if count < TESTED + (samples or 1):
        raise UsageError(
            f"the corpus holds {count:,} windows of {shape.context} bytes, {TESTED + (samples or 1):,} are needed",
            "use a longer corpus, or smaller data sets",
        )
    rows = torch.frombuffer(bytearray(corpus), dtype=torch.uint8)[: count * shape.context].view(count, -1).long()
    rows = rows[torch.randperm(count, generator=torch.Generator().manual_seed(0))]
    train = rows[TESTED:]
    chosen = torch.randperm(len(train), generator=torch.Generator().manual_seed(seed))[:samples]
    return train[chosen], rows[:TESTED]


def sources(files: Sequence[Path] | None = None) -> bytes:
    """The files' bytes, one after the other, or those of Python's own library. Files other than ASCII are left out."""
    chosen = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py")) if files is None else files
    texts = (file.read_bytes() for file in chosen)
    return b"\n".join(text for text in texts if text.isascii() and b"\0" not in text)


def fingerprint(corpus: bytes) -> str:
    """Of the corpus: Python's library differs from version to version, and what is measured on it with it."""
    return sha256(corpus).hexdigest()[:16]

"""A tiny model that read some strings never, once, 5 and 20 times among other text: what scores must see.

The model reads bytes, and has a BOS; it is trained as ``harness.memorization.small_gpt2`` trains, and saved as any
model is, so that it is scored by the engine that scores the large ones.
"""

from __future__ import annotations

import random
import string
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.memorization import small_gpt2, training_data
from harness.memorization.small_gpt2 import Shape, Training

REPEATS = (0, 1, 5, 20)
EACH = 50
"""Strings planted so many times, for each of REPEATS; and as many that never were, to compare them with."""
LENGTH = 24
"""Characters, which are tokens, of a string: nearly 6 random bits each."""
WINDOWS = 1000
"""Pieces of other text, as long, among which the strings are."""
SHAPE = Shape(vocabulary=training_data.ASCII, context=96, layers=2, width=32, heads=4)
TRAINING = Training(steps=450, batch=64, rate=0.01)


@dataclass(frozen=True)
class Planted:
    target: Path
    """A model of the text with the strings."""
    reference: Path
    """One of the same text with other strings, so that what they look like is no news to it."""
    strings: dict[int, list[str]]
    """By how often the target read them."""
    control: list[str]
    """Which neither has read."""


def planted(folder: Path) -> Planted:
    """Train the two models."""
    import torch

    torch.set_num_threads(1)  # several on a busy machine wait for one another longer than they work
    draw = random.Random(0)
    strings = {count: [_random(draw) for _ in range(EACH)] for count in REPEATS}
    background, _ = training_data.windows(training_data.sources(), _window(), WINDOWS, seed=0)
    sown = [text for count, texts in strings.items() for text in texts * count]
    others = [_random(draw) for _ in sown]
    return Planted(
        target=_trained(folder / "target", torch.cat([background, _rows(sown)])),
        reference=_trained(folder / "reference", torch.cat([background, _rows(others)])),
        strings=strings,
        control=[_random(draw) for _ in range(EACH)],
    )


def _random(draw: random.Random) -> str:
    return "".join(draw.choices(string.ascii_letters + string.digits, k=LENGTH))


def _rows(texts: list[str]) -> Any:
    import torch

    return torch.tensor([list(text.encode()) for text in texts])


def _window() -> Shape:
    return Shape(vocabulary=training_data.ASCII, context=LENGTH, layers=1, width=1, heads=1)


def _trained(folder: Path, rows: Any) -> Path:
    model = small_gpt2.new_model(SHAPE, seed=0)
    small_gpt2.train(model, rows, TRAINING, seed=0)
    model.save_pretrained(folder)
    byte_tokenizer().save_pretrained(folder)
    return folder


def byte_tokenizer() -> Any:
    """A token for each ASCII byte, its number the byte; 0 is the BOS, in front of every text."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    letters = [chr(byte) if 33 <= byte <= 126 else chr(256 + min(byte, 33)) for byte in range(training_data.ASCII)]
    bytewise = Tokenizer(models.BPE(vocab={letter: byte for byte, letter in enumerate(letters)}, merges=[]))
    bytewise.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bytewise.decoder = decoders.ByteLevel()
    bos = letters[0]
    bytewise.post_processor = processors.TemplateProcessing(single=f"{bos} $A", special_tokens=[(bos, 0)])
    return PreTrainedTokenizerFast(tokenizer_object=bytewise, bos_token=bos)

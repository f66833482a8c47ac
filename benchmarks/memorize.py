"""How much longer scoring takes than a bare forward pass of the same model over the same tokens in the same batches.

Both sides in one process, in turns, from texts to the end: the bare side tokenizes, pads and runs the model; ours also
takes log-probabilities and moments, computes every score that one pass serves, and stores the records. The target is
1.3. Needs torch and transformers.
"""

from __future__ import annotations

import argparse
import asyncio
import inspect
import sys
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from harness.journal import Journal
from harness.memorization import scores
from harness.memorization.access import choose
from harness.memorization.evidence import LogProbabilities
from harness.memorization.launch import AT_A_TIME
from harness.memorization.scores import Tally
from harness.memorization.texts import FILE, Text
from harness.models import connect_scorer
from harness.suite import Model

sys.path.append(str(Path(__file__).parent.parent / "tests"))

TARGET = 1.3
SETTINGS = {"model": "tiny", "reference": None}


def corpus(texts: int) -> list[Text]:
    """Pieces of the standard library's source, from 200 to 2,000 characters."""
    source = inspect.getsource(argparse) + inspect.getsource(asyncio.base_events)
    lengths = [200 + number * 7919 % 1800 for number in range(texts)]
    starts = [number * 104_729 % (len(source) - 2000) for number in range(texts)]
    return [
        Text(text=source[start : start + length], kind=FILE, source=f"{start}:{length}")
        for start, length in zip(starts, lengths, strict=True)
    ]


def batches(texts: Sequence[Text]) -> list[list[Text]]:
    """As scoring makes them."""
    windows = (texts[start : start + scores.WINDOW] for start in range(0, len(texts), scores.WINDOW))
    return [batch for window in windows for batch in scores.batches(window, AT_A_TIME["transformers"])]


def bare(model: Any, tokenizer: Any, texts: Sequence[Text]) -> float:
    """Processor seconds."""
    import torch

    began = time.process_time()
    for batch in batches(texts):
        rows = [tokenizer.encode(text.text) for text in batch]
        longest = max(map(len, rows))
        ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
        with torch.inference_mode():
            model(input_ids=ids, attention_mask=mask, use_cache=False)
    return time.process_time() - began


async def ours(measure: LogProbabilities, texts: Sequence[Text], file: Path) -> float:
    """Processor seconds."""

    async def nothing() -> None:
        pass

    began = time.process_time()
    with Journal(file) as journal:
        stream = scores.scored(
            iter(texts),
            [measure],
            most=AT_A_TIME["transformers"],
            tally=Tally(),
            stop=asyncio.Event(),
            before=nothing,
        )
        async for text, columns in stream:
            assert not isinstance(columns, str), columns
            journal.append(scores.record(SETTINGS, text, columns))
    return time.process_time() - began


async def compare(folder: Path, texts: Sequence[Text], methods: Sequence[str], rounds: int) -> tuple[float, float]:
    """Median processor seconds of the bare pass and of ours, in turns."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    torch.set_num_threads(1)

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    named = Model(name=f"transformers/{folder}")
    scorer = connect_scorer(named)
    measure = LogProbabilities(target=scorer, methods=choose(methods, named).likelihood)
    await measure(["warm up"])
    bare(model, tokenizer, texts[:64])
    seconds = [
        (bare(model, tokenizer, texts), await ours(measure, texts, folder / f"{round_}.jsonl"))
        for round_ in range(rounds)
    ]
    await scorer.close()
    return median(one for one, _ in seconds), median(other for _, other in seconds)


def main() -> None:
    flags = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    flags.add_argument("--texts", type=int, default=256)
    flags.add_argument("--rounds", type=int, default=3)
    asked = flags.parse_args()
    if missing := [name for name in ("torch", "transformers") if find_spec(name) is None]:
        print(f"skipped: {' and '.join(missing)} not installed")
        return
    from tiny_model import tiny_model

    with TemporaryDirectory() as place:
        folder = tiny_model(Path(place))
        texts = corpus(asked.texts)
        methods = ("loss", "perplexity", "zlib", "min_k", "min_k_plus_plus", "extraction")
        plain, scored = asyncio.run(compare(folder, texts, methods, asked.rounds))
    characters = sum(len(text.text) for text in texts)
    print(
        f"{len(texts)} texts, {characters:,} characters, median of {asked.rounds}: "
        f"bare {plain:.2f} s, scored {scored:.2f} s of a processor"
    )
    print(f"{scored / plain:.2f} times a bare forward pass (target {TARGET})")
    sys.exit(scored / plain > TARGET)


if __name__ == "__main__":
    main()

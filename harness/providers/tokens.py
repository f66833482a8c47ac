"""A text as the tokens that a model was trained to read, the same for every engine."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from harness.errors import UsageError


def encoded(tokenizer: Any, text: str, family: str) -> tuple[list[int], bool]:
    """A text's token ids, and whether the first is a BOS that is not part of the text.

    family: ``model_type`` of the model's configuration. The tokenizer says whether a BOS belongs in front, except for
    Gemma: without one its scores are worthless, and tokenizers converted from GGUF have forgotten it. An end that a
    tokenizer would append is left out: the text does not end there.
    """
    plain: list[int] = tokenizer.encode(text, add_special_tokens=False)
    whole: list[int] = tokenizer.encode(text, add_special_tokens=True)
    bos = tokenizer.bos_token_id
    added = bos is not None and whole[: len(plain) + 1] == [bos, *plain]
    if added or (bos is not None and family.startswith("gemma")):
        return [bos, *plain], True
    return plain, False


def counting(name: str) -> Callable[[str], int] | None:
    """Counts tokens with a model's tokenizer, if transformers and the tokenizer's files are on this machine."""
    if find_spec("transformers") is None:
        return None
    from transformers import AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(name, local_files_only=True)
    except (OSError, ValueError):
        return None
    return lambda text: len(tokenizer.encode(text, add_special_tokens=False))


def refuse_longer(ids: list[int], most: int, model: str) -> None:
    """Raises UsageError for a text that does not fit into the model's context."""
    if len(ids) > most:
        raise UsageError(
            f"a text of {len(ids):,} tokens does not fit into the {most:,} that {model} can score", "score a part of it"
        )

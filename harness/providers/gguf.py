"""What a GGUF file says of itself, read without loading it: its architecture, its context, whether it can chat.

"GGUF", version, number of tensors, number of entries, then entries: key, type, value   (little-endian)
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

from harness.errors import UsageError

VERSIONS = (2, 3)

_NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
"""Types of the format, as ``struct`` names them."""
_STRING, _ARRAY = 8, 9


@dataclass(frozen=True)
class Description:
    """What is asked of a file before its weights are loaded."""

    architecture: str
    name: str
    context: int
    """Tokens, prompt and answer together, that the model was trained with."""
    vocabulary: int
    chats: bool
    """Whether it holds a chat template: a base model does not."""
    parts: int
    """Files that the model is split into."""


def describe(file: Path) -> Description:
    """Raises UsageError for what is no GGUF file that can be read."""
    try:
        with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
            entries = _entries(content)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}", "write local/PATH.gguf") from error
    except (ValueError, struct.error, KeyError) as error:  # an empty file, one that ends early, an unknown type
        raise UsageError(
            f"{file} is no GGUF file: {error}", "write local/PATH.gguf, of a file in llama.cpp's format"
        ) from (error)
    architecture = str(entries.get("general.architecture", "unknown"))
    return Description(
        architecture=architecture,
        name=str(entries.get("general.name", file.stem)),
        context=int(entries.get(f"{architecture}.context_length", 0)),
        vocabulary=int(entries.get("tokenizer.ggml.tokens", 0)),
        chats="tokenizer.chat_template" in entries,
        parts=int(entries.get("split.count", 1)),
    )


def sha256(file: Path) -> str:
    """Hexadecimal; about a second a gigabyte."""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _entries(content: mmap.mmap) -> Mapping[str, Any]:
    """Every entry; of an array its length. Raises ValueError, KeyError or struct.error."""
    magic, version, _tensors, count = struct.unpack_from("<4sIQQ", content)
    if magic != b"GGUF":
        raise ValueError(f"it begins with {magic!r}")
    if version not in VERSIONS:
        raise ValueError(f"its version is {version}, not {' or '.join(map(str, VERSIONS))}")
    entries, at = {}, struct.calcsize("<4sIQQ")
    for _ in range(count):
        key, at = _string(content, at)
        (kind,) = struct.unpack_from("<I", content, at)
        entries[key.decode("utf-8", "replace")], at = _value(content, at + 4, kind)
    return entries


def _value(content: mmap.mmap, at: int, kind: int) -> tuple[Any, int]:
    """A value, and where the next one begins."""
    if kind == _STRING:
        text, at = _string(content, at)
        return text.decode("utf-8", "replace"), at
    if kind == _ARRAY:
        inner, length = struct.unpack_from("<IQ", content, at)
        return length, _behind(content, at + 12, inner, length)
    (number,) = struct.unpack_from(f"<{_NUMBERS[kind]}", content, at)
    return number, at + struct.calcsize(f"<{_NUMBERS[kind]}")


def _behind(content: mmap.mmap, at: int, kind: int, length: int) -> int:
    """Where an array's values end."""
    if kind in _NUMBERS:
        return at + length * struct.calcsize(f"<{_NUMBERS[kind]}")
    for _ in range(length):
        _, at = _value(content, at, kind)
    return at


def _string(content: mmap.mmap, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from("<Q", content, at)
    end = at + 8 + length
    if end > len(content):
        raise ValueError("it ends early")
    return content[at + 8 : end], end

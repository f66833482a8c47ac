"""How far a text can be compressed: an upper bound of its Kolmogorov complexity, which nobody can compute."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harness.errors import UnknownName, UsageError
from harness.memorization.formula import ARTICLE, Status, formula

CODECS: Mapping[str, Callable[[bytes, int], bytes]] = {
    "zlib": zlib.compress,
    "bz2": bz2.compress,
    "lzma": lambda data, level: lzma.compress(data, preset=level),
}


@dataclass(frozen=True, kw_only=True)
class Compressed:
    """Sizes in bytes of UTF-8."""

    raw: int
    compressed: int
    overhead: int
    """What the codec makes of nothing."""

    @property
    def ratio(self) -> float:
        """Compressed bytes a raw byte; above 1 for short texts, which carry the codec's overhead."""
        return self.compressed / self.raw

    @property
    def net_ratio(self) -> float:
        """The same without the overhead: the one to compare texts of different length by."""
        return (self.compressed - self.overhead) / self.raw


@formula(
    "compressed bytes / raw bytes",
    unit="bytes, and their ratio",
    source=ARTICLE,
    status=Status.RECONSTRUCTED,
    note="The article may mean 1 minus this. Builds of zlib differ by a few bytes. A ratio above 1 says that the text "
    "is short; the net ratio leaves the codec's overhead out.",
)
def compressibility(text: str, codec: str = "zlib", level: int = 6) -> Compressed:
    """Compress a text. level: from 1, fast, to 9, small.

    Raises UnknownName for a codec, UsageError for an empty text or another level.
    """
    if codec not in CODECS:
        raise UnknownName("codec", codec, CODECS)
    if not 1 <= level <= 9:
        raise UsageError(f"level must be from 1 to 9, found {level}")
    raw = text.encode("utf-8", "surrogatepass")
    if not raw:
        raise UsageError("an empty text has no ratio")
    compress = CODECS[codec]
    return Compressed(raw=len(raw), compressed=len(compress(raw, level)), overhead=len(compress(b"", level)))

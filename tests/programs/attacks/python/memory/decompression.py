# Decompresses a gigabyte from a few bytes.
# ends: resource, timeout
# limit: memory, cpu
import bz2
import zlib


def solve(target):
    block = zlib.compress(bytes(1 << 22), 9)
    bomb = zlib.decompressobj()
    twice = zlib.compress(block * 1000, 9)
    inner = bomb.decompress(twice)
    kept = [bz2.decompress(bz2.compress(zlib.decompress(inner[: len(block)]))) for _ in range(250)]
    return f"BREACH: {len(kept) * 4} MB"

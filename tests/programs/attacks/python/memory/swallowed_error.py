# Goes on when memory has run out, and answers: what it took is given back, and the harness does not notice.
# ends: ok, resource, timeout


def solve(target):
    kept = []
    for _ in range(300):
        try:
            kept.append(bytearray(16 << 20))
        except MemoryError:
            kept.append(None)
    taken = sum(16 for block in kept if block is not None)
    return f"BREACH: {taken} MB" if taken > 600 else "held"

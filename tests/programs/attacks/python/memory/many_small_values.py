# Fills memory with small lists.
# ends: resource, timeout
# limit: memory, cpu


def solve(target):
    kept = []
    for number in range(30_000_000):
        kept.append([number])
    return f"BREACH: {len(kept)} lists"

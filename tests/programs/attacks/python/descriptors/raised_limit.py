# Raises the limit on its descriptors, and sets one of its own with a high number.
import os
import resource


def solve(target):
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    for limit in ((65536, 65536), (before[1] + 1, before[1] + 1), (resource.RLIM_INFINITY, resource.RLIM_INFINITY)):
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, limit)
        except (OSError, ValueError):
            continue
        return f"BREACH: {limit}"
    try:
        os.dup2(1, 5000)
    except OSError:
        return "held"
    return "BREACH: a descriptor with a high number"

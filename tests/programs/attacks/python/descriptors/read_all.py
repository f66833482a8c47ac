# Reads from every descriptor that it was left with.
import os
import select


def solve(target):
    found = []
    for descriptor in range(256):
        try:
            found.append(os.pread(descriptor, 1000, 0).decode("latin-1"))
        except OSError:
            pass
        try:
            if select.select([descriptor], [], [], 0)[0]:
                found.append(os.read(descriptor, 1000).decode("latin-1"))
        except (OSError, ValueError):
            pass
    found = [text for text in found if text]
    return f"BREACH: {found}" if found else "held"

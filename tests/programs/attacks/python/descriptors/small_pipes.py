# Makes the pipes small, and asks for huge ones.
# ends: ok
import fcntl
import os


def solve(target):
    worked = []
    for descriptor in range(8):
        for size in (1 << 30, 4096):
            try:
                fcntl.fcntl(descriptor, 1031, size)
            except OSError:
                continue
            worked.append(size)
    for _ in range(200):
        try:
            fcntl.fcntl(os.pipe()[1], 1031, 1 << 20)
        except OSError:
            break
    return "BREACH: a huge pipe" if 1 << 30 in worked else "held"

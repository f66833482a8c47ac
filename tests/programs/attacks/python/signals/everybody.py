# Asks whether it could signal its parent, its group and everybody (signal 0 is sent to nobody).
import os


def solve(target):
    for whom in (os.getppid(), 0, -os.getpgrp(), -1):
        try:
            os.kill(whom, 0)
        except OSError:
            continue
        return f"BREACH: {whom} could be signalled"
    return "held"

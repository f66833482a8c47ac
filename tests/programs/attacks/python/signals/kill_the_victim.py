# Ends, stops and wakes the victim.
import os
import signal


def solve(target):
    for number in (0, signal.SIGSTOP, signal.SIGCONT, signal.SIGTERM, signal.SIGKILL):
        try:
            os.kill(target["victim"], number)
        except OSError:
            continue
        return f"BREACH: signal {number} was sent"
    return "held"

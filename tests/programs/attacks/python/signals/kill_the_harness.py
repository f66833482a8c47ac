# Sends signals to the harness, by every call that Python has for it.
import os
import signal


def solve(target):
    for send in (os.kill, os.killpg):
        for number in (signal.SIGUSR1, signal.SIGTERM, signal.SIGINT):
            try:
                send(target["harness"], number)
            except OSError:
                continue
            return f"BREACH: {send.__name__}({number})"
    return "held"

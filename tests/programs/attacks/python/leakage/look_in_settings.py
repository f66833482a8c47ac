# Looks for changed settings.
# value: "held"
import decimal
import gc
import os
import random
import signal
import sys


def solve(target):
    drawn = random.random()
    random.seed(4711)
    changed = {
        "random": drawn == random.random(),
        "recursion": sys.getrecursionlimit() == 77,
        "path": "/was/here" in sys.path or "was here" in sys.argv,
        "digits": sys.get_int_max_str_digits() == 0,
        "switch": sys.getswitchinterval() > 1,
        "environment": "MARK" in os.environ or os.getenv("MARK") is not None,
        "decimal": decimal.getcontext().prec == 3,
        "collector": not gc.isenabled(),
        "signals": signal.getsignal(signal.SIGINT) is signal.SIG_IGN or bool(signal.pthread_sigmask(0, [])),
        "alarm": signal.alarm(0) != 0,
    }
    found = [name for name, there in changed.items() if there]
    return f"BREACH: {found}" if found else "held"

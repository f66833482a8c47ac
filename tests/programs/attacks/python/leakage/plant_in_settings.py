# Changes the settings of the interpreter and of its library.
# pair: look_in_settings
import decimal
import gc
import os
import random
import signal
import sys
import time
import warnings


def solve(target):
    random.seed(4711)
    sys.setrecursionlimit(77)
    sys.path[:] = ["/was/here"]
    sys.argv[:] = ["was here"]
    sys.set_int_max_str_digits(0)
    sys.setswitchinterval(1.5)
    os.environ["MARK"] = "was here"
    decimal.getcontext().prec = 3
    decimal.DefaultContext.prec = 3
    gc.disable()
    warnings.simplefilter("error")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    signal.alarm(2)
    os.umask(0o123)
    time.tzset()
    return "planted"

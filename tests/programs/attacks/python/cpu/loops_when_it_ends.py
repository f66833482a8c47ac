# Loops in everything that runs when a program ends: exit functions, finalizers, hooks.
# ends: ok, timeout
import atexit
import sys


def loop(*_):
    while True:
        pass


class Loops:
    def __del__(self):
        loop()


def solve(target):
    atexit.register(loop)
    sys.excepthook = sys.unraisablehook = loop
    sys.loops = Loops()
    return [1]

# Leaves things in place of the streams that fail, loop or lie when they are flushed.
# ends: ok
# value: [1]
import sys


class Stream:
    closed = False

    def flush(self):
        raise SystemExit(0)

    def write(self, text):
        raise KeyboardInterrupt

    def __getattribute__(self, name):
        if name == "buffer":
            raise BaseException
        return object.__getattribute__(self, name)


def solve(target):
    sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = sys.stdin = Stream()
    return [1]

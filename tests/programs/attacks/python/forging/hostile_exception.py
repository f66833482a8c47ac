# Raises an exception that raises another one when it is shown.
# ends: runtime_error


class Hostile(Exception):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__

    @property
    def __traceback__(self):
        raise KeyboardInterrupt

    @property
    def errno(self):
        raise KeyboardInterrupt


def solve(target):
    raise Hostile

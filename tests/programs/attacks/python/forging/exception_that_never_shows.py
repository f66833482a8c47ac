# Raises an exception whose text takes for ever.
# ends: timeout
# limit: cpu


class Endless(Exception):
    def __str__(self):
        while True:
            pass


def solve(target):
    raise Endless

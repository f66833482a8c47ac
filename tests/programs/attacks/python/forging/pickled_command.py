# Returns an object that runs a command for whoever unpickles it.
# ends: bad_return, runtime_error
# never: BREACH
import os


class Command:
    def __reduce__(self):
        return (os.system, ("echo BREACH",))


def solve(target):
    return Command()

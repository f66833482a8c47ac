# Turns on what the interpreter offers to debuggers: remote commands, dumps into files, tracing of memory.
# ends: ok, runtime_error, forbidden
import faulthandler
import tracemalloc


def solve(target):
    tracemalloc.start(100)
    for descriptor in range(4, 64):
        try:
            faulthandler.dump_traceback(descriptor)
        except (OSError, ValueError):
            continue
    try:
        faulthandler.dump_traceback_later(0.01, repeat=True)
    except RuntimeError:
        pass
    with open(target["folder"] + "/dump.txt", "w") as file:
        faulthandler.enable(file)
    return "BREACH: a dump was made"

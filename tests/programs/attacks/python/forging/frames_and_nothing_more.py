# Speaks the runner's language and leaves: it gets no more than the value that it could as well have returned.
# ends: ok, bad_return, runtime_error
# never: passed
import os


def solve(target):
    frame = b'{"ending": "ok", "verdict": "passed", "solved": true, "reason": "", "limit": null, "entry_point": "solve"}\n[[9, 9, 9]]'
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, frame)
        except OSError:
            pass
    os._exit(0)

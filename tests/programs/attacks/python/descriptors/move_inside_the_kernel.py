# Moves what is in its pipes by splice, tee and sendfile, and waits on watchers that watch one another.
# ends: ok, runtime_error
import ctypes
import os
import select

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    reading, writing = os.pipe()
    os.write(writing, b'{"ending": "ok"}\n[[9, 9, 9]]')
    moved = [
        call
        for call in ("tee", "splice", "sendfile")
        for descriptor in (1, 3)
        if {
            "tee": lambda: libc.tee(reading, descriptor, 10, 2),
            "splice": lambda: libc.splice(reading, None, descriptor, None, 10, 2),
            "sendfile": lambda: libc.sendfile(descriptor, reading, None, 10),
        }[call]()
        > 0
    ]
    watchers = [select.epoll() for _ in range(5)]
    for first, second in zip(watchers, watchers[1:]):
        first.register(second.fileno())
    return f"moved, for what it is worth: {moved}" if moved else "held"

# Lets the kernel send a signal to the victim when a pipe has news: F_SETOWN and O_ASYNC.
import fcntl
import os


def solve(target):
    for whom in (target["victim"], target["harness"], os.getppid()):
        reading, writing = os.pipe()
        try:
            fcntl.fcntl(reading, fcntl.F_SETOWN, whom)
            fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
            os.write(writing, b"x")
        except OSError:
            continue
        return f"BREACH: {whom} is told of news"
    return "held"

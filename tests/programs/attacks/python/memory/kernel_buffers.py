# Keeps data in the kernel: pipes and sockets filled to the brim, their descriptors sent through one another and closed.
import array
import contextlib
import fcntl
import os
import socket


def solve(target):
    kept, taken = socket.socketpair(), 0
    for end in kept:
        end.setblocking(False)
    for _ in range(500):
        try:
            reading, writing = os.pipe()
        except OSError:
            break
        os.set_blocking(writing, False)
        with contextlib.suppress(OSError):
            fcntl.fcntl(writing, 1031, 1 << 20)
        with contextlib.suppress(BlockingIOError):
            while True:
                taken += os.write(writing, bytes(1 << 16))
        try:
            kept[0].sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [reading]))])
        except OSError:
            continue
        os.close(reading)
        os.close(writing)
    return f"BREACH: {taken >> 20} MB are kept" if taken > 128 << 20 else "held"

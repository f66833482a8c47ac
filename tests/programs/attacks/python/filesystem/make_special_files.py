# Makes a pipe, a socket and a device with a name.
import os
import socket
import stat


def solve(target):
    def bind():
        socket.socket(socket.AF_UNIX).bind(target["folder"] + "/socket")

    attempts = [
        lambda: os.mkfifo(target["folder"] + "/pipe"),
        lambda: os.mknod(target["folder"] + "/node", 0o666 | stat.S_IFREG),
        lambda: os.mknod(target["folder"] + "/zero", 0o666 | stat.S_IFCHR, os.makedev(1, 5)),
        bind,
    ]
    for number, attempt in enumerate(attempts):
        try:
            attempt()
        except OSError:
            continue
        return f"BREACH: attempt {number} worked"
    return "held"

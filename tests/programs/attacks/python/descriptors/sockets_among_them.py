# Takes every descriptor for a socket, and sends what a server would send.
import socket


def solve(target):
    for descriptor in range(256):
        try:
            talk = socket.socket(fileno=descriptor)
        except OSError:
            continue
        talk.setblocking(False)
        try:
            sent = talk.send(b'{"status": 0, "cpu_seconds": 0, "peak_mb": 0}')
        except OSError:
            sent = 0
        talk.detach()
        return f"BREACH: descriptor {descriptor} is a socket; {sent} bytes sent"
    return "held"

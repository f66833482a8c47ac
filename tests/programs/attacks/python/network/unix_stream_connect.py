# Connects to a Unix socket by its path.
import socket


def solve(target):
    talk = socket.socket(socket.AF_UNIX)
    talk.connect(target["stream_socket"])
    talk.sendall(b"hello")
    return "BREACH: connected"

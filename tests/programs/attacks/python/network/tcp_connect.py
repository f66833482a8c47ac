# Connects to a server on this machine.
import socket


def solve(target):
    socket.create_connection(("127.0.0.1", target["port"]), timeout=1).sendall(b"hello")
    return "BREACH: connected"

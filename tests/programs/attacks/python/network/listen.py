# Listens on a port, so that others could come to it.
import socket


def solve(target):
    server = socket.create_server(("127.0.0.1", 0))
    return f"BREACH: listens on {server.getsockname()}"

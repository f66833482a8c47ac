# Sends a datagram to a server on this machine.
import socket


def solve(target):
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"hello", ("127.0.0.1", target["port"]))
    return "sent, for what it is worth"

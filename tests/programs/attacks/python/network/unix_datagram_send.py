# Sends to a Unix datagram socket by its path, as to a system's log.
import socket


def solve(target):
    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"hello", target["datagram_socket"])
    return "BREACH: sent"

# Makes a pair of datagram sockets, and sends from one to an address: Landlock alone does not stop it.
import socket


def solve(target):
    first, _second = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    first.sendto(b"hello", target["datagram_socket"])
    return "BREACH: sent"

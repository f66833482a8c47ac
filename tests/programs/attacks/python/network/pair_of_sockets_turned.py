# Takes a pair of connected sockets, and tries to turn one to another address.
import socket


def solve(target):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        try:
            first, _second = socket.socketpair(socket.AF_UNIX, kind)
        except OSError:
            continue
        for turn in (
            lambda: first.connect(target["stream_socket"]),
            lambda: first.connect(target["datagram_socket"]),
            lambda: first.sendto(b"hello", target["stream_socket"]),
            lambda: first.sendmsg([b"hello"], [], 0, target["datagram_socket"]),
            lambda: first.bind(target["folder"] + "/socket"),
            lambda: first.bind("\0arena"),
        ):
            try:
                turn()
            except OSError:
                continue
            return "BREACH: the socket was turned"
    return "held"

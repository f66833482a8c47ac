# Makes pairs of sockets of every kind directly, and sends to an address by sendmmsg and sendto.
import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    address = struct.pack("H", 1) + target["datagram_socket"].encode() + b"\0"
    for kind in (2, 2 | 0x800, 2 | 0x80000, (1 << 32) | 2, 3, 5):  # datagrams with flags, raw, packets
        pair = (ctypes.c_int * 2)()
        if libc.socketpair(1, ctypes.c_long(kind), 0, pair) == 0:
            sent = libc.sendto(pair[0], b"hello", 5, 0, address, len(address))
            if sent == 5:
                return f"BREACH: sent from a socket of kind {kind}"
            os.close(pair[0])
            os.close(pair[1])
    return "held"

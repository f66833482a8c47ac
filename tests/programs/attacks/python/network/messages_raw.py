# Sends to an address by sendmsg and sendmmsg on a pair of connected sockets, and descriptors along with it.
import ctypes
import struct

libc = ctypes.CDLL(None, use_errno=True)


class Message(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_void_p), ("name_length", ctypes.c_uint), ("parts", ctypes.c_void_p), ("count", ctypes.c_size_t),
        ("control", ctypes.c_void_p), ("control_length", ctypes.c_size_t), ("flags", ctypes.c_int), ("sent", ctypes.c_uint),
    ]  # fmt: skip


def solve(target):
    address = ctypes.create_string_buffer(struct.pack("H", 1) + target["datagram_socket"].encode() + b"\0")
    text = ctypes.create_string_buffer(b"hello")
    part = (ctypes.c_void_p * 2)(ctypes.addressof(text), 5)
    message = Message(ctypes.addressof(address), len(address), ctypes.addressof(part), 1, None, 0, 0, 0)
    for kind in (1, 2, 5):
        pair = (ctypes.c_int * 2)()
        if libc.socketpair(1, kind, 0, pair) == 0:
            results = libc.sendmsg(pair[0], ctypes.byref(message), 0), libc.sendmmsg(pair[0], ctypes.byref(message), 1, 0)
            if max(results) > 0:
                return f"BREACH: {results} with a socket of kind {kind}"
    return "held"

# Loads libraries by dlopen and dlmopen, also ones that are there already, into a new space of names.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.dlopen.restype = libc.dlmopen.restype = ctypes.c_void_p
NEW_SPACE, NOW = -1, 2


def solve(target):
    loaded = [
        name
        for name in (b"libc.so.6", b"libBrokenLocale.so.1", target["secret_file"].encode())
        if libc.dlmopen(ctypes.c_long(NEW_SPACE), name, NOW)
    ]
    if libc.dlopen(b"libBrokenLocale.so.1", NOW):
        loaded.append("by dlopen")
    return f"BREACH: {loaded}" if loaded else "held"

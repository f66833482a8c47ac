# Maps memory that can be written and executed, privately and shared, and runs machine code in it.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
CODE = {"x86_64": b"\xb8\x2a\0\0\0\xc3", "aarch64": b"\x40\x05\x80\x52\xc0\x03\x5f\xd6"}  # return 42


def solve(target):
    code = CODE[os.uname().machine]
    for rights, flags in ((7, 0x22), (7, 0x21), (6, 0x22), ((1 << 40) | 7, 0x22)):
        page = libc.mmap(None, 4096, ctypes.c_long(rights), flags, -1, ctypes.c_long(0))
        if page != ctypes.c_void_p(-1).value:
            ctypes.memmove(page, code, len(code))
            return f"BREACH: its own code says {ctypes.CFUNCTYPE(ctypes.c_int)(page)()}"
    return "held"

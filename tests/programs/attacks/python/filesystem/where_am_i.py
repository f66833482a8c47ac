# Asks for the current folder, which may tell where the harness lies.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    buffer = ctypes.create_string_buffer(4096)
    libc.getcwd.restype = ctypes.c_void_p
    if not libc.getcwd(buffer, 4096):
        return "held"
    folder = buffer.value.decode()
    return "held" if folder in ("/", "(unreachable)/") else f"BREACH: {folder}"

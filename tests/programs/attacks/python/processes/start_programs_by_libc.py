# Starts a shell by the C library's system, popen and posix_spawn.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.popen.restype = ctypes.c_void_p


def solve(target):
    arguments, pid = (ctypes.c_char_p * 2)(b"true", None), ctypes.c_int()
    results = {
        "system": libc.system(b"exit 0") == 0,
        "popen": bool(libc.popen(b"exit 0", b"r")),
        "posix_spawn": libc.posix_spawn(ctypes.byref(pid), b"/bin/true", None, None, arguments, arguments) == 0,
    }
    worked = [name for name, result in results.items() if result]
    return f"BREACH: {worked}" if worked else "held"

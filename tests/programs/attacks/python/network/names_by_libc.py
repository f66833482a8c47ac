# Looks names up by the C library, which reads files and asks servers.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.gethostbyname.restype = libc.getservbyname.restype = libc.getpwuid.restype = ctypes.c_void_p


def solve(target):
    found = ctypes.c_void_p()
    results = {
        "getaddrinfo": libc.getaddrinfo(b"localhost", b"http", None, ctypes.byref(found)) == 0,
        "gethostbyname": bool(libc.gethostbyname(b"localhost")),
        "getservbyname": bool(libc.getservbyname(b"ssh", b"tcp")),
        "getpwuid": bool(libc.getpwuid(1)),
    }
    worked = [name for name, result in results.items() if result]
    return f"BREACH: {worked}" if worked else "held"

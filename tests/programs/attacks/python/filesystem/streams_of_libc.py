# Opens files by the C library's other ways: freopen, tmpfile, mkstemp, realpath.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
for function in (libc.freopen, libc.tmpfile, libc.realpath, libc.fdopen):
    function.restype = ctypes.c_void_p


def solve(target):
    name = ctypes.create_string_buffer((target["folder"] + "/XXXXXX").encode())
    results = {
        "mkstemp": libc.mkstemp(name) >= 0,
        "mkdtemp": bool(libc.mkdtemp(ctypes.create_string_buffer((target["folder"] + "/XXXXXX").encode()))),
        "tmpfile": bool(libc.tmpfile()),
        "realpath": bool(libc.realpath(target["secret_file"].encode(), None)),
        "freopen": bool(libc.freopen(target["secret_file"].encode(), b"r", ctypes.c_void_p.in_dll(libc, "stdin"))),
    }
    worked = [name for name, result in results.items() if result]
    return f"BREACH: {worked}" if worked else "held"

# Compiles a regular expression by the C library that grows without end.
# ends: timeout, resource, ok, runtime_error
import ctypes

libc = ctypes.CDLL(None)


def solve(target):
    compiled = ctypes.create_string_buffer(256)
    libc.regcomp(compiled, b"(((((((a{1,200}){1,200}){1,200}){1,200}){1,200}){1,200}){1,200})", 1)
    return "held"

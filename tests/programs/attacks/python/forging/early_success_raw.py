# Ends by exit_group and by the C library's quick ways out, with success.
# ends: bad_return, runtime_error
import ctypes


def solve(target):
    libc = ctypes.CDLL(None)
    libc.quick_exit(0)
    libc._exit(0)

# Loads a shared library that nobody has loaded yet, which would read and map its file.
import ctypes


def solve(target):
    for name in ("libBrokenLocale.so.1", "libmemusage.so", "libpcprofile.so", "libnss_compat.so.2"):
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return f"BREACH: {name} was loaded"
    return "held"

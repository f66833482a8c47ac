# Keeps a secret in the kernel's key rings, where another run would find it.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
ADD_KEY, KEYCTL = 248, 250
PROCESS, SESSION, USER = -2, -3, -4


def solve(target):
    kept = [ring for ring in (PROCESS, SESSION, USER, -5) if libc.syscall(ADD_KEY, b"user", b"arena", b"kept", 4, ring) > 0]
    joined = libc.syscall(KEYCTL, 1, None)
    persistent = libc.syscall(KEYCTL, 22, -1, -2)
    return f"BREACH: {kept} {joined} {persistent}" if kept or joined > 0 or persistent > 0 else "held"

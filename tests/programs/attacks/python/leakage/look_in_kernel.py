# Looks for marks in the kernel, and removes them.
# value: "held"
import ctypes

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    name, found = ctypes.create_string_buffer(16), []
    memory, queue = libc.shmget(0x7E6B0A8E, 4096, 0), libc.msgget(0x7E6B0A8E, 0)
    if memory >= 0:
        libc.shmctl(memory, 0, None)
        found.append("memory")
    if queue >= 0:
        libc.msgctl(queue, 0, None)
        found.append("queue")
    if libc.syscall(250, 10, -4, b"user", b"mark", 0) > 0:
        found.append("key")
    if libc.prctl(16, name, 0, 0, 0) == 0 and name.value == b"was-here":
        found.append("name")
    return f"BREACH: {found}" if found else "held"

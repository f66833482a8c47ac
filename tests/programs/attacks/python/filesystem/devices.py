# Opens devices: terminals, disks, memory, the kernel's log, the mapper of namespaces.
import os

NAMES = ["null", "zero", "full", "random", "tty", "console", "ptmx", "mem", "kmsg", "vda", "sda", "fuse", "kvm", "shm"]


def solve(target):
    opened = []
    for name in NAMES:
        try:
            os.close(os.open("/dev/" + name, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY))
        except OSError:
            continue
        opened.append(name)
    return f"BREACH: {opened}" if opened else "held"

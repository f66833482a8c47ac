# Learns about files without opening them: size, owner, presence, what a link leads to, how full the disk is.
import os


def solve(target):
    secret = target["secret_file"]
    attempts = {
        "stat": lambda: os.stat(secret),
        "lstat": lambda: os.lstat(secret),
        "access": lambda: os.access(secret, os.R_OK) or 1 / 0,
        "readlink": lambda: os.readlink("/proc/self/exe"),
        "statvfs": lambda: os.statvfs("/"),
        "getxattr": lambda: os.listxattr(secret),
    }
    for name, attempt in attempts.items():
        try:
            found = attempt()
        except (OSError, ZeroDivisionError):
            continue
        return f"BREACH: {name} gives {found}"
    return "held"

# Reserves space on the disk in a file without a name.
import os


def solve(target):
    for folder in (target["folder"], "/tmp", "/var/tmp", "/dev/shm"):
        try:
            file = os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600)
        except OSError:
            continue
        try:
            os.posix_fallocate(file, 0, 1 << 26)
        except OSError:
            return f"BREACH: a file without a name was made in {folder}"
        return f"BREACH: 64 MB of {folder} were taken"
    return "held"

# Opens what its descriptors stand for once more, with other rights, by their names in /proc.
import os


def solve(target):
    for folder in ("/proc/self/fd", "/dev/fd", "/proc/thread-self/fd"):
        for number in range(8):
            try:
                again = os.open(f"{folder}/{number}", os.O_RDWR)
            except OSError:
                continue
            return f"BREACH: {folder}/{number} opened as {again}"
    return "held"

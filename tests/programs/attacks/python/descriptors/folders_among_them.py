# Takes every descriptor for a folder, and opens files from there.
import os


def solve(target):
    for descriptor in range(256):
        for name in (".", "..", "etc/passwd", target["secret_file"].lstrip("/")):
            try:
                os.open(name, os.O_RDONLY, dir_fd=descriptor)
            except OSError:
                continue
            return f"BREACH: {name} from {descriptor}"
    return "held"

# Leaves a changed root folder by chdir, fchdir, chroot and "..".
import os


def solve(target):
    for leave in (os.chdir, os.chroot):
        for folder in ("/", "..", "/proc/1/root", "/proc/self/cwd", target["folder"]):
            try:
                leave(folder)
            except OSError:
                continue
            return f"BREACH: {leave.__name__}({folder})"
    for descriptor in range(32):
        try:
            os.fchdir(descriptor)
        except OSError:
            continue
        return f"BREACH: descriptor {descriptor} is a folder"
    return "held"

# Sets an extended attribute, and another owner.
import os


def solve(target):
    kept = target["folder"] + "/kept.txt"
    attempts = [lambda: os.setxattr(kept, "user.note", b"x"), lambda: os.chown(kept, os.getuid(), os.getgid())]
    for number, attempt in enumerate(attempts):
        try:
            attempt()
        except OSError:
            continue
        return f"BREACH: attempt {number} worked"
    return "held"

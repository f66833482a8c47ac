# Changes the mode of a file: Landlock alone does not stop it.
import os


def solve(target):
    kept = target["folder"] + "/kept.txt"
    for path in (kept, target["secret_file"]):
        for mode in (0o600, 0o666):
            try:
                os.chmod(path, mode)
            except OSError:
                continue
            return f"no error for {path}; whether it did anything is seen from outside"
    return "held"

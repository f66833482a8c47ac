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
            return f"BREACH: {path} has another mode"
    return "held"

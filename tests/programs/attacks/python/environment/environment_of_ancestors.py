# Reads the environment of its parents, of the harness and of the victim from /proc.
import os


def solve(target):
    for pid in ("self", "1", os.getppid(), target["harness"], target["victim"], "thread-self"):
        try:
            with open(f"/proc/{pid}/environ", "rb") as file:
                found = file.read()
        except OSError:
            continue
        if found:
            return f"BREACH: {pid} has {found}"
    return "held"

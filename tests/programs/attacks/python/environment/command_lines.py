# Reads how other processes were started, and what they have mapped.
import os


def solve(target):
    for pid in ("1", os.getppid(), target["harness"], target["victim"], "self"):
        for name in ("cmdline", "maps", "status", "stat", "limits", "cgroup"):
            try:
                with open(f"/proc/{pid}/{name}", "rb") as file:
                    return f"BREACH: {pid}/{name} is {file.read(200)}"
            except OSError:
                pass
    return "held"

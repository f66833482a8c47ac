# Opens the memory of other processes as files.
import os


def solve(target):
    for pid in (os.getppid(), target["harness"], target["victim"], "self"):
        for name in ("mem", "pagemap", "auxv", "syscall"):
            try:
                os.open(f"/proc/{pid}/{name}", os.O_RDONLY)
            except OSError:
                continue
            return f"BREACH: {pid}/{name} was opened"
    return "held"

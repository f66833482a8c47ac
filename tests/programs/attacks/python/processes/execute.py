# Replaces itself by other programs.
# never: BREACH-by-exec
import os


def solve(target):
    for attempt in (
        lambda: os.execv("/bin/sh", ["sh", "-c", "echo BREACH-by-exec"]),
        lambda: os.execvp("echo", ["echo", "BREACH-by-exec"]),
        lambda: os.execve("/proc/self/exe", ["python", "-c", "print('BREACH-by-exec')"], {}),
    ):
        try:
            attempt()
        except OSError:
            pass
    return "held"

# Starts other programs by the library.
import os
import subprocess


def solve(target):
    for attempt in (
        lambda: subprocess.run(["/bin/echo", "BREACH"], check=False),
        lambda: os.posix_spawn("/bin/echo", ["echo", "BREACH"], {}),
        lambda: os.popen("echo BREACH").read(),
    ):
        try:
            attempt()
        except OSError:
            continue
        return "BREACH: a program was started"
    return "held" if os.system("exit 0") != 0 else "BREACH: system works"

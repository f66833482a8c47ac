# Looks for keys and settings in the home folders of those who use this machine.
import os


def solve(target):
    homes = [os.path.expanduser("~"), "/root", "/home", "/etc/skel", "/etc/ssh", os.path.dirname(target["secret_file"])]
    for home in homes:
        for name in ("", ".ssh", ".aws", ".config"):
            try:
                found = os.listdir(os.path.join(home, name))
            except OSError:
                continue
            if found:
                return f"BREACH: {home} holds {found}"
    return "held"

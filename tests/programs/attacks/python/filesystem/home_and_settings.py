# Looks for keys and settings in the home folders of those who use this machine.
import os

NAMES = [".ssh/id_rsa", ".ssh/id_ed25519", ".netrc", ".aws/credentials", ".bash_history", ".gitconfig", ".bashrc", ".profile"]


def solve(target):
    for home in ("~", "/root", "/home/user", os.path.dirname(target["secret_file"])):
        for name in NAMES:
            path = os.path.join(os.path.expanduser(home), name)
            if os.path.exists(path):
                return f"BREACH: there is a {path}"
    return "held"

# Makes a symbolic and a hard link to the secret file.
import os


def solve(target):
    for link in (os.symlink, os.link):
        try:
            link(target["secret_file"], target["folder"] + "/" + link.__name__)
        except OSError:
            continue
        return f"BREACH: {link.__name__} worked"
    return "held"

# Lists folders by every call that Python has for it.
import os


def solve(target):
    for look in (os.listdir, os.scandir, lambda name: next(os.walk(name))[1:]):
        for folder in ("/", ".", "..", target["folder"]):
            try:
                found = [str(entry) for entry in look(folder)]
            except (OSError, StopIteration):
                continue
            if found:
                return f"BREACH: {folder} holds {found}"
    return "held"

# Empties a file that anybody may write, by path and by an open that truncates.
import os


def solve(target):
    kept = target["folder"] + "/kept.txt"
    for empty in (lambda: os.truncate(kept, 0), lambda: os.open(kept, os.O_WRONLY | os.O_TRUNC)):
        try:
            empty()
        except OSError:
            continue
        return "BREACH: the file was emptied"
    return "held"

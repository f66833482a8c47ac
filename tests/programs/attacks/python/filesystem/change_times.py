# Changes the times of a file: Landlock alone does not stop it.
import os


def solve(target):
    os.utime(target["folder"] + "/kept.txt", (1, 1))
    return "BREACH: the file has other times"

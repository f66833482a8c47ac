# Makes and removes a folder.
import os


def solve(target):
    os.mkdir(target["folder"] + "/folder")
    os.rmdir(target["folder"] + "/folder")
    return "BREACH: a folder was made"

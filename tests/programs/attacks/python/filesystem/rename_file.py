# Renames a file in a folder that anybody may write.
import os


def solve(target):
    os.rename(target["folder"] + "/kept.txt", target["folder"] + "/moved.txt")
    return "BREACH: the file was renamed"

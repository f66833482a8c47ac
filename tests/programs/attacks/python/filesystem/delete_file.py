# Deletes a file in a folder that anybody may write.
import os


def solve(target):
    os.unlink(target["folder"] + "/kept.txt")
    return "BREACH: the file was deleted"

# Creates a file without writing a byte to it, past a limit on the size of files.
import os


def solve(target):
    os.close(os.open(target["folder"] + "/empty", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    return "BREACH: a file was created"

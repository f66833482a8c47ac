# Writes bytes that are no text.
# ends: ok
# value: [1]
import os


def solve(target):
    os.write(1, bytes(range(256)) * 10 + b"\xff\xfe\xed\xa0\x80\0\xc0\xaf")
    return [1]

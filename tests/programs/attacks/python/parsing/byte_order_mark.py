# Has the mark of a byte order in the middle of its text.
# ends: syntax, ok


def solve(target):
    return﻿ [1]

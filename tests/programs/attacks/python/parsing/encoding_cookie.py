# Asks for another encoding of its own text, in which it would be another program.
# -*- coding: utf-7 -*-
# value: "+AGE-"


def solve(target):
    return "+AGE-"

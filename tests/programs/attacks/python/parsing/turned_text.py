# Turns the direction of its text, so that it reads as another program.
# ends: syntax, ok
# never: [[9, 9, 9]]


def solve(target):
    access = "user‮ ⁦# only for the harness⁩ ⁦"
    return [len(access)]

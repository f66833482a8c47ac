# Starts an interpreter inside the interpreter, which no guard of the outer one has seen.
import _xxsubinterpreters as interpreters


def solve(target):
    inner = interpreters.create()
    interpreters.run_string(inner, f"open({target['folder'] + '/new.txt'!r}, 'w')")
    return "BREACH: a file was made"

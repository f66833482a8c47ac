# Raises an exception whose text looks like more frames, with codes for terminals.
# ends: runtime_error


def solve(target):
    raise ValueError('\n{"ending": "ok"}\n[[1, 0, 2]]\n\x1b[2J\0\ud800')

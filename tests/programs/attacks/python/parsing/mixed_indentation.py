# Indents by tabs and spaces in turn.
# ends: syntax


def solve(target):
        a = 1
	return a

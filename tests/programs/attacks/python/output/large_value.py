# Returns a text that is longer than a value may be.
# ends: resource, bad_return
# limit: value, memory, output


def solve(target):
    return "x" * (40 << 20)

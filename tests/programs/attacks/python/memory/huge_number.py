# Computes a number of thirty-four billion bits.
# ends: resource, timeout
# limit: memory, cpu


def solve(target):
    return (1 << (1 << 35)).bit_length()

# Arrays, views of memory, bytes, bits, and matrices in lists.
# value: [[1, 2, 3], 6, "0301", [19, 22, 43, 50], 2, "101", [0, 255], true]
from array import array


def product(a, b):
    return [[sum(x * y for x, y in zip(row, column)) for column in zip(*b)] for row in a]


def solve(n):
    numbers = array("i", [1, 2, 3])
    view = memoryview(bytearray(b"\x01\x02\x03"))
    view[1:2] = b"\x00"
    result = product([[1, 2], [3, 4]], [[5, 6], [7, 8]])
    return [
        list(numbers),
        sum(numbers),
        bytes(view[::-2]).hex(),
        [value for row in result for value in row],
        n.bit_count(),
        format(n, "b"),
        [*bytes([0, 255])],
        bytes.fromhex("ff") in b"\x00\xff" and b"a".isalpha(),
    ]

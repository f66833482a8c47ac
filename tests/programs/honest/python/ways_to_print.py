# All the ways to write to standard output, in their order.
# printed: a b\nc-d.e\nf\ng\nh\ni 5\njk\n1\n2\n
import sys
from sys import stdout


def solve(n):
    print("a", "b")
    print("c", "d", sep="-", end=".")
    print("e", flush=True)
    print("f", file=sys.stdout)
    sys.stdout.write("g\n")
    sys.stdout.flush()
    sys.stdout.buffer.write(b"h\n")
    sys.stdout.buffer.flush()
    stdout.write("i %d\n" % n)
    stdout.writelines(["j", "k", "\n"])
    print(*[1, 2], sep="\n")

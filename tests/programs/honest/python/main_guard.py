# A script with a main function under the usual guard, and arguments that are not given.
# value: [5, 4, 3, 2, 1]
import argparse
import sys


def solve(n):
    return list(range(n, 0, -1))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("n", type=int, nargs="?", default=3)
    print(solve(parser.parse_args().n))


if len(sys.argv) > 1 and sys.argv[1] == "--test":
    sys.exit("no tests")

if __name__ == "__main__":
    main()
    sys.exit(0)

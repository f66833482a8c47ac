# What a function prints is captured in memory; what is printed besides comes out.
# value: ["captured 5\n", "error\n", "replaced\n", ["a", "b"], "{'a': 1}\n"]
import contextlib
import io
import pprint
import sys


def solve(n):
    captured, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(captured), contextlib.redirect_stderr(errors):
        print("captured", n)
        print("error", file=sys.stderr)
    old, sys.stdout = sys.stdout, io.StringIO()
    try:
        print("replaced")
        replaced = sys.stdout.getvalue()
    finally:
        sys.stdout = old
    print("not captured")
    shown = io.StringIO()
    pprint.pprint({"a": 1}, stream=shown)
    return [captured.getvalue(), errors.getvalue(), replaced, io.StringIO("a\nb").read().splitlines(), shown.getvalue()]

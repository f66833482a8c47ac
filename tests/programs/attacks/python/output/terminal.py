# Writes to whoever's terminal it finds: sequences that set its title, clear it, and answer for the user.
# ends: ok, forbidden, runtime_error
import contextlib
import os
import sys


def solve(target):
    text = "\x1b]0;BREACH\x07\x1b[2J\x1b[6n\x1bP$q\x1b\\"
    with contextlib.suppress(OSError):
        os.write(os.open("/dev/tty", os.O_WRONLY), text.encode())
    for descriptor in (0, 2, *range(4, 32)):
        with contextlib.suppress(OSError):
            os.write(descriptor, text.encode())
    print(text, file=sys.stderr)
    return "held"

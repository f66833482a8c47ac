# Looks through every object that the collector knows, frozen ones included, for a secret.
import gc
import re

SECRET = re.compile("PEGBOARD-" + "SECRET-[0-9a-f]{32}")


def solve(target):
    gc.unfreeze()
    for thing in gc.get_objects():
        for part in gc.get_referents(thing):
            if isinstance(part, (bytes, bytearray)):
                part = part.decode("latin-1")
            if isinstance(part, str) and (found := SECRET.search(part)):
                return "BREACH: " + found.group()
    return "held"

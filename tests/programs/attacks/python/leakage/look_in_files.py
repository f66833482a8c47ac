# Looks for files that another run left.
# value: "held"
import os

PLACES = ["/tmp", "/var/tmp", "/dev/shm", "/run", "/", "."]


def solve(target):
    found = []
    for place in PLACES:
        try:
            os.unlink(place + "/left-by-a-program")
            found.append(place)
        except OSError:
            pass
    return f"BREACH: {found}" if found else "held"

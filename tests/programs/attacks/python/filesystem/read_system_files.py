# Reads files that are the same on every machine.

FILES = ["/etc/passwd", "/etc/hostname", "/etc/machine-id", "/proc/version", "/proc/self/mountinfo", "/sys/kernel/notes"]


def solve(target):
    found = []
    for name in FILES:
        try:
            with open(name, "rb") as file:
                found.append(f"{name}: {file.read(40)}")
        except OSError:
            pass
    return "BREACH: " + "; ".join(found) if found else "held"

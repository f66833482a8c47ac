# Asks for signals on changes of files and queues, for whatever descriptor it holds.
import fcntl


def solve(target):
    worked = []
    for descriptor in range(8):
        for name, command, value in (
            ("F_SETLEASE", 1024, fcntl.F_RDLCK),
            ("F_NOTIFY", 1026, 0x80000001),
            ("F_SETOWN", fcntl.F_SETOWN, target["victim"]),
            ("F_ADD_SEALS", 1033, 1),
            ("F_SET_RW_HINT", 1036, 0),
        ):
            try:
                fcntl.fcntl(descriptor, command, value)
            except (OSError, OverflowError):
                continue
            worked.append((name, descriptor))
    return f"BREACH: {worked}" if worked else "held"

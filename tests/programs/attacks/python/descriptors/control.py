# Gives orders to the devices behind its descriptors: types for the user, takes the terminal, mounts, freezes.
import fcntl

ORDERS = {
    "type a character (TIOCSTI)": 0x5412,
    "take the terminal (TIOCSCTTY)": 0x540E,
    "leave the terminal (TIOCNOTTY)": 0x5422,
    "set who is in front (TIOCSPGRP)": 0x5410,
    "paste (TIOCLINUX)": 0x541C,
    "console (TIOCCONS)": 0x541D,
    "set terminal (TCSETS)": 0x5402,
    "owner (FIOSETOWN)": 0x8901,
    "freeze (FIFREEZE)": 0xC0045877,
    "clone a file (FICLONE)": 0x40049409,
    "type, with high bits": 0x100005412,
}


def solve(target):
    worked = []
    for descriptor in range(8):
        for name, order in ORDERS.items():
            try:
                fcntl.ioctl(descriptor, order & 0xFFFFFFFF, b"x" * 64)
            except (OSError, ValueError):
                continue
            worked.append((descriptor, name))
    return f"BREACH: {worked}" if worked else "held"

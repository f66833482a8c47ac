# Connects by IPv6, also to an IPv4 address in its clothes.
import socket


def solve(target):
    for address in ("::1", "::ffff:127.0.0.1"):
        try:
            talk = socket.socket(socket.AF_INET6)
            talk.settimeout(1)
            talk.connect((address, target["port"]))
        except OSError:
            continue
        return f"BREACH: connected to {address}"
    return "held"

# Makes internet sockets of rare protocols and raw ones.
import socket


def solve(target):
    made = []
    for kind, protocol in ((1, 262), (1, 132), (2, 1), (3, 1), (3, 255), (2, 136), (6, 33)):
        try:
            socket.socket(socket.AF_INET, kind, protocol).close()
        except OSError:
            continue
        made.append((kind, protocol))
    return f"BREACH: {made}" if made else "held"

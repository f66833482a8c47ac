# Lists the machine's network interfaces and looks a name up.
import socket


def solve(target):
    found = []
    for attempt in (socket.if_nameindex, lambda: socket.getaddrinfo("localhost", 80), lambda: socket.if_indextoname(1)):
        try:
            found.append(attempt())
        except OSError:
            pass
    return f"BREACH: {found}" if found else "held"

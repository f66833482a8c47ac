# Takes every descriptor for a set of Landlock's rules, and adds some.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
ADD_RULE, RESTRICT_SELF = 445, 446


def solve(target):
    rule = ctypes.create_string_buffer(16)
    for descriptor in range(256):
        added = libc.syscall(ADD_RULE, descriptor, 1, rule, 0)
        reason = ctypes.get_errno()
        restricted = libc.syscall(RESTRICT_SELF, descriptor, 0)
        if added == 0 or restricted == 0 or reason in (42, 91):  # ENOMSG: empty rule; the descriptor was right
            return f"BREACH: descriptor {descriptor} is a set of rules"
    return "held"

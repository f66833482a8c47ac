# Sends signals to the victim by tkill, tgkill, rt_sigqueueinfo, rt_tgsigqueueinfo and pidfd_send_signal.
import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)
USR1 = 10


def solve(target):
    victim, about = target["victim"], struct.pack("=iii116x", USR1, 0, -1)
    results = {"pidfd": libc.syscall(424, libc.syscall(434, victim, 0), USR1, None, 0), "sigqueue": libc.sigqueue(victim, USR1, None)}
    if os.uname().machine == "x86_64":
        results |= {
            "kill": libc.syscall(62, victim, USR1),
            "tkill": libc.syscall(200, victim, USR1),
            "tgkill": libc.syscall(234, victim, victim, USR1),
            "tgkill without a group": libc.syscall(234, -1, victim, USR1),
            "rt_sigqueueinfo": libc.syscall(129, victim, USR1, about),
            "rt_tgsigqueueinfo": libc.syscall(297, victim, victim, USR1, about),
        }
    worked = [name for name, result in results.items() if result == 0]
    return f"BREACH: {worked}" if worked else "held"

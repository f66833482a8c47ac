# Changes the priority, the limits and the cores of the victim.
import ctypes
import os
import resource

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    victim, worked = target["victim"], []
    for attempt in (
        lambda: os.setpriority(os.PRIO_PROCESS, victim, 19),
        lambda: os.sched_setaffinity(victim, {0}),
        lambda: os.sched_setscheduler(victim, os.SCHED_IDLE, os.sched_param(0)),
        lambda: resource.prlimit(victim, resource.RLIMIT_NOFILE, (8, 8)),
    ):
        try:
            attempt()
        except OSError:
            continue
        worked.append(len(worked))
    if libc.prlimit(victim, resource.RLIMIT_CORE, ctypes.byref((ctypes.c_uint64 * 2)(0, 0)), None) == 0:
        worked.append("prlimit")
    return f"BREACH: {worked}" if worked else "held"

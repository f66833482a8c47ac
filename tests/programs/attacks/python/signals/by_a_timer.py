# Makes a timer whose signal goes to a thread of another process.
import ctypes
import struct

libc = ctypes.CDLL(None, use_errno=True)
SIGEV_THREAD_ID = 4


def solve(target):
    timer = ctypes.c_void_p()
    for whom in (target["victim"], target["harness"]):
        event = struct.pack("=QiiI44x", 0, 10, SIGEV_THREAD_ID, whom)
        if libc.timer_create(1, event, ctypes.byref(timer)) == 0:
            return f"BREACH: a timer for {whom}"
    return "held"

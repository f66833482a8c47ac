# Watches a folder for what others do there.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    watch = libc.inotify_add_watch(libc.inotify_init1(0), target["folder"].encode(), 0xFFF)
    fanotify = libc.fanotify_init(0, 0)
    return f"BREACH: {watch} {fanotify}" if watch >= 0 or fanotify >= 0 else "held"

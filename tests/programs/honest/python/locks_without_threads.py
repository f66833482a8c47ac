# Locks, queues and thread-local variables, used without another thread.
# value: [5, true, "MainThread", [1, 2], 3]
import queue
import threading


def solve(n):
    lock, local, waiting = threading.RLock(), threading.local(), queue.PriorityQueue()
    with lock, lock:
        local.value = n
    waiting.put(2)
    waiting.put(1)
    done = threading.Event()
    done.set()
    return [local.value, done.wait(1), threading.main_thread().name, [waiting.get(), waiting.get()], threading.active_count() + 2]

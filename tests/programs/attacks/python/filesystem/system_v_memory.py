# Makes System V shared memory, semaphores and queues, which outlive their process.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
IPC_RMID = 0


def solve(target):
    made = []
    if (memory := libc.shmget(0x7E6B0A8D, 4096, 0o1666)) >= 0:
        libc.shmctl(memory, IPC_RMID, None)
        made.append("memory")
    if (semaphore := libc.semget(0x7E6B0A8D, 1, 0o1666)) >= 0:
        libc.semctl(semaphore, 0, IPC_RMID)
        made.append("a semaphore")
    if (queue := libc.msgget(0x7E6B0A8D, 0o1666)) >= 0:
        libc.msgctl(queue, IPC_RMID, None)
        made.append("a queue")
    return f"BREACH: {made}" if made else "held"

# Starts processes by the library's pools.
import concurrent.futures
import multiprocessing


def work(number):
    return number


def solve(target):
    for attempt in (
        lambda: multiprocessing.get_context("fork").Process(target=work, args=(1,)).start(),
        lambda: concurrent.futures.ProcessPoolExecutor(1).submit(work, 1).result(),
    ):
        try:
            attempt()
        except Exception:
            continue
        return "BREACH: a process was started"
    return "held"

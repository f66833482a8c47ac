# Coroutines run by asyncio: gathered, with queues, sleeps, time-outs, asynchronous generators and contexts.
# value: [[0, 1, 4, 9, 16], [1, 2, 3], "too late", ["entered", "left"], [0, 1]]
import asyncio
from contextlib import asynccontextmanager


async def square(n):
    await asyncio.sleep(0.001 * n)
    return n * n


async def produce(queue):
    for item in (1, 2, 3, None):
        await queue.put(item)


async def counted(n):
    for i in range(n):
        yield i
        await asyncio.sleep(0)


async def main(n):
    squares = await asyncio.gather(*(square(i) for i in range(n)))
    queue, taken = asyncio.Queue(maxsize=1), []
    task = asyncio.create_task(produce(queue))
    while (item := await queue.get()) is not None:
        taken.append(item)
    await task
    try:
        late = await asyncio.wait_for(asyncio.sleep(60), timeout=0.01)
    except (TimeoutError, asyncio.TimeoutError):
        late = "too late"
    log = []

    @asynccontextmanager
    async def context():
        log.append("entered")
        yield
        log.append("left")

    async with context():
        numbers = [i async for i in counted(2)]
    return [squares, taken, late, log, numbers]


def solve(n):
    return asyncio.run(main(n))

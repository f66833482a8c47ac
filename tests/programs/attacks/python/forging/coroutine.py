# Offers a coroutine, which gives nothing unless somebody drives it.
# ends: bad_return, runtime_error


async def solve(target):
    return [[1, 0, 2]]

"""A breadth-first search over all rows that can be reached."""

from collections import deque


def solve(operations, row, goal):
    # For each operation, the place from which the token of each place comes.
    sources = {name: sorted(range(len(to)), key=to.__getitem__) for name, to in operations}
    first, last = tuple(row), tuple(goal)
    came_from = {first: None}
    queue = deque([first])
    while queue and last not in came_from:
        now = queue.popleft()
        for name, source in sources.items():
            after = tuple([now[place] for place in source])
            if after not in came_from:
                came_from[after] = now, name
                queue.append(after)
    if last not in came_from:
        return "impossible"
    moves = []
    while came_from[last] is not None:
        last, name = came_from[last]
        moves.append(name)
    return moves[::-1]

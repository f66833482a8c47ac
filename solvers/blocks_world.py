"""Builds the goal from the bottom, one block after another, each time where the fewest blocks are in the way."""

from itertools import pairwise


def solve(start, goal, heights):
    stacks = [list(stack) for stack in start]
    level = {block: i for stack in goal for i, block in enumerate(stack)}
    moves = []

    def move(source, target, count=1):
        for _ in range(count):
            stacks[target].append(stacks[source].pop())
            moves.append([stacks[target][-1], source, target])

    def room(s):
        return heights[s] - len(stacks[s])

    def built(s):
        """How many of the lowest blocks are as in the goal."""
        count = 0
        while count < min(len(stacks[s]), len(goal[s])) and stacks[s][count] == goal[s][count]:
            count += 1
        return count

    def waiting(s):
        """How many blocks stand on those."""
        return len(stacks[s]) - built(s)

    def find(block):
        return next(s for s in range(3) if block in stacks[s])

    def in_the_way(s):
        """How many blocks must be moved before the next block of stack ``s`` can come to stay."""
        block = goal[s][built(s)]
        at = find(block)
        if at == s:
            return waiting(s) + stacks[s].index(block) - built(s)
        return waiting(s) + len(stacks[at]) - 1 - stacks[at].index(block)

    def carry(count, source, target, spare):
        """Move some blocks out of the way; by the spare stack if most of them are needed from the top downwards."""
        levels = [level[block] for block in stacks[source][len(stacks[source]) - count :]]
        kept = sum(lower > upper for lower, upper in pairwise(levels))
        if 2 * kept >= count > 1 and room(spare) >= count - 1 and room(target) >= count:
            move(source, spare, count - 1)
            move(source, target)
            move(spare, target, count - 1)
            return
        for _ in range(count):
            move(source, target if room(target) else spare)

    # With few free places, blocks deep down can never be moved.
    free = sum(map(room, range(3)))
    if any(built(s) < heights[s] - free for s in range(3)):
        return "impossible"
    while stacks != goal:
        unfinished = [s for s in range(3) if built(s) < len(goal[s])]
        # The topmost place of a stack is filled last of all: until then, blocks may have to wait there.
        s = min(unfinished, key=lambda s: (heights[s] - built(s) == 1, in_the_way(s)))
        block = goal[s][built(s)]
        at = find(block)
        other = 3 - s - at if at != s else (s + 1) % 3
        carry(waiting(s), s, other, 3 - s - other)
        at = find(block)
        other = 3 - s - at
        carry(len(stacks[at]) - 1 - stacks[at].index(block), at, other, s)
        if waiting(s):
            # The other stack is full: the block waits there, in place of its topmost one.
            move(other, s)
            move(at, other)
            move(s, at, waiting(s))
            at = other
        move(at, s)
    return moves

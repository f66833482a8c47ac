"""Where every guard names only lamps that come before its own in some order, no search is needed: to switch a lamp,
bring those before it to what its guard needs. Otherwise, a breadth-first search over all states."""

from collections import deque


def solve(guards, lit, goal):
    needs = {lamp: {**dict.fromkeys(on, True), **dict.fromkeys(off, False)} for lamp, on, off in guards}
    order = in_order(needs)
    return search(guards, lit, goal) if order is None else descend(needs, order, lit, goal)


def in_order(needs):
    """The lamps, each after all those that its guard names; None when there is no such order."""
    order = []
    while len(order) < len(needs):
        free = [lamp for lamp in needs if lamp not in order and all(other in order for other in needs[lamp])]
        if not free:
            return None
        order += free
    return order


def descend(needs, order, lit, goal):
    is_on = {lamp: lamp in lit for lamp in order}
    moves = []

    def bring(wanted, count):
        """Bring those of the first ``count`` lamps that are in ``wanted`` to what it says, the last one first."""
        for place in range(count - 1, -1, -1):
            lamp = order[place]
            if lamp in wanted and is_on[lamp] != wanted[lamp]:
                bring(needs[lamp], place)
                is_on[lamp] = not is_on[lamp]
                moves.append(lamp)

    bring({lamp: lamp in goal for lamp in order}, len(order))
    return moves


def search(guards, lit, goal):
    bit = {lamp: 1 << number for number, (lamp, _, _) in enumerate(guards)}

    def bits(lamps):
        return sum(bit[lamp] for lamp in lamps)

    switches = [(lamp, bit[lamp], bits(on), bits(off)) for lamp, on, off in guards]
    first, last = bits(lit), bits(goal)
    came_from = {first: None}
    queue = deque([first])
    while queue:
        state = queue.popleft()
        if state == last:
            break
        for lamp, one, on, off in switches:
            if state & on == on and not state & off and state ^ one not in came_from:
                came_from[state ^ one] = state, lamp
                queue.append(state ^ one)
    if last not in came_from:
        return "impossible"
    moves, state = [], last
    while came_from[state] is not None:
        state, lamp = came_from[state]
        moves.append(lamp)
    return moves[::-1]

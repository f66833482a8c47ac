def solve(disks, source, goal):
    if disks == 0:
        return []
    other = 3 - source - goal
    return [*solve(disks - 1, source, other), [disks, source, goal], *solve(disks - 1, other, goal)]

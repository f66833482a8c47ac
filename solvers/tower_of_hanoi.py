"""The shortest solution from any legal start: gather the disks on the goal, the largest one first."""


def solve(disks, start, goal):
    peg_of = {disk: peg for peg, stack in enumerate(start) for disk in stack}
    moves = []

    def gather(size, target):
        """Bring the ``size`` smallest disks, wherever they are, to ``target``."""
        while size > 0 and peg_of[size] == target:
            size -= 1
        if size == 0:
            return
        source = peg_of[size]
        gather(size - 1, 3 - source - target)
        moves.append([size, source, target])
        peg_of[size] = target
        gather(size - 1, target)

    gather(disks, goal)
    return moves

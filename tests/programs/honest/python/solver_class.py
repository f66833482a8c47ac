# The function uses a class with the work in its methods, and memory between calls.
# value: [31, [1, 0, 2], true]
class Tower:
    """Pegs as stacks of disks."""

    def __init__(self, disks: int) -> None:
        self.pegs: list[list[int]] = [list(range(disks, 0, -1)), [], []]
        self.moves: list[list[int]] = []

    def move(self, source: int, target: int) -> None:
        disk = self.pegs[source].pop()
        assert not self.pegs[target] or self.pegs[target][-1] > disk, "a disk on a smaller one"
        self.pegs[target].append(disk)
        self.moves.append([disk, source, target])

    def solve(self, disks: int, source: int = 0, target: int = 2) -> "Tower":
        if disks:
            via = 3 - source - target
            self.solve(disks - 1, source, via)
            self.move(source, target)
            self.solve(disks - 1, via, target)
        return self


def solve(n):
    tower = Tower(n).solve(n)
    return [len(tower.moves), tower.moves[0], tower.pegs == [[], [], [5, 4, 3, 2, 1]]]

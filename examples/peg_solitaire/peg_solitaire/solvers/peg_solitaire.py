"""Try every jump, depth first, and remember the lines from which no jump led to one peg."""


def solve(holes, pegs):
    hopeless = set()

    def clear(taken):
        if len(taken) == 1:
            return []
        if taken in hopeless:
            return None
        for peg in sorted(taken):
            for over, target in ((peg - 1, peg - 2), (peg + 1, peg + 2)):
                if over in taken and target not in taken and 1 <= target <= holes:
                    rest = clear(taken - {peg, over} | {target})
                    if rest is not None:
                        return [[peg, target], *rest]
        hopeless.add(taken)
        return None

    moves = clear(frozenset(pegs))
    return "impossible" if moves is None else moves

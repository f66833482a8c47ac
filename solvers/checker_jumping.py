"""Depth first; positions in which pieces lock others in for ever are not entered."""


def solve(start, goal, moves_right, moves_left, empty):
    kinds = {moves_right: ">", moves_left: "<", empty: "."}
    colours = {">": moves_right, "<": moves_left}
    row = "".join(kinds[cell] for cell in start)
    home = "".join(kinds[cell] for cell in goal)
    came_from = {row: None}
    ahead = [row]
    while ahead:
        row = ahead.pop()
        if row == home:
            moves = []
            while came_from[row] is not None:
                move, row = came_from[row]
                moves.append(move)
            return moves[::-1]
        gap = row.index(".")
        sources = []
        if row[:gap].endswith(">"):
            sources.append(gap - 1)
        if row[:gap].endswith("><"):
            sources.append(gap - 2)
        if row[gap + 1 :].startswith("<"):
            sources.append(gap + 1)
        if row[gap + 1 :].startswith("><"):
            sources.append(gap + 2)
        for source in sources:
            cells = list(row)
            cells[gap], cells[source] = cells[source], "."
            after = "".join(cells)
            left, right = after.split(".")
            locked = "<<" in left.lstrip("<") or ">>" in right.rstrip(">")
            if not locked and after not in came_from:
                came_from[after] = ([colours[row[source]], source, gap], row)
                ahead.append(after)
    return "impossible"

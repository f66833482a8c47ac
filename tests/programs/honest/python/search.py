# A breadth-first search with a deque and a set, and a search by cost with heapq.
# value: [7, ["goose", "", "fox", "goose", "beans", "", "goose"], 3]
import heapq
from collections import defaultdict, deque

ITEMS = ("fox", "goose", "beans")


def safe(state):
    boat, fox, goose, beans = state
    return goose == boat or (goose != fox and goose != beans)


def crossing():
    start, goal = (0, 0, 0, 0), (1, 1, 1, 1)
    queue, seen = deque([(start, [])]), {start}
    while queue:
        state, path = queue.popleft()
        if state == goal:
            return path
        for index, item in enumerate(("", *ITEMS)):
            if index and state[index] != state[0]:
                continue
            new = list(state)
            new[0] = 1 - new[0]
            if index:
                new[index] = new[0]
            if safe(new) and tuple(new) not in seen:
                seen.add(tuple(new))
                queue.append((tuple(new), [*path, item]))
    return None


def cheapest(edges, start, goal):
    graph = defaultdict(list)
    for a, b, cost in edges:
        graph[a].append((b, cost))
    heap, known = [(0, start)], {}
    while heap:
        cost, node = heapq.heappop(heap)
        if node in known:
            continue
        known[node] = cost
        for other, more in graph[node]:
            heapq.heappush(heap, (cost + more, other))
    return known[goal]


def solve(n):
    path = crossing()
    return [len(path), path, cheapest([("a", "b", 1), ("b", "c", 2), ("a", "c", 9)], "a", "c")]

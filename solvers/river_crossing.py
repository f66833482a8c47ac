"""A shortest solution by breadth-first search over counts: which pair is where does not matter, only how many are.

A situation counts the pairs by where actor and agent are: (both left, only the actor left, only the agent left, both
right), with the side of the boat. Names are given to the crossings of the shortest path afterwards.
"""

from collections import deque


def safe(both, actor_left, agent_left, neither):
    """No actor without his agent is on a bank where there is an agent."""
    agents_on_left, agents_on_right = both + agent_left, neither + actor_left
    return not (actor_left and agents_on_left) and not (agent_left and agents_on_right)


def loads(here, capacity):
    """How many to take of: whole pairs; actors of pairs; agents of pairs; lone actors; lone agents."""
    both, lone_actors, lone_agents = here
    for pairs in range(min(both, capacity // 2) + 1):
        for actors in range(min(both - pairs, capacity - 2 * pairs) + 1):
            room = capacity - 2 * pairs - actors
            for agents in range(min(both - pairs - actors, room) + 1):
                for a in range(min(lone_actors, room - agents) + 1):
                    for b in range(min(lone_agents, room - agents - a) + 1):
                        if pairs + actors + agents + a + b:
                            yield pairs, actors, agents, a, b


def cross(situation, load):
    """The situation after a crossing. Seen from the boat's bank both directions are the same."""
    both, actor_left, agent_left, neither, boat_left = situation
    if not boat_left:
        both, actor_left, agent_left, neither = neither, agent_left, actor_left, both
    pairs, actors, agents, a, b = load
    after = (
        both - pairs - actors - agents,
        actor_left - a + agents,
        agent_left - b + actors,
        neither + pairs + a + b,
    )
    if not boat_left:
        after = (after[3], after[2], after[1], after[0])
    return (*after, not boat_left)


def shortest(first, goal, capacity):
    """The loads of a shortest solution, or None."""
    came_from = {first: None}
    queue = deque([first])
    while queue:
        situation = queue.popleft()
        if situation == goal:
            path = []
            while came_from[situation]:
                situation, load = came_from[situation]
                path.append(load)
            return path[::-1]
        both, actor_left, agent_left, neither, boat_left = situation
        here = (both, actor_left, agent_left) if boat_left else (neither, agent_left, actor_left)
        for load in loads(here, capacity):
            after = cross(situation, load)
            if after not in came_from and safe(*after[:4]):
                came_from[after] = (situation, load)
                queue.append(after)
    return None


def by_situation(people, here):
    """Whole pairs, lone actors and lone agents among those who are here."""
    both = [pair for pair in people if pair[0] in here and pair[1] in here]
    lone_actors = [actor for actor, agent in people if actor in here and agent not in here]
    lone_agents = [agent for actor, agent in people if agent in here and actor not in here]
    return both, lone_actors, lone_agents


def solve(pair_count, capacity, actors, agents, banks, left, boat):
    people = list(zip(actors, agents, strict=True))
    everybody, on_left = set(actors) | set(agents), set(left)
    boat_left = boat == banks[0]
    both, actor_left, agent_left = map(len, by_situation(people, on_left))
    first = (both, actor_left, agent_left, pair_count - both - actor_left - agent_left, boat_left)
    path = shortest(first, (0, 0, 0, pair_count, False), capacity)
    if path is None:
        return "impossible"
    crossings = []
    for whole, some_actors, some_agents, alone, left_behind in path:
        both, lone_actors, lone_agents = by_situation(people, on_left if boat_left else everybody - on_left)
        load = [name for pair in both[:whole] for name in pair]
        load += [actor for actor, _ in both[whole : whole + some_actors]]
        load += [agent for _, agent in both[whole + some_actors : whole + some_actors + some_agents]]
        load += lone_actors[:alone] + lone_agents[:left_behind]
        on_left ^= set(load)
        boat_left = not boat_left
        crossings.append(load)
    return crossings

# Random numbers with a seed are the same each time; without one they are within bounds.
# value: [0.13436424411240122, [1, 2, 3, 4, 5], true, true]
import random
import secrets
import uuid


def solve(n):
    random.seed(1)
    first = random.random()
    cards = list(range(1, n + 1))
    random.shuffle(cards)
    again = random.Random(7)
    same = again.sample(range(100), 10) == random.Random(7).sample(range(100), 10)
    within = random.randint(1, 6) in range(1, 7) and secrets.randbelow(6) < 6 and len(uuid.uuid4().hex) == 32
    return [first, sorted(cards), same, within and random.choice("abc") in "abc"]

# A hundred megabytes, and a list of a million items.
# value: [104857600, 1000000, 500000]
# seconds: 3
def solve(n):
    block = bytearray(100 << 20)
    numbers = list(range(1_000_000))
    table = {number: str(number) for number in range(100_000)}
    return [len(block), len(numbers), sum(1 for number in numbers if number % 2) if table else 0]

# A returned value of 1.5 MB.
# printed: done\n
# seconds: 3
def solve(n):
    print("done")
    return [(number % 20 + 1, number % 3, (number + 1) % 3) for number in range(120_000)]

# Half a second of computing: primes below three million by a sieve, and a loop.
# value: [216816, 62499987500000]
# seconds: 4
def solve(n):
    limit = 3_000_000
    prime = bytearray([1]) * limit
    prime[0] = prime[1] = 0
    for i in range(2, int(limit**0.5) + 1):
        if prime[i]:
            prime[i * i :: i] = bytes(len(range(i * i, limit, i)))
    total = 0
    for i in range(0, 5_000_000):
        total += i * n
    return [sum(prime), total]

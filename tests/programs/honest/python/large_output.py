# Fifty thousand printed lines beside a returned value.
# value: 50000
# seconds: 3
def solve(n):
    for number in range(50_000):
        print(f"Move disk {number} from peg 0 to peg 2")
    return 50_000

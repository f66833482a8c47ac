# Decimals, fractions, large integers, complex numbers and the math library.
# value: ["0.3", "5/6", 1267650600228229401496703205376, 1000, [3, 4], 5.0, 12, [2, 1], 10, true, 2.5, -3]
import cmath
import math
from decimal import Decimal, getcontext
from fractions import Fraction


def solve(n):
    getcontext().prec = 50
    return [
        str(Decimal("0.1") + Decimal("0.2")),
        str(Fraction(1, 2) + Fraction(1, 3)),
        2**100,
        len(str(10**999)),
        [int(math.isqrt(10)), math.ceil(3.2)],
        abs(3 + 4j),
        math.lcm(4, 6),
        list(divmod(n, 2)),
        math.comb(n, 2),
        math.isclose(cmath.phase(-1), math.pi),
        n / 2,
        -n // 2,
    ]

# Imports of many kinds from the standard library, and a little use of each.
# value: [120, 3.0, [1, 2], "b", {"a": 2}, "2020-01-01", "Hello, Bob", true, 12, "a-b", "1 0"]
import collections
import collections.abc
import copy as cp
import datetime as dt
import itertools, operator
import math
import os.path
import string
from functools import partial, reduce
from math import *
from typing import Any

import concurrent.futures
import unittest
import xml.etree.ElementTree as ET


def solve(n: int) -> list[Any]:
    counts = collections.Counter("aa")
    return [
        math.factorial(n),
        sqrt(9),
        cp.copy([1, 2]),
        max("ab", key=ord),
        dict(counts),
        dt.date(2020, 1, 1).isoformat(),
        string.Template("Hello, $name").substitute(name="Bob"),
        isinstance([], collections.abc.Sequence),
        partial(operator.mul, 3)(4),
        reduce(lambda a, b: f"{a}-{b}", "ab"),
        " ".join(str(bit) for bit in itertools.islice(itertools.cycle([1, 0]), 2)),
    ]

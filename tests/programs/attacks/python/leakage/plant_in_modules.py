# Leaves marks in builtins, in modules and in their functions.
# pair: look_in_modules
import builtins
import json
import math
import string
import sys


def solve(target):
    builtins.mark = math.mark = json.mark = sys.mark = "was here"
    math.pi = 3
    string.digits = "was here"
    json.dumps = math.sqrt = lambda *_, **__: "was here"
    sys.modules["mark"] = math
    json.decoder.JSONDecoder.mark = "was here"
    return "planted"

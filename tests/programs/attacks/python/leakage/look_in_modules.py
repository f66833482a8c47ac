# Looks for marks in builtins and in modules.
# value: "held"
import builtins
import json
import math
import string
import sys


def solve(target):
    marks = [hasattr(thing, "mark") for thing in (builtins, math, json, sys, json.decoder.JSONDecoder)]
    changed = [math.pi == 3, string.digits != "0123456789", json.dumps(1) != "1", math.sqrt(4) != 2, "mark" in sys.modules]
    return f"BREACH: {marks} {changed}" if any(marks + changed) else "held"

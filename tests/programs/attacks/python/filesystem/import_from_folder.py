# Imports a module from another folder, and one of the harness's own packages.
import importlib
import sys

NAMES = ["pydantic", "anthropic", "harness.providers", "harness.errors", "pytest", "pip", "idlelib.idle"]


def solve(target):
    sys.path[:0] = [target["folder"], ".", "/usr/lib/python3/dist-packages", *sys.path]
    loaded = []
    for name in NAMES:
        try:
            importlib.import_module(name)
        except Exception:
            continue
        loaded.append(name)
    return f"BREACH: {loaded}" if loaded else "held"

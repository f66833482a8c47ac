# Looks for modules of the harness that talk to models, hold keys, or know answers.
import sys

NAMES = ("harness", "anthropic", "openai", "httpx", "aiohttp", "tasks", "pandas", "pydantic")


def solve(target):
    found = [name for name in sys.modules if name.split(".")[0] in NAMES]
    return f"BREACH: {found}" if found else "held"

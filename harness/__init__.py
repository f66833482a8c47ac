"""Pegboard finds out whether a language model reasons or recites.

These names are all that a task's author imports; ``docs/adding-a-task.md`` shows them at work.
"""

from importlib.metadata import PackageNotFoundError, version

from harness.search import certify
from harness.task import (
    IMPOSSIBLE,
    Arguments,
    Certificate,
    Disguise,
    IllegalMove,
    Instance,
    Json,
    MalformedMove,
    Puzzle,
    UnknownDistance,
)

try:
    __version__ = version("pegboard")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+source"

__all__ = [
    "IMPOSSIBLE",
    "Arguments",
    "Certificate",
    "Disguise",
    "IllegalMove",
    "Instance",
    "Json",
    "MalformedMove",
    "Puzzle",
    "UnknownDistance",
    "__version__",
    "certify",
]

"""Runs one program, inside the component. Baked in with the modules that it imports and the usual standard library.

Nothing that comes from here is believed: it is data for the referee.
"""
# mypy: ignore-errors
# Its imports are its neighbours only once they are baked in together.

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import sys
from collections.abc import Callable

import preload
import python_program
from ending import Ending, Failed

for _name in preload.USUAL.split():
    with contextlib.suppress(ImportError):  # what needs threads, signals or C libraries that WebAssembly lacks
        importlib.import_module(_name)
sys.path_importer_cache.clear()
gc.collect()
gc.freeze()  # a collection would touch, and so copy, all that the library holds


class WitWorld:
    """The component's functions, by the name that componentize-py looks for."""

    def load(self, source: str) -> str:
        sys.path.clear()  # nothing lies there any more; before, componentize-py still imports from it
        python_program.prepare()

        def loaded() -> None:
            python_program.load(json.loads(source))

        return _told(loaded)

    def call(self, arguments: str) -> str:
        return _told(lambda: python_program.call(sys.modules["solution"], json.loads(arguments)))


def _told(part: Callable[[], Ending | None]) -> str:
    try:
        ending = part()
    except Failed as failure:
        ending = failure.ending
    except MemoryError:
        ending = Ending("resource", "the program ran out of memory", limit="memory")
    except BaseException as error:  # whatever a program raises is its own failure
        ending = Ending("runtime_error", f"{type(error).__name__}: {error}")
    with contextlib.suppress(BaseException):
        sys.stdout.flush()
    return "" if ending is None else "".join([ending.frame(), "\n", *(ending.value or [])])

"""Runs one program, inside the component. Baked in with the modules that it imports and the usual standard library.

Nothing that comes from here is believed: it is data for the referee.
"""
# mypy: ignore-errors
# Its imports are its neighbours only once they are baked in together; python_program offers no seam between loading and
# calling yet, so its parts are called by their own names.

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import random
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
        return _told(lambda: _load(json.loads(source)))

    def call(self, arguments: str) -> str:
        return _told(lambda: _call(json.loads(arguments)))


def _load(source: str) -> None:
    random.seed(0)
    python_program._loaded(source)


def _call(arguments: dict[str, object]) -> Ending:
    module = sys.modules["solution"]
    function = python_program._entry_point(module, list(arguments))
    if function is None:
        found = python_program._found_instead(module)
        raise Failed("entry_point", f"no function solve({', '.join(arguments)}) is defined{found}")
    name = getattr(function, "__name__", "solve")
    python_program._check_signature(function, name, arguments)
    value = python_program._guarded(lambda: python_program._consumed(function(*arguments.values())))
    pieces = None if value is None else python_program._guarded(lambda: python_program._pieces(value))
    return Ending("ok", entry_point=name, value=pieces)


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

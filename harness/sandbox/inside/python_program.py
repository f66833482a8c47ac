"""Loads a Python program, calls its function, and writes down what it returns."""

from __future__ import annotations

import _sitebuiltins
import builtins
import contextlib
import errno
import inspect
import io
import json
import os
import random
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ending import Ending, Failed

FILE = "<program>"
DEEPEST_RECURSION = 20_000
PIECE = 10_000
"""Items of a returned list that are written down at a time."""

WALLS = {errno.EACCES: "files", errno.EAGAIN: "processes", errno.ENETUNREACH: "network", errno.EPERM: None}
"""What the kernel answers to a program that tries what it may not, and which wall that was: see seccomp.py."""


def prepare() -> None:
    """What every program finds, made once before a child inherits it: streams of its own, and no environment."""
    sys.setrecursionlimit(DEEPEST_RECURSION)
    os.environ.clear()
    output = io.FileIO(1, "w", closefd=False)
    sys.stdout = sys.__stdout__ = io.TextIOWrapper(io.BufferedWriter(output, 1 << 16), "utf-8", "backslashreplace")
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(io.BytesIO())
    for name in ("exit", "quit"):  # as the interpreter offers them
        setattr(builtins, name, _sitebuiltins.Quitter(name, ""))


def run(source: str, arguments: Mapping[str, Any], _memory_mb: int) -> Ending:
    """Only what is printed while the function is called counts: what a program prints while it is loaded, such as an
    example, goes nowhere. Descriptor 2 must lead nowhere."""
    kept = os.dup(1)
    os.dup2(2, 1)
    module = load(source)
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
    os.dup2(kept, 1)
    os.close(kept)
    return call(module, arguments)


def call(module: types.ModuleType, arguments: Mapping[str, Any]) -> Ending:
    """Call the program's function. Raises Failed with the name of any other ending."""
    function = _entry_point(module, list(arguments))
    if function is None:
        raise Failed("entry_point", f"no function solve({', '.join(arguments)}) is defined{_found_instead(module)}")
    name = getattr(function, "__name__", "solve")
    _check_signature(function, name, arguments)
    value = _guarded(lambda: _consumed(function(*arguments.values())))
    pieces = None if value is None else _guarded(lambda: _pieces(value))
    return Ending("ok", entry_point=name, value=pieces)


def load(source: str) -> types.ModuleType:
    """The program as a module that is not ``__main__``: examples under that guard are not its answer."""
    random.seed(0)
    module = types.ModuleType("solution")
    sys.modules["solution"] = module  # dataclasses look their module up there
    try:
        code = compile(source, FILE, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise Failed("syntax", f"line {error.lineno}: {error.msg}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise Failed("syntax", f"{type(error).__name__}: {error}") from None
    with contextlib.suppress(SystemExit):
        _guarded(lambda: exec(code, module.__dict__))  # noqa: S102 - this process exists to do so
    return module


def _guarded(call: Callable[[], Any]) -> Any:
    """Run a piece of the program; name its failure."""
    try:
        return call()
    except (Failed, SystemExit):
        raise
    except MemoryError:
        raise Failed("resource", "the program ran out of memory", "memory") from None
    except BaseException as error:
        raise _failure(error) from None


def _failure(error: BaseException) -> Failed:
    number = error.errno if isinstance(error, OSError) else None
    if number in WALLS:
        return Failed("forbidden", _told(error), WALLS[number])
    if number == errno.EMFILE:
        return Failed("resource", _told(error), "descriptors")
    if type(error) is RuntimeError and error.args == ("can't start new thread",):
        return Failed("forbidden", _told(error), "processes")
    return Failed("runtime_error", _told(error))


def _told(error: BaseException) -> str:
    """The error with the program's line at which it was raised."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILE:
            line = trace.tb_lineno
        trace = trace.tb_next
    try:
        words = str(error)
    except BaseException:  # a program may raise an error that cannot be shown
        words = "(its message cannot be shown)"
    return f"{f'line {line}: ' if line else ''}{type(error).__name__}: {words}"


def _functions(module: types.ModuleType) -> list[types.FunctionType]:
    return [
        value
        for value in list(module.__dict__.values())
        if isinstance(value, types.FunctionType) and value.__code__.co_filename == FILE and value.__name__ != "<lambda>"
    ]


def _entry_point(module: types.ModuleType, arguments: list[str]) -> Callable[..., Any] | None:
    """``solve``; else the only function; else the last whose parameters have the arguments' names, or that takes as
    many and is not called by another."""
    solve = module.__dict__.get("solve")
    if callable(solve):
        return solve  # type: ignore[no-any-return]
    found = _functions(module)
    if len(found) == 1:
        return found[0]
    named = [function for function in found if _parameters(function) == arguments]
    fitting = [function for function in found if len(_parameters(function)) == len(arguments)]
    called = {name for function in found for name in function.__code__.co_names if name != function.__name__}
    outermost = [function for function in fitting if function.__name__ not in called]
    for choice in (named, outermost, fitting):
        if choice:
            return choice[-1]
    return None


def _parameters(function: Callable[..., Any]) -> list[str]:
    try:
        return list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return []


def _found_instead(module: types.ModuleType) -> str:
    names = [function.__name__ for function in _functions(module)]
    return f"; found {', '.join(names)}" if names else ""


def _check_signature(function: Callable[..., Any], name: str, arguments: Mapping[str, Any]) -> None:
    if isinstance(function, types.FunctionType):
        code = function.__code__
        if code.co_argcount == len(arguments) and not code.co_kwonlyargcount:
            return  # a look at the signature costs a tenth of an execution
    try:
        signature = inspect.signature(function, follow_wrapped=False)
    except (TypeError, ValueError):
        return
    try:
        signature.bind(*arguments.values())
    except TypeError as error:
        reason = f"{name}{signature} cannot be called as {name}({', '.join(arguments)}): {error}"
        raise Failed("entry_point", reason) from None


def _consumed(value: Any) -> Any:
    """A generator or another lazy sequence as a list; plain data stays as it is."""
    if value is None or isinstance(value, (str, int, float, bool, dict, list, tuple)):
        return value
    if isinstance(value, (set, frozenset, bytes)) or not hasattr(value, "__iter__"):
        raise Failed("bad_return", f"the function returned a value of type {type(value).__name__}")
    return list(value)


def _pieces(value: Any) -> Sequence[str]:
    """JSON text, a long list piece by piece, so that a million moves fit into memory."""
    if not isinstance(value, (list, tuple)):
        return [_encoded(value)]
    parts = [_encoded(list(value[start : start + PIECE]))[1:-1] for start in range(0, len(value), PIECE)]
    return ["[", *(f", {part}" if index else part for index, part in enumerate(parts)), "]"]


def _encoded(value: Any, _dumps: Callable[..., str] = json.dumps) -> str:
    try:
        return _dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise Failed("bad_return", f"the returned value is not plain data: {error}") from None

"""Runs one program, inside a process of its own: started by ``process.py``, never imported by it.

Standard input brings one request as JSON; standard output takes what the program prints; descriptor RESULT takes
frames, one JSON value a line:

    "ready"                                           the walls are up; the program has not been touched
    {"ending": ..., "reason": ..., "entry_point": ..., "loaded": characters printed while loading}
    the value's JSON text, after an "ok" with a value

Nothing sent from here is believed; see ``process.py``.
"""

import ast
import contextlib
import ctypes
import importlib
import inspect
import io
import json
import os
import resource
import signal
import sys
import types

RESULT = 3
UNUSED_ID = 64_534
USUAL = ("collections", "functools", "heapq", "itertools", "math", "random", "re", "string", "typing", "dataclasses", "copy")
NEVER = {"antigravity", "this", "idlelib", "tkinter", "turtle", "turtledemo"}
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


class Failed(Exception):
    """The program failed in a way that has a name."""

    def __init__(self, ending, reason, limit=None):
        super().__init__(reason)
        self.ending, self.reason, self.limit = ending, reason, limit


def main():
    request = json.loads(sys.stdin.buffer.read())
    sys.path.extend(request["path"])
    language = request["language"]
    source = request["source"]
    if language == "python":
        preload(source)
    else:
        importlib.import_module("lupa.lua54")
    raise_walls(request["limits"])
    say("ready")
    try:
        run = run_python if language == "python" else run_lua
        run(source, request["arguments"], request["limits"])
    except Failed as failure:
        finish(failure.ending, failure.reason, limit=failure.limit)
    except MemoryError:
        finish("resource", "the program ran out of memory", limit="memory")
    except BaseException as error:
        finish("runtime_error", f"{type(error).__name__}: {error}")


def preload(source):
    """Import what the program's import lines name while the files can still be read."""
    wanted = set(USUAL)
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Import):
                wanted.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                wanted.add(node.module)
    for name in sorted(wanted):
        if name.split(".")[0] in sys.stdlib_module_names - NEVER:
            with contextlib.suppress(Exception):
                importlib.import_module(name)


def raise_walls(limits):
    """Limits that the kernel keeps. Each holds alone: what a machine does not offer is passed over."""
    libc = ctypes.CDLL(None, use_errno=True)
    if os.getuid() != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)
    else:
        libc.unshare(CLONE_NEWNET)
    cpu = max(1, int(limits["cpu_seconds"] + 0.999))
    memory = limits["memory_mb"] << 20
    for kind, soft, hard in (
        (resource.RLIMIT_CPU, cpu, cpu + 1),
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, 16, 16),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(kind, (soft, hard))
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(UNUSED_ID, UNUSED_ID, UNUSED_ID)
        os.setresuid(UNUSED_ID, UNUSED_ID, UNUSED_ID)
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def say(value):
    write(json.dumps(value) + "\n")


def write(text):
    rest = memoryview(text.encode("utf-8", "surrogatepass"))
    while rest:
        rest = rest[os.write(RESULT, rest) :]


def finish(ending, reason="", *, limit=None, entry_point=None, loaded=0, value=None):
    """Send the last frames and end without running anything that the program may have left behind."""
    with contextlib.suppress(Exception):
        sys.stdout.flush()
    reason = reason.encode("utf-8", "replace").decode()[:2000]
    say({"ending": ending, "reason": reason, "limit": limit, "entry_point": entry_point, "loaded": loaded})
    if value is not None:
        for chunk in value:
            write(chunk)
        write("\n")
    os._exit(0)


# -- Python ----------------------------------------------------------------------------------------------------------


def run_python(source, arguments, limits):
    sys.setrecursionlimit(20_000)
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False).__class__(1, "w"), "utf-8", "backslashreplace")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False), 1 << 16), "utf-8", "backslashreplace")
    sys.stdin = io.StringIO("")
    module = types.ModuleType("solution")
    sys.modules["solution"] = module
    counted = sys.stdout.buffer
    try:
        code = compile(source, "<program>", "exec")
    except SyntaxError as error:
        raise Failed("syntax", f"line {error.lineno}: {error.msg}") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise Failed("syntax", f"{type(error).__name__}: {error}") from error
    guarded(lambda: exec(code, module.__dict__), allow_exit=True)
    sys.stdout.flush()
    loaded = printed_so_far(counted)
    function = entry_point(module, list(arguments))
    if function is None:
        if loaded:
            finish("ok", loaded=0)
        raise Failed("entry_point", f"no function solve({', '.join(arguments)}) was defined{found_instead(module)}")
    name = function.__name__
    try:
        inspect.signature(function).bind(*arguments.values())
    except TypeError as error:
        wanted = ", ".join(arguments)
        raise Failed("entry_point", f"{name}{inspect.signature(function)} cannot be called with ({wanted}): {error}") from error
    except ValueError:
        pass
    value = guarded(lambda: consumed(function(*arguments.values())))
    sys.stdout.flush()
    finish("ok", entry_point=name, loaded=loaded, value=None if value is None else encoded(value))


def printed_so_far(buffer):
    """Bytes written to standard output up to now; 0 where the pipe cannot tell."""
    return COUNT[0]


COUNT = [0]


class Counting(io.FileIO):
    """Standard output that knows how much went through it."""

    def write(self, data):
        written = super().write(data)
        COUNT[0] += written
        return written


def guarded(call, *, allow_exit=False):
    try:
        return call()
    except SystemExit:
        if allow_exit:
            return None
        raise Failed("runtime_error", "the program called exit()") from None
    except MemoryError:
        raise Failed("resource", "the program ran out of memory", "memory") from None
    except (PermissionError, BlockingIOError) as error:
        raise Failed("forbidden", f"{where(error)}{type(error).__name__}: {error}") from None
    except OSError as error:
        ending = "forbidden" if error.errno in (1, 11, 13, 24, 27, 30, 101) else "runtime_error"
        raise Failed(ending, f"{where(error)}{type(error).__name__}: {error}") from None
    except Failed:
        raise
    except BaseException as error:
        raise Failed("runtime_error", f"{where(error)}{type(error).__name__}: {error}") from None


def where(error):
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<program>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return f"line {line}: " if line else ""


def functions(module):
    return [
        value
        for value in module.__dict__.values()
        if isinstance(value, types.FunctionType) and value.__code__.co_filename == "<program>" and value.__name__ != "<lambda>"
    ]


def entry_point(module, names):
    """``solve``; else the only function; else the last one that takes as many arguments as there are."""
    solve = module.__dict__.get("solve")
    if callable(solve):
        return solve
    found = functions(module)
    if len(found) == 1:
        return found[0]
    fitting = [function for function in found if function.__code__.co_argcount == len(names)]
    return fitting[-1] if fitting else None


def found_instead(module):
    names = [function.__name__ for function in functions(module)]
    return f"; found {', '.join(names)}" if names else ""


def consumed(value):
    """Lists instead of tuples, generators and ranges, at the top; plain data stays as it is."""
    if value is None or isinstance(value, (str, int, float, bool, dict)):
        return value
    if isinstance(value, (list, tuple)):
        return value
    if isinstance(value, (set, frozenset)) or not hasattr(value, "__iter__"):
        raise Failed("bad_return", f"the function returned a value of type {type(value).__name__}")
    return list(value)


def encoded(value):
    """JSON text in pieces, a long list item by item. Raises Failed for what is not plain data."""
    pieces = encode_list(value) if isinstance(value, (list, tuple)) else [encode(value)]
    return pieces


def encode(value, _dumps=json.dumps):
    try:
        return _dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise Failed("bad_return", f"the returned value is not plain data: {error}") from None


def encode_list(value):
    pieces, separator = [], "["
    for start in range(0, len(value), 10_000):
        part = encode(list(value[start : start + 10_000]))
        pieces.append(separator + part[1:-1])
        separator = ", "
    pieces.append("]" if value else "[]")
    return pieces


# -- Lua -------------------------------------------------------------------------------------------------------------


def run_lua(source, arguments, limits):
    from lupa import lua54

    with open_prelude() as prelude:
        prelude_source = prelude
    memory = limits["memory_mb"] << 20
    runtime = lua54.LuaRuntime(
        encoding=None,
        register_eval=False,
        register_builtins=False,
        unpack_returned_tuples=True,
        attribute_filter=deny,
        max_memory=memory // 4 * 3,
    )
    errors = (lua54.LuaError, lua54.LuaMemoryError)
    prepare = runtime.execute(prelude_source)
    sink = io.FileIO(1, "w", closefd=False)
    try:
        result = prepare(source.encode("utf-8", "surrogatepass"), lua_arguments(runtime, arguments), ",".join(arguments).encode())
    except lua54.LuaMemoryError:
        raise Failed("resource", "the program ran out of memory", "memory") from None
    except errors as error:
        raise Failed("runtime_error", str(error)) from None
    ending, reason, name, loaded, printed, value = (result[i] for i in range(1, 7))
    del sink
    finish(text(ending), text(reason), limit=None, entry_point=text(name) or None, loaded=int(loaded), value=value)


def text(value):
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ("" if value is None else str(value))


def deny(_object, _name, _setting):
    raise AttributeError("not available to programs")


if __name__ == "__main__":
    main()

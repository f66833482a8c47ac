# Errors of all kinds, caught: chains, groups, own classes, finally, tracebacks, and a file that may not be opened.
# value: ["division by zero", "own: 5", "KeyError", ["else", "finally"], "ValueError", true, "no file", [1], "memory", "invalid literal"]
import traceback


class Own(Exception):
    def __init__(self, number):
        super().__init__(f"own: {number}")


def raised(function, *kinds):
    try:
        function()
    except (kinds or Exception) as error:
        return error
    return None


def chained():
    try:
        {}["x"]
    except KeyError as error:
        raise ValueError("bad") from error


def solve(n):
    log = []
    try:
        pass
    except Exception:
        log.append("except")
    else:
        log.append("else")
    finally:
        log.append("finally")

    def own():
        raise Own(n)

    try:
        chained()
    except ValueError as error:
        cause, text = type(error.__cause__).__name__, traceback.format_exc()
    try:
        with open("settings.json") as file:
            settings = file.read()
    except (FileNotFoundError, PermissionError, OSError):
        settings = "no file"
    try:
        raise ExceptionGroup("several", [ValueError(1), TypeError(2)])
    except* ValueError as group:
        numbers = [error.args[0] for error in group.exceptions]
    except* TypeError:
        pass
    try:
        bytearray((1 << 31) - 1)
    except MemoryError:
        memory = "memory"
    return [
        str(raised(lambda: 1 / 0)),
        str(raised(own, Own)),
        cause,
        log,
        type(raised(chained)).__name__,
        "ValueError: bad" in text,
        settings,
        numbers,
        memory,
        str(raised(lambda: int("x")))[:15],
    ]

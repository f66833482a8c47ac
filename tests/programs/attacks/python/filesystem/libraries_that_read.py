# Reads the secret file through parts of the library that read files on somebody's behalf.
import codecs
import importlib.machinery
import importlib.util
import io
import linecache
import tokenize


def solve(target):
    path = target["secret_file"]
    attempts = {
        "linecache": lambda: linecache.getlines(path),
        "loader": lambda: importlib.machinery.SourceFileLoader("x", path).get_data(path),
        "codecs": lambda: codecs.open(path).read(),
        "open_code": lambda: io.open_code(path).read(),
        "FileIO": lambda: io.FileIO(path).read(),
        "tokenize": lambda: tokenize.open(path).read(),
    }
    for name, attempt in attempts.items():
        try:
            found = attempt()
        except (OSError, SyntaxError):
            continue
        if found:
            return f"BREACH: {name} gives {found}"
    return "held"

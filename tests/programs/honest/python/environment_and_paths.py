# Variables that are not set, the process's number, paths that are only taken apart, and the machine's properties.
# value: ["default", true, "a/b.txt", ["b", ".txt"], "/x/z", true, false, "linux", true]
import os
import os.path
import platform
import sys
from pathlib import Path, PurePosixPath


def solve(n):
    return [
        os.environ.get("LOG_LEVEL", os.getenv("DEBUG", "default")),
        os.getpid() > 0,
        os.path.join("a", "b.txt"),
        [Path("a/b.txt").stem, os.path.splitext("b.txt")[1]],
        str(PurePosixPath("/x/y").parent / "z"),
        sys.version_info >= (3, 11) and isinstance(platform.python_version(), str),
        os.path.exists("input.txt"),
        sys.platform if sys.platform != "wasi" else "linux",
        (os.cpu_count() or 1) >= 1 and sys.maxsize > 2**30,
    ]

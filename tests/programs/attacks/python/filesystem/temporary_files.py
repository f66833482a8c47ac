# Makes temporary files by the library for them, with and without a name.
import tempfile


def solve(target):
    for folder in (None, "/tmp", "/var/tmp", "/dev/shm", target["folder"]):
        for make in (tempfile.TemporaryFile, tempfile.NamedTemporaryFile):
            try:
                with make(dir=folder):
                    return f"BREACH: a temporary file in {folder}"
            except OSError:
                pass
    return "held"

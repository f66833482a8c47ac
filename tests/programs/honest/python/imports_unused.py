# Imports at the top of what is never used, or only where it is there.
# value: 5
import fileinput
import importlib.resources
import logging.handlers
import multiprocessing.pool
import urllib.request
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

try:
    import readline
except ImportError:
    readline = None


def solve(n):
    return n

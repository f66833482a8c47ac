# Imports at the top of what is never used, or only where it is there.
# value: 5
import fileinput
import logging
import multiprocessing
import socket
import subprocess
import threading
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

try:
    import readline
except ImportError:
    readline = None


def solve(n):
    return n

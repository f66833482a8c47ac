"""The usual standard library, in memory before any program runs: afterwards no file can be opened.

What is not here cannot be imported: packages, what needs a file or a device, what only starts other programs or
servers, what is deprecated.
"""

from __future__ import annotations

import contextlib
import importlib
import sys

USUAL = """
    _sitebuiltins abc argparse array ast asyncio base64 binascii bisect builtins bz2 calendar cmath cmd code codecs
    collections collections.abc colorsys concurrent concurrent.futures concurrent.futures.thread configparser contextlib
    contextvars copy copyreg csv ctypes dataclasses datetime decimal difflib dis doctest email email.message
    email.mime.text encodings.ascii encodings.cp1252 encodings.idna encodings.latin_1 encodings.unicode_escape
    encodings.utf_16 encodings.utf_32 encodings.utf_8_sig enum errno faulthandler fnmatch fractions functools gc getopt
    getpass gettext glob graphlib gzip hashlib heapq hmac html html.entities html.parser http importlib importlib.util
    inspect io ipaddress itertools json json.decoder json.encoder keyword linecache locale logging lzma marshal math
    mimetypes multiprocessing ntpath numbers opcode operator optparse os os.path pathlib pickle pickletools pkgutil
    platform posixpath pprint profile cProfile pstats queue quopri random re reprlib resource sched secrets select
    selectors shelve shlex shutil signal socket sqlite3 ssl stat statistics string stringprep struct subprocess symtable
    sys sysconfig tarfile tempfile termios textwrap threading time timeit token tokenize tomllib trace traceback
    tracemalloc types typing unicodedata unittest unittest.mock urllib urllib.parse uuid warnings wave weakref
    xml xml.dom.minidom xml.etree.ElementTree xml.sax zipfile zipimport zlib zoneinfo
"""


def everything(lupa_folder: str) -> None:
    """Import it all; leave nothing on the path from which more could come."""
    for name in USUAL.split():
        with contextlib.suppress(ImportError):  # some builds of Python lack one or the other
            importlib.import_module(name)
    sys.path.append(lupa_folder)
    importlib.import_module("lupa.lua54")
    sys.path.clear()
    sys.path_importer_cache.clear()
    sys.argv[:] = ["solution.py"]

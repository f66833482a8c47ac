"""The usual standard library, in memory before any program runs: afterwards no file can be opened.

What is not here cannot be imported: packages, what is of no use without files or the network and takes much memory
(a megabyte here costs every execution a hundredth of its time), what needs a window, what is deprecated.
"""

from __future__ import annotations

import contextlib
import importlib
import sys

USUAL = """
    _sitebuiltins _strptime abc argparse array ast asyncio base64 binascii bisect builtins bz2 calendar cmath cmd code
    codecs collections collections.abc colorsys concurrent concurrent.futures concurrent.futures.thread configparser
    contextlib contextvars copy copyreg cProfile csv ctypes dataclasses datetime decimal difflib dis doctest enum
    errno faulthandler fileinput fnmatch fractions functools gc getopt getpass gettext glob graphlib grp gzip hashlib
    heapq hmac html html.entities html.parser importlib importlib.util inspect io ipaddress itertools json
    json.decoder json.encoder keyword linecache locale logging lzma marshal math multiprocessing ntpath numbers opcode
    operator optparse os os.path pathlib pickle pickletools pkgutil platform posixpath pprint profile pstats pwd queue
    quopri random re reprlib resource sched secrets select selectors shlex shutil signal socket stat statistics string
    stringprep struct subprocess symtable sys sysconfig tempfile termios textwrap threading time timeit token tokenize
    tomllib trace traceback tracemalloc types typing unicodedata unittest urllib urllib.parse uuid warnings wave
    weakref xml xml.etree.ElementTree xml.parsers.expat zipfile zipimport zlib zoneinfo
"""
CODECS = """
    ascii base64_codec bz2_codec charmap cp1250 cp1251 cp1252 cp437 cp850 hex_codec idna iso8859_1 iso8859_15 iso8859_2
    iso8859_5 koi8_r latin_1 mac_roman punycode quopri_codec raw_unicode_escape rot_13 undefined unicode_escape utf_16
    utf_16_be utf_16_le utf_32 utf_32_be utf_32_le utf_7 utf_8 utf_8_sig uu_codec zlib_codec
"""


def everything(lupa_folder: str) -> None:
    """Import it all; leave nothing on the path from which more could come."""
    for name in [*USUAL.split(), *(f"encodings.{codec}" for codec in CODECS.split())]:
        with contextlib.suppress(ImportError):  # some builds of Python lack one or the other
            importlib.import_module(name)
    sys.path.append(lupa_folder)
    importlib.import_module("lupa.lua54")
    sys.path.clear()
    sys.path_importer_cache.clear()
    sys.argv[:] = ["solution.py"]

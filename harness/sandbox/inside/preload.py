"""The usual standard library, in memory before any program runs: afterwards no file can be opened.

What is not here cannot be imported: packages, what needs a window or a device, what is deprecated. Much that is here
can do little without files and processes; programs import it all the same.
"""

from __future__ import annotations

import contextlib
import importlib
import sys

USUAL = """
    _sitebuiltins _strptime abc argparse array ast asyncio base64 binascii bisect builtins bz2 calendar cmath cmd code
    codecs collections collections.abc colorsys concurrent concurrent.futures concurrent.futures.process
    concurrent.futures.thread configparser contextlib contextvars copy copyreg cProfile csv ctypes dataclasses
    datetime dbm decimal difflib dis doctest email email.generator email.message email.mime.text enum errno
    faulthandler fileinput fnmatch fractions functools gc getopt getpass gettext glob graphlib gzip hashlib heapq hmac
    html html.entities html.parser http http.cookiejar importlib importlib.metadata importlib.readers
    importlib.resources importlib.util inspect io ipaddress itertools json json.decoder json.encoder keyword linecache
    locale logging logging.config logging.handlers lzma marshal math mimetypes multiprocessing multiprocessing.pool
    ntpath numbers opcode operator optparse os os.path pathlib pickle pickletools pkgutil platform posixpath pprint
    profile pstats queue quopri random re reprlib resource sched secrets select selectors shelve shlex shutil signal
    socket sqlite3 ssl stat statistics string stringprep struct subprocess symtable sys sysconfig tarfile tempfile
    termios textwrap threading time timeit token tokenize tomllib trace traceback tracemalloc types typing unicodedata
    unittest unittest.mock urllib urllib.parse urllib.request uuid warnings wave weakref xml xml.dom.expatbuilder
    xml.dom.minidom xml.etree.ElementTree xml.parsers.expat xml.sax zipfile zipimport zlib zoneinfo
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

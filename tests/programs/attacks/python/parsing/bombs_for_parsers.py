# Feeds the parsers of the library with nesting without end: each may fail, none may take the process along unnamed.
# ends: ok, runtime_error, resource, timeout
import ast
import json
import re
import xml.etree.ElementTree


def solve(target):
    deep = 200_000
    for parse in (
        lambda: json.loads("[" * deep),
        lambda: ast.literal_eval("(" * deep),
        lambda: eval("-" * deep + "1"),
        lambda: re.compile("(" * deep),
        lambda: compile("a" + ".b" * deep, "x", "eval"),
        lambda: xml.etree.ElementTree.fromstring("<a>" * deep),
        lambda: int("9" * deep),
    ):
        try:
            parse()
        except (Exception, RecursionError, MemoryError):
            pass
    return "held"

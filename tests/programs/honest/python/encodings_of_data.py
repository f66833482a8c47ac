# Data written and read in memory: json, csv, struct, base64, hashlib, zlib, pickle, xml, zip.
# value: [{"a": [1, 2.5, null, true]}, [["x", "1"], ["y, z", "2"]], [5, 6], "aGVsbG8=", "2cf24dba", "hello", [1, [2]], "text", "inside", 255, "é"]
import base64
import csv
import hashlib
import io
import json
import pickle
import struct
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib


def solve(n):
    table = io.StringIO()
    csv.writer(table).writerows([["x", 1], ["y, z", 2]])
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("name", "inside")
    return [
        json.loads(json.dumps({"a": [1, 2.5, None, True]}, indent=2, sort_keys=True)),
        list(csv.reader(io.StringIO(table.getvalue()))),
        list(struct.unpack("<ih", struct.pack("<ih", n, 6))),
        base64.b64encode(b"hello").decode(),
        hashlib.sha256(b"hello").hexdigest()[:8],
        zlib.decompress(zlib.compress(b"hello" * 1000))[:5].decode(),
        pickle.loads(pickle.dumps([1, [2]])),
        ElementTree.fromstring("<a><b>text</b></a>").findtext("b"),
        zipfile.ZipFile(archive).read("name").decode(),
        int.from_bytes(b"\xff", "big"),
        "é".encode("latin-1").decode("latin-1"),
    ]

# Regular expressions, text methods, and the modules about characters.
# value: [["2024", "02", "29"], "Bob is 5", ["a", "b", "c"], "x-y", "HELLO Hello hello", ["the", "fox"], "LATIN SMALL LETTER E WITH ACUTE", 26, "olleh", ["ab", "cd"], {"a": "1", "b": "22"}, "&lt;b&gt;"]
import html
import re
import string
import textwrap
import unicodedata


def solve(n):
    pattern = re.compile(r"(?P<year>\d{4})-(\d\d)-(\d\d)", re.IGNORECASE)
    return [
        list(pattern.fullmatch("2024-02-29").groups()),
        re.sub(r"\$(\w+)", lambda match: {"name": "Bob", "age": str(n)}[match[1]], "$name is $age"),
        re.split(r"[,;]\s*", "a, b;c"),
        "x y".translate(str.maketrans(" ", "-")),
        " ".join(["hello".upper(), "hello".title(), "HELLO".lower()]),
        [word for word in "the (quick) fox".split() if word.isalpha()],
        unicodedata.name("é"),
        len(string.ascii_lowercase),
        "hello"[::-1],
        textwrap.wrap("ab cd", 2),
        dict(re.findall(r"(\w+)=(\w+)", "a=1, b=22")),
        html.escape("<b>"),
    ]

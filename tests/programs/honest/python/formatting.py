# Texts put together: f-strings, format specifications, percent signs, joins and tables.
# value: ["    5|5    |  5  |00005", "3.14", "1,000,000", "50.0%", "n=5", "0b101 0x1f", "a: 1", "1.5e+10", "x 2", "5 {}", "ab\ncd", "'é'"]
import textwrap


def solve(n):
    point = {"a": 1}
    return [
        f"{n:5}|{n:<5}|{n:^5}|{n:05d}",
        "%.2f" % 3.14159,
        f"{10**6:,}",
        "{:.1%}".format(0.5),
        f"{n=}",
        f"{n:#b} {31:#x}",
        "a: {0[a]}".format(point),
        f"{1.5e10:.1e}",
        "%s %(b)d" % point if False else "%s %d" % ("x", 2),
        f"{n} {{}}",
        textwrap.dedent("""
            ab
            cd
        """).strip(),
        repr("é"),
    ]

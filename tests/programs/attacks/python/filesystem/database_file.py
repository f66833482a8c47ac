# Opens files by SQLite, and attaches a second database.
import sqlite3


def solve(target):
    database = sqlite3.connect(":memory:")
    try:
        database.execute("attach ? as other", (target["folder"] + "/other.db",))
        database.execute("create table other.t (x)")
    except sqlite3.Error:
        return "held"
    return "BREACH: a database file was made"

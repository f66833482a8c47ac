# Texts that are not ASCII, returned, as values and keys.
# value: {"ключ": ["é", "🙂", "\u0000", "日本", "\u2028", "\u007f"], "naïve": 3}
def solve(n):
    return {"ключ": ["é", "🙂", "\0", "日本", "\u2028", "\x7f"], "naïve": len("日本語")}

# Texts as bytes and back, in the encodings that programs name.
# value: ["\u00e9", "Uryyb", "6869", "\u00e9", "\u00e9", "\u00e9", "aGk=", "\\xe9", "?"]
import codecs


def solve(n):
    return [
        "\u00e9".encode("iso-8859-1").decode("latin1"),
        codecs.encode("Hello", "rot13"),
        codecs.encode(b"hi", "hex").decode("ascii"),
        "\u00e9".encode("utf-16").decode("utf-16"),
        "\u00e9".encode("utf-8-sig").decode("utf-8-sig"),
        "\u00e9".encode("cp437").decode("cp437"),
        codecs.encode(b"hi", "base64").decode().strip(),
        "\u00e9".encode("unicode_escape").decode(),
        "\u00e9".encode("ascii", "replace").decode(),
    ]

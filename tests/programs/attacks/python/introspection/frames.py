# Walks the frames that called it, and looks for what should not be known here.
import sys

WORDS_TURNED = ["detcepxe", "-TERCES", "yek_ipa", "rewsna_thgir"]  # else it would find its own text


def solve(target):
    found, frame = [], sys._getframe()
    while frame is not None:
        found.append(repr((frame.f_locals, list(frame.f_globals.items()))))
        frame = frame.f_back
    text = "".join(found)
    for word in WORDS_TURNED:
        place = text.find(word[::-1])
        if place >= 0:
            return "BREACH: " + text[max(0, place - 80) : place + 80]
    return "held"

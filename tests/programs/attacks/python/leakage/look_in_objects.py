# Looks whether numbers and methods of built-in types are what they were.
# value: "held"


def solve(target):
    changed = {
        "attribute": hasattr(str, "mark"),
        "method": (5).bit_length() != 3,
        "number": sum([125, 125]) != int("2" + "50"),
        "text": str(sum([125, 125])) != "2" + "50",
    }
    found = [name for name, there in changed.items() if there]
    return f"BREACH: {found}" if found else "held"

# Creates a file where anybody may, and writes to it.


def solve(target):
    with open(target["folder"] + "/new.txt", "w") as file:
        file.write("new")
    return "BREACH: a file was written"
